"""The arXiv snapshot: found in one pass whatever its titles look like, however it is packed, wherever it was cut."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tui.errors import BadInputError
from tui.model.paper import Paper
from tui.model.partial_date import PartialDate
from tui.sources.matching import WantedIndex, wanted_paper
from tui.sources.snapshot import is_snapshot, read_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

ABSTRACT = (
    "We present a machine that sorts widgets by the sound that they make when they fall, and show on three public"
    " collections of widgets that it is faster than sorting by weight."
)
OTHER = (
    "Granular media flow in pipes of any width, which nobody has measured before with a laser of this wave length."
)


def record(
    number: int = 1, title: str = "Sorting Widgets by Sound", abstract: str = ABSTRACT, **more: object
) -> dict[str, Any]:
    """A record as the snapshot has it: wrapped title, abstract with blanks, LaTeX and parsed authors."""
    return {
        "id": f"2002.{number:05d}",
        "submitter": "A. Bee",
        "authors": "Anna Bee and C. D\\'ee",
        "title": title,
        "comments": None,
        "journal-ref": None,
        "doi": None,
        "report-no": None,
        "categories": "cs.CV cs.LG",
        "license": None,
        "abstract": "  " + abstract.replace(" that", "\nthat") + "\n",
        "versions": [
            {"version": "v1", "created": "Mon, 3 Feb 2020 18:59:59 GMT"},
            {"version": "v2", "created": "Tue, 1 Jun 2021 10:00:00 GMT"},
        ],
        "update_date": "2021-06-02",
        "authors_parsed": [["Bee", "Anna", ""], ["Dée", "C.", "Jr."]],
    } | more


def strangers(count: int, start: int = 100) -> list[dict[str, Any]]:
    return [record(start + number, f"Flow Number {number} of Granular Media", OTHER) for number in range(count)]


def paper(
    title: str | None = "Sorting widgets by sound",
    abstract: str | None = ABSTRACT,
    eprint: str | None = None,
    doi: str | None = None,
) -> Paper:
    return Paper("0123456789", title, abstract=abstract, eprint=eprint, doi=doi)


def lines(records: list[dict[str, Any]], *, ensure_ascii: bool = True) -> bytes:
    return b"".join(
        json.dumps(each, separators=(",", ":"), ensure_ascii=ensure_ascii).encode() + b"\n" for each in records
    )


@pytest.fixture
def snapshot(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(content: bytes) -> Path:
        path = tmp_path / "arxiv-metadata-oai-snapshot.json"
        path.write_bytes(content)
        return path

    return write


def index(*papers: Paper) -> WantedIndex:
    return WantedIndex.of(map(wanted_paper, papers))


def test_a_record_is_found_with_every_field(snapshot: Callable[[bytes], Path]) -> None:
    path = snapshot(lines([*strangers(50), record(), *strangers(50, 300)]))
    assert is_snapshot(path)
    found = read_snapshot(path, index(paper()))
    (match,) = found.candidates
    assert (found.records, found.broken, found.complete) == (101, 0, True)
    assert match.sure
    assert match.evidence == ("same title", "abstracts match (100%)")
    got = match.record
    assert got.origin == "arxiv-metadata-oai-snapshot.json:51"
    assert (got.eprint, got.date, got.category) == ("2002.00001", PartialDate(2020, 2, 3), "cs.CV")
    assert got.authors == ("Anna Bee", "C. Dée Jr.")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (
            "Schrödinger bridges for widgets of every imaginable kind",
            'Schr\\"odinger Bridges for Widgets of Every\n  Imaginable Kind',
        ),
        ("α-divergences of widgets", "$\\alpha$-Divergences of Widgets"),
        ("A*-search", "A*-Search"),
        (
            "H₂O and widgets under the influence of a √2 sized field β",
            "H$_2$O and Widgets under the Influence of a √2 sized Field $\\beta$",
        ),
        ("ℓ₀-norms: the naïve case of Ångström μ", '$\\ell_0$-Norms: the Na\\"ive Case of \\AA{}ngstr\\"om $\\mu$'),
        ("Widgets", "Widgets"),
        ("Multi-Grid “Neural” Widgets", "Multigrid ``Neural'' Widgets"),
        ("Über Widgets", "Über Widgets"),
        ("Learning widgets 学习", "Learning Widgets 学习"),
        ("x", "X"),
    ],
)
@pytest.mark.parametrize("escaped", [True, False])
def test_a_title_is_found_in_every_spelling(
    snapshot: Callable[[bytes], Path], ours: str, theirs: str, escaped: bool
) -> None:
    revised = "Revised: " + ABSTRACT.replace("three public", "four private")
    path = snapshot(lines([*strangers(3), record(title=theirs, abstract=revised)], ensure_ascii=escaped))
    (match,) = read_snapshot(path, index(paper(ours))).candidates
    assert match.sure, match.evidence


@pytest.mark.parametrize("form", ["spaces", "crlf", "bom", "no last newline", "other order", "blank lines", "utf-8"])
def test_other_programs_write_the_file_otherwise(snapshot: Callable[[bytes], Path], form: str) -> None:
    records = [*strangers(3), record()]
    text = lines(records)
    variants = {
        "spaces": b"".join(json.dumps(each).encode() + b"\n" for each in records),
        "crlf": text.replace(b"\n", b"\r\n"),
        "bom": b"\xef\xbb\xbf" + text,
        "no last newline": text[:-1],
        "other order": lines([dict(sorted(each.items())) for each in records]),
        "blank lines": text.replace(b"\n", b"\n\n"),
        "utf-8": lines(records, ensure_ascii=False),
    }
    path = snapshot(variants[form])
    assert is_snapshot(path)
    found = read_snapshot(path, index(paper()))
    assert [match.sure for match in found.candidates] == [True]
    assert found.broken == 0


@pytest.mark.parametrize("kind", ["gz", "zip"])
def test_it_is_read_packed(tmp_path: Path, kind: str) -> None:
    content = lines([*strangers(300), record()])
    path = tmp_path / f"snapshot.{kind}"
    if kind == "gz":
        path.write_bytes(gzip.compress(content))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("readme.json", "{}")
            archive.writestr("arxiv-metadata-oai-snapshot.json", content)
    steps: list[tuple[int, int]] = []
    assert is_snapshot(path)
    found = read_snapshot(path, index(paper()), lambda done, total: steps.append((done, total)))
    assert [match.sure for match in found.candidates] == [True]
    assert steps[-1] == (path.stat().st_size, path.stat().st_size)


def test_a_download_that_was_cut_off_gives_what_it_has(snapshot: Callable[[bytes], Path], tmp_path: Path) -> None:
    content = lines([record(), *strangers(300)])
    found = read_snapshot(snapshot(content[:-200]), index(paper()))
    assert (len(found.candidates), found.broken, found.complete) == (1, 1, True)
    packed = tmp_path / "cut.json.gz"
    packed.write_bytes(gzip.compress(content)[:-20])
    found = read_snapshot(packed, index(paper()))
    assert (found.broken, found.complete) == (1, False)


def test_a_broken_line_costs_only_itself(snapshot: Callable[[bytes], Path]) -> None:
    content = lines([record()])
    path = snapshot(
        content + b'{"id":"1","title":"Sorting Widgets by Sound","abst\n' + b"\x00\xff\n[1]\n" + lines(strangers(2))
    )
    found = read_snapshot(path, index(paper()))
    assert (len(found.candidates), found.broken, found.records) == (1, 3, 6)


def test_reading_stops_when_asked_and_keeps_what_was_found(snapshot: Callable[[bytes], Path]) -> None:
    path = snapshot(lines([record(), *strangers(4000)]))
    found = read_snapshot(path, index(paper()), stopped=lambda: True)
    assert len(found.candidates) == 1
    assert not found.complete


def test_it_is_found_by_identifier_and_by_abstract(snapshot: Callable[[bytes], Path]) -> None:
    renamed = record(title="An Entirely New Name", doi="10.1000/x.1")
    path = snapshot(lines([*strangers(3), renamed]))
    for wanted in (
        paper("Old name of it", eprint="2002.00001"),
        paper("Old name of it", doi="10.1000/X.1"),
        paper(None, None, eprint="2002.00001"),
        paper(None, ABSTRACT),
        paper("Old name of it"),
    ):
        (match,) = read_snapshot(path, index(wanted)).candidates
        # Without a title of ours, only an identifier is evidence enough; with another title, an abstract beside it.
        assert match.sure == bool(wanted.eprint or wanted.doi), match.evidence


@pytest.mark.parametrize(
    ("make", "part"),
    [
        (Path.exists, "no such file"),
        (Path.mkdir, "not a regular file"),
        (lambda path: path.write_bytes(b"PK\x03\x04" + b"\x00" * 50), "cannot read "),
        (lambda path: zipfile.ZipFile(path, "w").writestr("a.txt", "x"), "contains no"),
        (lambda path: zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED).writestr("a.json", b"0" * 10_000_000), "times larger"),
        (lambda path: path.write_bytes(b'{"id":"1","title":"' + b"x" * 9_000_000), "longer than 8 MB"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_one_sentence(
    tmp_path: Path, make: Callable[[Path], object], part: str
) -> None:
    path = tmp_path / "file.json"
    make(path)
    with pytest.raises(BadInputError, match=part) as error:
        read_snapshot(path, index(paper()))
    assert error.value.hint
    assert "\n" not in error.value.message


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"title": "x"}', '[{"id": "x", "title": "y", "abstract": "z"}]', "@article{x}"]
)
def test_other_files_are_no_snapshots(snapshot: Callable[[bytes], Path], text: str) -> None:
    assert not is_snapshot(snapshot(text.encode()))


@pytest.mark.parametrize(
    ("created", "expected"),
    [
        ("Mon, 3 Feb 2020 18:59:59 GMT", PartialDate(2020, 2, 3)),
        ("2020-02-03", PartialDate(2020, 2, 3)),
        ("2020-02-03T18:59:59Z", PartialDate(2020, 2, 3)),
        ("some day", None),
        (None, None),
    ],
)
def test_the_first_day_is_read_in_any_notation(
    snapshot: Callable[[bytes], Path], created: str | None, expected: PartialDate | None
) -> None:
    path = snapshot(lines([record(versions=[{"version": "v1", "created": created}])]))
    assert read_snapshot(path, index(paper())).candidates[0].record.date == expected


def test_hostile_text_becomes_plain(snapshot: Callable[[bytes], Path]) -> None:
    hostile = record(authors_parsed=[["B\x1b]0;x\x07ee", "A.\u202e", ""], ["<b>Dee</b>", "C.", ""]])
    (match,) = read_snapshot(snapshot(lines([hostile])), index(paper())).candidates
    assert match.record.authors == ("A. B]0;xee", "C. Dee")
