"""Removing papers and restoring them: gone everywhere, kept apart, and never back by themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

BIB = """\
@article{weirs, title = {Weirs on Small Rivers}, author = {Lee, Ann}, year = {2021}, doi = {10.5555/weirs}}
@article{mills, title = {Mills in the Wind}, author = {Moor, Ida}, year = {2022}, doi = {10.5555/mills}}
"""


def count(run: Run, *query: str) -> int:
    return len(run("list", *query).out.splitlines())


def test_a_removed_paper_is_in_no_list_count_or_export(run: Run) -> None:
    run("tag", "--add", "people", "splatting")
    assert run("remove", "splatting") == (0, "removed 1 paper: Gaussian Splatting for Moving People\n", "")
    assert count(run) == 4
    assert run("list", "splatting").status == 1
    assert run("list", "tag:people").status == 1
    assert "Splatting" not in run("export", "--format", "bibtex").out
    assert json.loads(run("stats", "--json").out)["papers"] == 4
    assert "people" not in run("tags", "list").out
    assert "Splatting" not in run("related", "radiance").out


def test_removed_papers_are_found_by_a_flag_and_combine_with_other_terms(run: Run) -> None:
    run("remove", "splatting")
    run("remove", "radiance")
    assert count(run, "is:removed") == 2
    assert count(run, "is:removed", "cat:CV", "splatting") == 1
    assert count(run, "-is:removed") == 3
    assert count(run, "is:removed", "OR", "cat:LG") == 3
    run("views", "save", "bin", "is:removed")
    assert count(run, "@bin") == 2


def test_removed_papers_come_back_by_undo_and_by_restore_with_their_marks(run: Run) -> None:
    run("tag", "--add", "people", "splatting")
    run("remove", "cat:CV")
    assert run("undo").status == 0
    assert count(run) == 5
    run("redo")
    assert count(run) == 3
    assert run("restore", "tag:people").out == "restored 1 paper: Gaussian Splatting for Moving People\n"
    assert count(run, "tag:people") == 1
    [line] = run("list", "is:removed").out.splitlines()
    assert run("restore", line.split()[0]).status == 0
    assert count(run) == 5


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("remove",), 2, "this would change every paper"),
        (("restore",), 2, "no papers specified"),
        (("restore", "--all", "x"), 2, "--all cannot be used with a query"),
        (("restore", "--all"), 1, "no papers have been removed"),
        (("restore", "splatting"), 1, "no removed paper matches 'splatting'"),
        (("remove", "splating"), 1, "no paper matches"),
    ],
)
def test_what_cannot_be_removed_or_restored_is_one_sentence(
    arguments: tuple[str, ...], status: int, message: str, run: Run
) -> None:
    result = run(*arguments)
    assert (result.status, result.out) == (status, "")
    assert message in result.err
    assert count(run) == 5


def test_restore_matches_removed_papers_only(run: Run) -> None:
    run("remove", "splatting")
    assert run("restore", "gaussian", "OR", "radiance").out.startswith("restored 1 paper")


def test_removed_papers_stay_removed_when_their_sources_are_read_again(run: Run, seeds: Path, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text(BIB, encoding="utf-8")
    run("import", str(file))
    run("remove", "weirs")
    run("remove", "splatting")
    listing = seeds / "listing.txt"
    listing.write_text("\n" + listing.read_text(encoding="utf-8"), encoding="utf-8")
    assert count(run) == 5
    newer = tmp_path / "new" / "refs.bib"
    newer.parent.mkdir()
    newer.write_text(BIB.replace("2021", "2023") + "\n", encoding="utf-8")
    result = run("import", str(newer))
    assert "not restored: 1 paper that you removed from the list" in result.err
    other = tmp_path / "other.bib"
    other.write_text(BIB.replace("{weirs,", "{w,"), encoding="utf-8")
    assert json.loads(run("import", "--json", str(other)).out)["removed"]
    assert count(run) == 5
    assert count(run, "is:removed") == 2


def test_a_paper_that_sources_merge_with_a_removed_one_stays_in_the_list(run: Run, tmp_path: Path) -> None:
    file, other = tmp_path / "a.bib", tmp_path / "b.bib"
    file.write_text("@misc{a, title = {Weirs on Small Rivers}, author = {Lee, Ann}, year = {2021}}", encoding="utf-8")
    other.write_text(
        "@misc{b, title = {Locks of the Lowlands}, author = {Moor, Ida}, doi = {10.5555/locks}}", encoding="utf-8"
    )
    run("import", str(file), str(other))
    run("remove", "weirs")
    both = tmp_path / "both.bib"
    both.write_text(
        "@misc{a, title = {Weirs on Small Rivers}, author = {Lee, Ann}, year = {2021}, doi = {10.5555/locks}}",
        encoding="utf-8",
    )
    run("import", str(both))
    assert count(run, "doi:10.5555/locks", "-is:removed") >= 1
