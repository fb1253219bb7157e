"""Duplicates are found, merged or marked as not duplicates, and this survives new processes and new sources."""

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
    """Ids of two papers with the same title and different abstracts, which are not merged automatically."""
    (seeds / "one.txt").write_text(TWINS, encoding="utf-8")
    (seeds / "two.txt").write_text(LATER, encoding="utf-8")
    found = papers(run, "title:forget sort:date-asc")
    assert len(found) == 2
    return found[0]["id"], found[1]["id"]


def papers(run: Run, query: str) -> list[dict[str, Any]]:
    return list(json.loads(run("list", "--json", query).out or "[]"))


def test_duplicates_are_listed_with_score_and_reasons(run: Run, twins: tuple[str, str]) -> None:
    (pair,) = json.loads(run("duplicates", "--json").out)
    assert pair["score"] == 0.85
    assert pair["against"] == ["years 2021 and 2022"]
    assert pair["reasons"] == ["same title"]
    assert {paper["id"] for paper in pair["papers"]} == set(twins)
    fields = run("duplicates").out.rstrip("\n").split("  ")
    assert fields[0] == "0.85"
    assert set(fields[1:3]) == set(twins)
    assert {paper["id"] for paper in papers(run, "is:duplicate")} == set(twins)


def test_a_merge_keeps_the_marks_of_both_and_can_be_undone(run: Run, twins: tuple[str, str]) -> None:
    one, other = twins
    run("tag", "--add", "kept", f"id:{one}")
    run("tag", "--add", "Kept", "--add", "other", f"id:{other}")
    run("note", "--set", "first", f"id:{one}")
    run("note", "--set", "second", f"id:{other}")
    run("mark", "--status", "reading", f"id:{other}")
    run("star", f"id:{other}")
    run("export", "--format", "bibtex", f"id:{other}")
    before = papers(run, "title:forget sort:date-asc")
    assert run("merge", one, other).out.endswith(f"(id {one})\n")
    (merged,) = papers(run, "title:forget")
    assert merged["id"] == one
    assert merged["tags"] == ["kept", "other"]
    assert merged["note"] == "first\n\nsecond"
    assert (merged["status"], merged["starred"]) == ("reading", True)
    assert merged["citation_key"] == before[1]["citation_key"]
    assert merged["date"] == "2021-05-04"
    assert merged["has_code"]
    assert not merged["authors_truncated"]
    assert len(merged["earlier_abstracts"]) == 1
    assert len(merged["sources"]) == 2
    assert [paper["id"] for paper in papers(run, f"id:{other}")] == [one]
    assert json.loads(run("show", "--json", other).out)["id"] == one
    assert run("tags").out == "1  kept\n1  other\n"
    assert run("duplicates").status == 1
    run("tag", "--add", "later", f"id:{other}")
    run("undo", "--steps", "2")
    assert papers(run, "title:forget sort:date-asc") == before
    assert run("redo").status == 0
    assert papers(run, "title:forget") == [merged]


def test_a_merge_survives_changes_of_the_sources(run: Run, twins: tuple[str, str], seeds: Path, data: Path) -> None:
    one, other = twins
    run("merge", other, one)
    merged = papers(run, "title:forget")
    assert [paper["id"] for paper in merged] == [other]
    (data / "papers.json").unlink()
    assert {**papers(run, "title:forget")[0], "added": ""} == {**merged[0], "added": ""}
    (seeds / "two.txt").rename(seeds / "a listing before all others.txt")
    assert [paper["id"] for paper in papers(run, "title:forget")] == [other]
    (seeds / "one.txt").write_text(TWINS.replace("Slowly", "Very Slowly"), encoding="utf-8")
    assert [paper["id"] for paper in papers(run, "forget")] == [other]
    (seeds / "one.txt").unlink()
    assert [paper["id"] for paper in papers(run, "forget")] == [other]
    run("undo")
    assert {paper["id"] for paper in papers(run, "forget")} >= {other}


def test_sources_may_later_agree_with_a_merge(run: Run, twins: tuple[str, str], seeds: Path) -> None:
    one, other = twins
    run("tag", "--add", "mine", f"id:{other}")
    run("merge", one, other)
    (seeds / "two.txt").write_text(TWINS.replace("May 4, 2021", "Jun 9, 2022Code"), encoding="utf-8")
    (merged,) = papers(run, "forget")
    assert merged["id"] in twins
    assert merged["tags"] == ["mine"]
    assert [paper["id"] for paper in papers(run, f"id:{one}")] == [merged["id"]]
    assert [paper["id"] for paper in papers(run, f"id:{other}")] == [merged["id"]]


def test_both_papers_keep_their_pinned_keys(run: Run, twins: tuple[str, str]) -> None:
    one, other = twins
    run("export", "--format", "bibtex", "title:forget")
    keys = {paper["id"]: paper["citation_key"] for paper in papers(run, "title:forget")}
    run("merge", one, other)
    assert papers(run, "title:forget")[0]["citation_key"] == keys[one]
    run("undo")
    assert {paper["id"]: paper["citation_key"] for paper in papers(run, "title:forget")} == keys


def test_marks_imported_for_a_merged_paper_go_to_the_kept_one(
    run: Run, twins: tuple[str, str], tmp_path: Path
) -> None:
    one, other = twins
    text = run("export", "--format", "json", f"id:{other}").out.replace('"tags": []', '"tags": ["brought"]')
    (tmp_path / "other.json").write_text(text, encoding="utf-8")
    run("merge", one, other)
    run("import", str(tmp_path / "other.json"))
    (merged,) = papers(run, "title:forget")
    assert merged["tags"] == ["brought"]


def test_not_duplicates_is_kept_until_undone(run: Run, twins: tuple[str, str], data: Path) -> None:
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


@pytest.mark.parametrize("subcommand", ["merge", "not-duplicates"])
def test_wrong_arguments_change_nothing(run: Run, twins: tuple[str, str], subcommand: str) -> None:
    one, other = twins
    assert run(subcommand, one, one).status == 2
    assert run(subcommand, one, "title:forget").status == 2
    assert run(subcommand, one).status == 2
    assert run(subcommand, one, "nothing-like-it").status == 1
    assert run(subcommand, "--dry-run", one, other).out.startswith("would ")
    assert run("history").out == ""
