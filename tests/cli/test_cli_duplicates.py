"""Papers that may be one: found, joined, told apart; every step survives new processes and new readings of the pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

TWINS = """\
LGMay 4, 2021
Learning to Forget SlowlyAda Larsen, Bo Li
Networks that learn one task after another forget the first. We slow the forgetting by rehearsing a few examples \
chosen by their gradients.
"""
LATER = """\
LGJun 9, 2022Code
Learning to Forget SlowlyAda Larsen, Bo Li et al.
A survey of drones over fields of barley, their batteries, and the birds which they disturb on summer evenings near \
the sea.
"""


@pytest.fixture
def twins(run: Run, seeds: Path) -> tuple[str, str]:
    """Ids of two papers with one title over two unlike abstracts, which pages alone do not join."""
    (seeds / "one.txt").write_text(TWINS, encoding="utf-8")
    (seeds / "two.txt").write_text(LATER, encoding="utf-8")
    found = papers(run, "title:forget sort:date")
    assert len(found) == 2
    return found[0]["id"], found[1]["id"]


def papers(run: Run, query: str) -> list[dict[str, Any]]:
    return list(json.loads(run("list", "--json", query).out or "[]"))


def test_pairs_are_listed_with_score_and_reason(run: Run, twins: tuple[str, str]) -> None:
    (pair,) = json.loads(run("duplicates", "--json").out)
    assert pair["score"] == 0.85
    assert pair["against"] == ["years 2021 and 2022"]
    assert pair["reasons"] == ["same title"]
    assert {paper["id"] for paper in pair["papers"]} == set(twins)
    fields = run("duplicates").out.rstrip("\n").split("  ")
    assert fields[0] == "0.85"
    assert set(fields[1:3]) == set(twins)
    assert {paper["id"] for paper in papers(run, "is:duplicate")} == set(twins)


def test_a_join_loses_nothing_and_undo_splits_again(run: Run, twins: tuple[str, str]) -> None:
    one, other = twins
    run("tag", "--add", "kept", f"id:{one}")
    run("tag", "--add", "Kept", "--add", "other", f"id:{other}")
    run("note", "--set", "first", f"id:{one}")
    run("note", "--set", "second", f"id:{other}")
    run("mark", "--status", "reading", f"id:{other}")
    run("star", f"id:{other}")
    run("export", "--format", "bibtex", f"id:{other}")
    before = papers(run, "title:forget sort:date")
    assert run("merge", one, other).out.endswith(f"(id {one})\n")
    (joined,) = papers(run, "title:forget")
    assert joined["id"] == one
    assert joined["tags"] == ["kept", "other"]
    assert joined["note"] == "first\n\nsecond"
    assert (joined["status"], joined["starred"]) == ("reading", True)
    assert joined["citation_key"] == before[1]["citation_key"]
    assert joined["date"] == "2021-05-04"
    assert joined["has_code"]
    assert not joined["authors_truncated"]
    assert len(joined["earlier_abstracts"]) == 1
    assert len(joined["sources"]) == 2
    assert [paper["id"] for paper in papers(run, f"id:{other}")] == [one]
    assert json.loads(run("show", "--json", other).out)["id"] == one
    assert run("tags").out == "1  kept\n1  other\n"
    assert run("duplicates").status == 1
    run("tag", "--add", "later", f"id:{other}")
    run("undo", "--steps", "2")
    assert papers(run, "title:forget sort:date") == before
    assert run("redo").status == 0
    assert papers(run, "title:forget") == [joined]


def test_a_join_outlives_the_pages(run: Run, twins: tuple[str, str], seeds: Path, data: Path) -> None:
    one, other = twins
    run("merge", other, one)
    joined = papers(run, "title:forget")
    assert [paper["id"] for paper in joined] == [other]
    (data / "papers.json").unlink()
    assert {**papers(run, "title:forget")[0], "added": ""} == {**joined[0], "added": ""}
    (seeds / "two.txt").rename(seeds / "a page before all others.txt")
    assert [paper["id"] for paper in papers(run, "title:forget")] == [other]
    (seeds / "one.txt").write_text(TWINS.replace("Slowly", "Very Slowly"), encoding="utf-8")
    assert [paper["id"] for paper in papers(run, "forget")] == [other]
    (seeds / "one.txt").unlink()
    assert [paper["id"] for paper in papers(run, "forget")] == [other]
    run("undo")
    assert {paper["id"] for paper in papers(run, "forget")} >= {other}


def test_pages_may_come_to_say_what_the_user_said(run: Run, twins: tuple[str, str], seeds: Path) -> None:
    one, other = twins
    run("tag", "--add", "mine", f"id:{other}")
    run("merge", one, other)
    (seeds / "two.txt").write_text(TWINS.replace("May 4, 2021", "Jun 9, 2022Code"), encoding="utf-8")
    (joined,) = papers(run, "forget")
    assert joined["id"] in twins
    assert joined["tags"] == ["mine"]
    assert [paper["id"] for paper in papers(run, f"id:{one}")] == [joined["id"]]
    assert [paper["id"] for paper in papers(run, f"id:{other}")] == [joined["id"]]


def test_a_pinned_key_of_each_stays(run: Run, twins: tuple[str, str]) -> None:
    one, other = twins
    run("export", "--format", "bibtex", "title:forget")
    keys = {paper["id"]: paper["citation_key"] for paper in papers(run, "title:forget")}
    run("merge", one, other)
    assert papers(run, "title:forget")[0]["citation_key"] == keys[one]
    run("undo")
    assert {paper["id"]: paper["citation_key"] for paper in papers(run, "title:forget")} == keys


def test_what_is_imported_for_a_part_goes_to_the_whole(run: Run, twins: tuple[str, str], tmp_path: Path) -> None:
    one, other = twins
    text = run("export", "--format", "json", f"id:{other}").out.replace('"tags": []', '"tags": ["brought"]')
    (tmp_path / "other.json").write_text(text, encoding="utf-8")
    run("merge", one, other)
    run("import", str(tmp_path / "other.json"))
    (joined,) = papers(run, "title:forget")
    assert joined["tags"] == ["brought"]


def test_different_is_remembered_until_it_is_undone(run: Run, twins: tuple[str, str], data: Path) -> None:
    one, other = twins
    assert run("not-duplicates", f"id:{one}", other).out.startswith("marked as not duplicates: Learning")
    assert run("not-duplicates", other, one).out.startswith("already marked as not duplicates: ")
    assert run("duplicates").status == 1
    assert papers(run, "is:duplicate") == []
    (data / "papers.json").unlink()
    assert run("duplicates", "--json").out == "[\n]\n"
    run("undo")
    assert run("duplicates").status == 0
    assert len(papers(run, "is:duplicate")) == 2
    run("redo")
    run("merge", one, other)
    assert len(papers(run, "title:forget")) == 1


@pytest.mark.parametrize("verb", ["merge", "not-duplicates"])
def test_a_slip_changes_nothing(run: Run, twins: tuple[str, str], verb: str) -> None:
    one, other = twins
    assert run(verb, one, one).status == 2
    assert run(verb, one, "title:forget").status == 2
    assert run(verb, one).status == 2
    assert run(verb, one, "nothing-like-it").status == 1
    assert run(verb, "--dry-run", one, other).out.startswith("would ")
    assert run("history").out == ""
