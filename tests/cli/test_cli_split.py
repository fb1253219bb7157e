"""A wrong merge is named, can be split with the marks of each paper, and stays split."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

ONE = "@article{moor1, title={Forty cores of the western moors}, author={Moor, Ann}, year=2012, annote={first}}\n"
TWO = "@article{moor2, title={Forty cores of the western moors}, author={Moor, A.}, year=2012, volume=3, annote={second}}\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_text(ONE + TWO, encoding="utf-8")
    return path


def papers(run: Run, query: str = "cores") -> list[dict[str, Any]]:
    return list(json.loads(run("list", "--json", query).out or "[]"))


def state(run: Run) -> list[tuple[str, str | None, str, list[str]]]:
    return sorted((paper["id"], paper["citation_key"], paper["note"], paper["tags"]) for paper in papers(run))


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ("We core the moors.", "", "same title, same authors"),
        ("We core the moors.", "We core the moors.", "same title, same authors, same abstract"),
        (
            "We core the moors of the west, to the rock.",
            "We core the moors of the west.",
            "same title, same authors, similar abstracts",
        ),
    ],
)
def test_what_merged_records_have_in_common(run: Run, tmp_path: Path, one: str, other: str, reasons: str) -> None:
    path = tmp_path / "refs.bib"
    texts = (
        ONE.replace("annote={first}", f"abstract={{{one}}}"),
        TWO.replace("annote={second}", f"abstract={{{other}}}"),
    )
    path.write_text("".join(texts), encoding="utf-8")
    assert f"refs.bib:2; {reasons})\n" in run("import", str(path)).out


def test_an_import_names_what_it_merged(run: Run, file: Path) -> None:
    line = "Forty cores of the western moors (refs.bib:1, refs.bib:2; same title, same authors)"
    assert f"would merge: {line}\n" in run("import", "--dry-run", str(file)).out
    assert f"merged: {line}\n" in run("import", str(file)).out
    run("undo")
    (merge,) = json.loads(run("import", "--json", str(file)).out)["merged"]
    assert [record["line"] for record in merge["records"]] == [1, 2]
    assert merge["reasons"] == ["same title", "same authors"]
    assert merge["id"] == papers(run)[0]["id"]


def test_split_papers_get_their_own_marks(run: Run, file: Path, data: Path) -> None:
    run("import", str(file))
    ((whole, key, _, _),) = before = state(run)
    assert key == "moor1"
    assert len(run("split", "--list", whole).out.splitlines()) == 2
    assert "moor2" in run("split", "--dry-run", whole).out
    assert state(run) == before
    other = run("split", whole).out.split()[-1].rstrip(")")
    parts: list[tuple[str, str | None, str, list[str]]] = sorted(
        [(whole, "moor1", "first", []), (other, "moor2", "second", [])]
    )
    assert state(run) == parts
    (data / "papers.json").unlink()  # all sources are read again
    assert state(run) == parts
    assert run("duplicates").status == 1  # they are not suggested again
    assert run("undo").out.startswith("undid: split")
    assert state(run) == before
    run("redo")
    assert state(run) == parts


def test_split_papers_stay_split_when_the_records_are_imported_again(run: Run, file: Path, tmp_path: Path) -> None:
    run("import", str(file))
    whole = papers(run)[0]["id"]
    run("split", whole)
    later = tmp_path / "later.bib"
    later.write_text(f"% another file\n{TWO}{ONE}@misc{{x, title={{Quite another}}}}\n", encoding="utf-8")
    assert run("import", str(later)).status == 0
    found = papers(run)
    assert len(found) == 2
    assert [len(paper["sources"]) for paper in found] == [2, 2]


def test_papers_merged_by_the_user_are_split_with_the_marks_of_both(run: Run, file: Path, tmp_path: Path) -> None:
    file.write_text(ONE, encoding="utf-8")
    other = tmp_path / "other.bib"
    other.write_text("@article{bog, title={Cores of nine bogs}, author={Fen, Rob}, year=2001}", encoding="utf-8")
    run("import", str(file), str(other))
    run("tag", "--add", "left", "western")
    run("tag", "--add", "right", "nine")
    run("note", "--set", "of bogs", "nine")
    before = state(run)
    ids = {paper["title"].split()[0]: paper["id"] for paper in papers(run)}
    run("merge", ids["Forty"], ids["Cores"])
    run("tag", "--add", "later", ids["Forty"])
    assert run("split", ids["Forty"]).status == 0
    after = [(paper, key, note, [tag for tag in tags if tag != "later"]) for paper, key, note, tags in state(run)]
    assert after == before
    assert [paper["tags"] for paper in papers(run, "western")] == [["left", "later"]]


def test_papers_merged_by_an_import_are_split_with_their_own_marks(run: Run, file: Path, tmp_path: Path) -> None:
    file.write_text(
        "@article{a, title={Forty cores of moors}, author={Moor, Ann}, doi={10.5555/m}}\n", encoding="utf-8"
    )
    second = tmp_path / "second.bib"
    second.write_text(
        "@misc{b, title={What moors keep}, author={Moor, Ann}, eprint={1203.00001}}\n", encoding="utf-8"
    )
    run("import", str(file), str(second))
    run("star", "forty")
    run("tag", "--add", "kept", "forty")
    run("note", "--set", "own words", "keep")
    bridge = tmp_path / "bridge.bib"
    bridge.write_text(
        "@article{c, title={Forty cores of moors}, author={Moor, Ann}, doi={10.5555/m}, eprint={1203.00001}}\n",
        encoding="utf-8",
    )
    assert "merged: Forty cores" in run("import", str(bridge)).out
    (whole,) = papers(run, "moors")
    assert (whole["starred"], whole["note"]) == (True, "own words")
    lines = run("split", "--list", whole["id"]).out.splitlines()
    number = next(line.split()[0] for line in lines if "What moors keep" in line)
    assert run("split", whole["id"]).status == 2  # three records, and no numbers given
    assert run("split", whole["id"], number).status == 0
    (forty,) = papers(run, "forty")
    (keep,) = papers(run, "keep")
    assert (forty["starred"], forty["tags"], forty["note"]) == (True, ["kept"], "")
    assert (keep["starred"], keep["tags"], keep["note"], keep["citation_key"]) == (False, [], "own words", "b")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [((), "one record"), (("7",), "no record 7"), (("1", "2"), "not all")],
)
def test_an_impossible_split_is_refused(run: Run, file: Path, arguments: tuple[str, ...], message: str) -> None:
    if not arguments:
        file.write_text(ONE, encoding="utf-8")
    run("import", str(file))
    status, _, err = run("split", papers(run)[0]["id"], *arguments)
    assert status == 2
    assert message in err


PREPRINT = "@misc{p, title={Forty cores of the western moors}, author={Moor, Ann}, eprint={1203.00001}, year=2012}"
PUBLISHED = (
    "@article{q, title={Forty cores of the western moors}, author={Moor, Ann}, eprint={1203.00001}, year=2013,"
    " doi={10.5555/m}}"
)


@pytest.mark.parametrize("arguments", [(), ("--accept-changes",), ("--no-accept-changes",)])
def test_a_marked_paper_keeps_its_year_unless_changes_are_accepted(
    run: Run, file: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    file.write_text(PREPRINT, encoding="utf-8")
    run("import", str(file))
    run("star", "cores")
    later = tmp_path / "later.bib"
    later.write_text(PUBLISHED, encoding="utf-8")
    assert "date 2012 becomes 2013" in run("import", "--dry-run", str(later)).err
    done = run("import", *arguments, str(later))
    kept = arguments != ("--accept-changes",)
    assert ("date 2012 kept (the file has 2013)" in done.err) is kept
    assert papers(run)[0]["date"] == ("2012" if kept else "2013")
    assert papers(run)[0]["doi"] == "10.5555/m"
    if kept:
        run("correct", "--reset", "date", "cores")
        assert papers(run)[0]["date"] == "2013"
        run("undo")
    run("undo")
    assert papers(run)[0]["date"] == "2012"


def test_a_paper_without_marks_takes_the_values_of_the_file(run: Run, file: Path, tmp_path: Path) -> None:
    file.write_text(PREPRINT.replace("misc{p", "misc{"), encoding="utf-8")
    run("import", str(file))
    later = tmp_path / "later.bib"
    later.write_text(PUBLISHED, encoding="utf-8")
    done = run("import", "--json", str(later))
    assert json.loads(done.out)["changes"] == []
    assert papers(run)[0]["date"] == "2013"


EDITORIALS = "\n".join(
    f"@article{{ed{year}, title={{Editorial}}, author={{Fen, Rob}}, year={year}, doi={{10.5555/ed.{year}}}}}"
    for year in range(2003, 2013)
)


def test_papers_with_the_same_title_keep_their_marks_without_the_catalogue(run: Run, file: Path, data: Path) -> None:
    file.write_text(EDITORIALS, encoding="utf-8")
    run("import", str(file))
    run("tag", "--add", "kept", "year:2007")

    def identities() -> list[tuple[str, str, str, list[str]]]:
        return sorted(
            (each["doi"], each["id"], each["citation_key"], each["tags"]) for each in papers(run, "editorial")
        )

    before = identities()
    assert [(key, tags) for _, _, key, tags in before][4] == ("ed2007", ["kept"])
    (data / "papers.json").unlink()
    assert identities() == before
    run("undo")
    run("undo")
    assert papers(run, "editorial") == []
    run("redo")
    run("redo")
    assert identities() == before
