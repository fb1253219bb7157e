"""Adding a paper by hand: stored like an import, one step, never twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run

FULL = (
    "add", "--title", "On Mills & Weirs {Part 2}", "--author", "Ann Lee", "--author", "Bo van der Moor", "--year",
    "2023-10", "--doi", "https://doi.org/10.5555/mills", "--arxiv", "2310.07240v2", "--category", "cs.CV", "--url",
    "https://example.org/m", "--abstract", "We measure mills.", "--tag", "water", "--tag", "ml/wind",
)  # fmt: skip


def test_every_field_is_stored_and_found(run: Run) -> None:
    result = run(*FULL)
    assert result.status == 0
    assert result.out.startswith("added ")
    [record] = json.loads(run("list", "--json", "mills").out)
    found = {
        name: record[name] for name in ("title", "authors", "date", "doi", "eprint", "category", "abstract", "tags")
    }
    assert found == {
        "title": "On Mills & Weirs {Part 2}", "authors": ["Ann Lee", "Bo van der Moor"], "date": "2023-10",
        "doi": "10.5555/mills", "eprint": "2310.07240", "category": "cs.CV", "abstract": "We measure mills.",
        "tags": ["water", "ml/wind"],
    }  # fmt: skip
    assert "https://example.org/m" in record["links"]
    assert json.loads(run("sources", "--json").out)[-1]["name"] == "added by hand"


def test_adding_is_one_step_and_adding_again_adds_nothing(run: Run) -> None:
    run(*FULL)
    result = run(*FULL)
    assert (result.status, result.out) == (2, "")
    assert "this paper is already in the list" in result.err
    assert run("add", "--title", "Rivers Under Glass").status == 0
    assert len(run("list").out.splitlines()) == 7
    assert len(run("list", "water").out.splitlines()) == 1, "a second addition is a source of its own"
    run("undo")
    run("undo")
    assert len(run("list").out.splitlines()) == 5
    run("redo")
    assert "water" in run("tags", "list").out


def test_a_known_paper_is_completed(run: Run) -> None:
    run("add", "--title", "On Mills", "--doi", "10.5555/mills")
    result = run("add", "--title", "On Mills", "--doi", "10.5555/mills", "--author", "Ann Lee")
    assert result.out.startswith("updated ")
    [record] = json.loads(run("list", "--json", "mills").out)
    assert record["authors"] == ["Ann Lee"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "--title"),
        (("--title", " "), "a new paper needs a title"),
        (("--title", "x", "--year", "soon"), "'soon' is not a date"),
        (("--title", "x", "--doi", "11.5"), "is not a DOI"),
        (("--title", "x", "--url", "ftp://x"), "is not a web address"),
        (("--title", "x", "--category", "cs.XX"), "is not an arXiv category"),
        (("--title", "x", "--tag", "a b"), "is not a tag"),
    ],
)
def test_a_wrong_field_is_one_sentence_and_nothing_is_added(
    arguments: tuple[str, ...], message: str, run: Run
) -> None:
    result = run("add", *arguments)
    assert (result.status, result.out) == (2, "")
    assert message in result.err
    assert len(run("list").out.splitlines()) == 5


def test_adding_a_removed_paper_restores_it_in_one_step_and_says_so(run: Run) -> None:
    run("add", "2310.07240", "10.5555/mills")
    run("tag", "--add", "water", "doi:10.5555/mills")
    run("remove", "doi:10.5555/mills")
    result = run("add", "https://doi.org/10.5555/mills", "2310.07240")
    assert result.out.splitlines() == [
        "restored (it had been removed): doi:10.5555/mills",
        "arXiv:2310.07240 is already in the list: arXiv:2310.07240",
    ]
    assert "doi:10.5555/mills" in run("list", "tag:water").out
    run("undo")
    assert run("list", "tag:water").status == 1


def test_new_and_removed_papers_are_added_and_restored_in_one_step(run: Run) -> None:
    run("add", "10.5555/mills")
    run("remove", "doi:10.5555/mills")
    before = run("list").out
    result = json.loads(run("add", "--json", "10.5555/mills", "10.5555/weirs").out)
    assert (len(result["new"]), result["known"], len(result["restored"])) == (1, [], 1)
    assert run("list", "is:removed").status == 1
    run("undo")
    assert run("list").out == before
    assert run("list", "is:removed").out.count("\n") == 1


def test_a_removed_paper_that_is_entered_again_is_restored(run: Run) -> None:
    run("add", "--title", "Rivers Under Glass")
    for again in ((), ("--year", "2023")):
        run("remove", "rivers")
        result = run("add", "--title", "Rivers Under Glass", *again)
        assert (result.status, result.out.split()[0]) == (0, "restored"), again
        assert run("list", "rivers").status == 0


def test_a_removed_paper_with_others_merged_into_it_is_restored(run: Run) -> None:
    run("add", "--title", "Rivers Under Glass", "--doi", "10.5555/glass")
    run("add", "--title", "Weirs of the North", "--doi", "10.5555/weirs")
    run("merge", "glass", "weirs")
    run("remove", "glass")
    assert run("add", "10.5555/weirs").out == "restored (it had been removed): Rivers Under Glass\n"
    assert "Rivers Under Glass" in run("list", "glass").out
