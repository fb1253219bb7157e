"""Readlist's own JSON round-trips; broken parts lose only their record or field."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tui.model.mark import Mark, Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.ingest.corrections import CuratedCorrections
    from tui.ingest.pipeline import IngestResult
    from tui.ingest.source_file import SourceFile
    from tui.model.paper import Paper

    Reader = Callable[..., IngestResult]

RECORD: dict[str, Any] = {
    "id": "0123456789",
    "title": "Granular Gases",
    "authors": ["Anna Berg", "Bo Li"],
    "authors_truncated": True,
    "affiliation": "stanford",
    "date": "XXXX-06-02",
    "category": "cs.CV",
    "has_code": True,
    "links": ["https://arxiv.org/abs/2310.00001", "javascript:alert(1)"],
    "abstract": "We study gases.",
    "earlier_abstracts": ["We looked at gases."],
    "status": "read",
    "starred": True,
    "tags": ["ml/vision", "ML/Vision", "todo"],
    "note": "A *note*\n\nof mine.\n",
    "snoozed_until": "2027-01-01",
    "priority": "low",
    "due": "2027-02-01",
    "citation_key": "berg2023",
    "added": "2025-05-05T05:05:05Z",
    "read_at": "2025-06-06T06:06:06Z",
    "sources": [{"page": "elsewhere.txt", "line": 7}],
}
EMPTY: dict[str, Any] = {
    "authors": [], "authors_truncated": False, "affiliation": None, "date": None, "category": None, "has_code": False,
    "links": [], "earlier_abstracts": [], "status": "unread", "starred": False, "tags": [], "note": "",
    "snoozed_until": None, "priority": None, "due": None, "citation_key": None, "read_at": None, "sources": [],
}  # fmt: skip


def as_json(paper: Paper) -> dict[str, Any]:
    fields = ("id", "title", "authors_truncated", "affiliation", "category", "has_code", "abstract", "added")
    lists = ("authors", "links", "earlier_abstracts")
    return (
        EMPTY
        | {name: getattr(paper, name) for name in fields}
        | {name: list(getattr(paper, name)) for name in lists}
        | {"date": str(paper.date) if paper.date else None}
    )


@pytest.mark.parametrize("indent", [None, 2])
def test_a_complete_record_round_trips(read: Reader, indent: int | None) -> None:
    found = read(json.dumps([RECORD], indent=indent))
    (paper,) = found.papers
    assert found.diagnostics == ()
    assert (paper.id, paper.added, paper.title, paper.authors) == (
        "0123456789", RECORD["added"], "Granular Gases", ("Anna Berg", "Bo Li"),
    )  # fmt: skip
    assert (paper.authors_truncated, paper.affiliation, str(paper.date)) == (True, "stanford", "XXXX-06-02")
    assert (paper.category, paper.has_code, paper.eprint) == ("cs.CV", True, "2310.00001")
    assert paper.links == ("https://arxiv.org/abs/2310.00001",)
    assert paper.earlier_abstracts == ("We looked at gases.",)
    assert found.marks == (
        (
            "0123456789",
            Mark(
                Status.READ, starred=True, tags=("ml/vision", "todo"), note="A *note*\n\nof mine.\n",
                snoozed_until="2027-01-01", citation_key="berg2023", read_at="2025-06-06T06:06:06Z",
                priority="low", due="2027-02-01",
            ),
        ),
    )  # fmt: skip


def test_the_seeds_round_trip_through_json(read: Reader, seeds: IngestResult) -> None:
    written = json.dumps([as_json(paper) for paper in seeds.papers], indent=2, ensure_ascii=False)
    back = {paper.id: paper for paper in read(written, at="2030-01-01T00:00:00Z").papers}
    assert len(back) == 261
    for paper in seeds.papers:
        assert as_json(back[paper.id]) == as_json(paper)


def test_importing_existing_papers_changes_none(
    read: Reader, seed_pages: tuple[SourceFile, ...], seed_corrections: CuratedCorrections
) -> None:
    before = read(*seed_pages, corrections=seed_corrections)
    written = json.dumps([as_json(paper) for paper in before.papers])
    after = read(*seed_pages, written, corrections=seed_corrections, previous=before.papers)
    assert [as_json(paper) for paper in sorted(after.papers, key=lambda paper: paper.id)] == [
        as_json(paper) for paper in sorted(before.papers, key=lambda paper: paper.id)
    ]
    assert after.merged_ids == ()


def test_one_object_per_line(read: Reader) -> None:
    lines = [
        json.dumps(RECORD),
        json.dumps(RECORD | {"id": "aaaaaaaaaa", "title": "On Mills", "abstract": "Mills.", "links": []}),
    ]
    found = read("\n".join(lines))
    assert [paper.sources[0].line for paper in found.papers] == [1, 2]
    assert found.diagnostics == ()


def test_lines_of_records_in_an_array(read: Reader) -> None:
    found = read(
        json.dumps([RECORD, RECORD | {"id": None, "title": "On Mills", "abstract": None, "links": []}], indent=2)
    )
    assert [paper.sources[0].line for paper in found.papers] == [
        2,
        2 + len(json.dumps(RECORD, indent=2).splitlines()),
    ]


def test_an_untouched_record_has_no_mark(read: Reader) -> None:
    assert read(json.dumps([EMPTY | {"title": "On Mills", "abstract": "Mills."}])).marks == ()


def test_marks_of_two_records_of_one_paper_are_merged(read: Reader) -> None:
    other = RECORD | {"id": None, "tags": ["new"], "note": "Second.", "status": "queued"}
    ((_, mark),) = read(json.dumps([RECORD]), json.dumps([other])).marks
    assert (mark.status, mark.tags, mark.note) == (
        Status.READ, ("ml/vision", "todo", "new"), f"{RECORD['note']}\n\nSecond.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("authors", "Anna"), ("authors", [1, "Bo Li"]), ("authors", {"a": 1}),
        pytest.param("authors", ["x"] * 5001, id="authors-too-many"),
        ("authors_truncated", "yes"), ("affiliation", 3), ("date", "2023-13"), ("date", 2023), ("date", "yesterday"),
        ("category", "zz.ZZ"), ("has_code", 1), ("links", "http://x"), ("status", "done"), ("status", None),
        ("starred", "no"), ("tags", ["a b"]), ("tags", "x"), ("tags", [None]), ("note", 5), ("snoozed_until", "soon"),
        ("snoozed_until", "2023-02-30"), ("priority", "urgent"), ("due", "soon"), ("citation_key", []), ("added", "now"), ("read_at", 12), ("id", "x"),
        ("earlier_abstracts", [[]]), pytest.param("note", "x" * 1_000_001, id="note-too-long"),
    ],
)  # fmt: skip
def test_a_field_of_the_wrong_type_is_left_out(read: Reader, field: str, value: object) -> None:
    found = read(json.dumps([RECORD | {field: value}, EMPTY | {"title": "On Mills", "abstract": "Mills."}]))
    assert [paper.title for paper in found.papers] == ["Granular Gases", "On Mills"]
    assert [field in problem.reason for problem in found.diagnostics] == ([] if value is None else [True])


@pytest.mark.parametrize("record", ["{}", '{"title": null, "abstract": null}', '{"title": 3, "authors": []}'])
def test_an_empty_record_is_reported(read: Reader, record: str) -> None:
    found = read(f"[{json.dumps(RECORD)}, {record}]")
    assert len(found.papers) == 1
    assert any("no title, abstract or identifier" in problem.reason for problem in found.diagnostics)


@pytest.mark.parametrize(
    "broken",
    [
        '{"title": "Bad",,}',
        '{"title": NaN}',
        '{"title": Infinity}',
        '{"title": "Bad", "x": ' + "[" * 100_000 + "}",
        '{"title": "unclosed',
        '{"title" "x"}',
    ],
)
def test_a_broken_record_loses_only_itself(read: Reader, broken: str) -> None:
    other = json.dumps(EMPTY | {"title": "On Mills", "abstract": "Mills."})
    found = read(f"[\n{json.dumps(RECORD)},\n{broken},\n{other}\n]")
    assert [paper.title for paper in found.papers] == ["Granular Gases", "On Mills"]
    assert [problem.line for problem in found.diagnostics] == [3]


def test_odd_json_is_imported_as_far_as_possible(read: Reader) -> None:
    digits = "9" * 5000
    found = read(
        f'[{{"title": "On Mills", "title": "On \\ud800 Weirs", "authors": [], "x": {digits}, "y": 1e999}}] trailing'
    )
    assert found.papers[0].title == "On \ufffd Weirs"
    assert [problem.reason for problem in found.diagnostics] == ["unexpected text after the end of the array"]


def test_other_json_is_not_readlist_json(read: Reader) -> None:
    for text in ('{"name": "readlist", "version": 1}', "[1, 2, 3]", '"text"'):
        assert read(text).papers == ()
        assert len(read(text).diagnostics) == 1


def test_many_broken_lines_are_parsed_in_time(read: Reader) -> None:
    found = read('{"title": "On Mills", "authors": []}\n' + '{"a": [\n' * 20_000)
    assert len(found.papers) == 1
    assert len(found.diagnostics) <= 100
