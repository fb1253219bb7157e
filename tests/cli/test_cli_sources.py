"""Sources: listed with format and papers, removed with their untouched papers, and brought back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

BIB = """\
@misc{m, title={On Mills and Weirs}, author={Lee, Ann}, year={2023}, keywords={water}, annote={from the file}}
@misc{k, title={Rivers Below Glass Ceilings}, author={Lee, Bo}, year={2023}}
"""


def count(run: Run, *query: str) -> int:
    return len(run("list", *query).out.splitlines())


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    file = tmp_path / "refs.bib"
    file.write_text(BIB, encoding="utf-8")
    return file


def test_sources_are_listed_with_format_papers_and_origin(run: Run, bib: Path) -> None:
    run("import", str(bib))
    listing, refs = json.loads(run("sources", "--json").out)
    assert listing == {
        "name": "listing.txt", "format": "three-line records", "papers": 5, "imported": None, "linked": True,
        "removed": False, "completed": 0,
    }  # fmt: skip
    assert (refs["name"], refs["format"], refs["papers"], refs["linked"]) == ("refs.bib", "BibTeX", 2, False)
    assert refs["imported"].endswith("Z")
    lines = run("sources").out.splitlines()
    assert [line.split()[0] for line in lines] == ["listing.txt", "refs.bib"]
    assert lines[0].endswith("linked")


def test_records_of_fill_are_listed_with_the_papers_they_completed(run: Run, bib: Path, tmp_path: Path) -> None:
    run("import", str(bib))
    more = tmp_path / "more.bib"
    more.write_text(BIB.replace("year={2023}", "year={2023}, doi={10.5555/1}, volume={7}", 1), encoding="utf-8")
    assert run("fill", "--from", str(more), "--yes", "--accept-doubtful", "mills").status == 0
    *_, filled = json.loads(run("sources", "--json").out)
    assert (filled["name"], filled["papers"], filled["completed"]) == ("completed-1.jsonl", 0, 1)
    columns = run("sources").out.splitlines()[-1].split()
    assert columns[-6:-4] + columns[-3:] == ["-", "imported", "completed", "1", "paper"]
    expected = "the source completed-1.jsonl and the fields it filled in for 1 paper\n"
    assert run("sources", "remove", "--dry-run", "completed").out == f"would remove {expected}"
    assert run("sources", "remove", "completed").out == f"removed {expected}"
    assert (count(run, "mills"), count(run, "doi:10.5555/1")) == (1, 0)
    run("undo")
    assert count(run, "doi:10.5555/1") == 1


def test_removing_an_import_removes_its_untouched_papers(run: Run, bib: Path) -> None:
    run("import", "--tags-from-keywords", str(bib))
    assert run("sources", "remove", "refs.bib").out.splitlines()[0] == "removed the source refs.bib and 2 papers"
    assert count(run) == 5
    run("undo")
    assert count(run) == 7
    assert count(run, "tag:water", "note:file") == 1
    run("redo")
    assert count(run) == 5
    assert "2 papers imported" in run("import", str(bib)).out


def test_marked_papers_and_those_of_other_sources_stay(run: Run, bib: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.bib"
    other.write_text("@misc{z, title={Rivers Below Glass Ceilings}, author={Lee, Bo}, year={2023}}", encoding="utf-8")
    run("import", str(bib))
    run("import", str(other))
    run("star", "mills")
    result = run("sources", "remove", "--dry-run", "refs.bib")
    assert result.out == "would remove the source refs.bib and 0 papers, 2 kept\n"
    run("sources", "remove", "refs.bib")
    assert count(run, "is:starred") == 1
    assert count(run, "rivers") == 1
    assert run("check").status == 0
    assert count(run) == 7


def test_a_listing_is_removed_without_deleting_it_and_can_be_restored(run: Run, seeds: Path) -> None:
    run("star", "splatting")
    assert "and 4 papers, 1 kept" in run("sources", "remove", "listing").out
    assert (seeds / "listing.txt").exists()
    assert count(run) == 1
    assert json.loads(run("sources", "--json").out)[0]["removed"] is True
    (seeds / "listing.txt").write_text((seeds / "listing.txt").read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert count(run) == 1
    assert run("sources", "restore", "listing.txt").out == "restored the source listing.txt and 4 papers\n"
    assert count(run) == 5
    for papers in (1, 5):
        run("undo")
        assert count(run) == papers


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("remove",), 2, "needs the name of a source"),
        (("remove", "nope"), 1, "there is no source 'nope'"),
        (("remove", "txt"), 2, "2 sources have 'txt' in their names"),
        (("remove", "refs.bb"), 1, "did you mean refs.bib?"),
        (("remove", ""), 2, "needs the name of a source"),
        (("restore", "refs.bib"), 1, "there is no removed listing 'refs.bib'"),
        (("list", "refs.bib"), 2, "accepts neither a name"),
        (("remove", "--json", "refs.bib"), 2, "does not support --json"),
    ],
)
def test_what_cannot_be_removed_is_one_sentence(
    arguments: tuple[str, ...], status: int, message: str, run: Run, seeds: Path, bib: Path
) -> None:
    (seeds / "b.txt").write_text(
        "Abstract:We measure rain in the hills for years and years and years on end.\n", encoding="utf-8"
    )
    run("import", str(bib))
    before = count(run)
    result = run("sources", *arguments)
    assert (result.status, result.out) == (status, "")
    assert message in result.err
    assert count(run) == before


def test_a_source_that_cannot_be_read_is_listed(run: Run, bib: Path, data: Path) -> None:
    run("import", str(bib))
    for copy in data.rglob("*"):
        if copy.is_file() and copy.read_bytes() == bib.read_bytes():
            copy.unlink()
    result = run("sources", "--json")
    assert json.loads(result.out)[1]["format"] is None
    run("sources", "remove", "refs.bib")
    assert run("list").status == 0


def test_a_linked_source_that_is_removed_is_no_longer_followed(run: Run, bib: Path) -> None:
    run("import", "--link", str(bib))
    assert json.loads(run("sources", "--json").out)[1]["linked"] is True
    assert run("sources").out.splitlines()[1].endswith(", linked")
    run("sources", "remove", "refs.bib")
    bib.write_text(BIB.replace("Glass", "Iron"), encoding="utf-8")
    assert count(run) == 5
    run("undo")
    assert count(run) == 7
