"""Corrections apply everywhere and survive changes of the sources."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_a_correction_applies_to_queries_lists_and_exports(run: Run) -> None:
    done = run("correct", "--title", "Zebra Splats", "--date", "2019", "--authors", "Ann Lee; et al.", "splatting")
    assert done.out == "corrected: Zebra Splats\n"
    assert run("list", "zebra").out.count("Zebra Splats  Ann Lee et al.  2019") == 1
    assert run("list", "title:gaussian").status == 1
    assert "Zebra" in run("list", "year:2019 author:lee").out
    assert run("list", "sort:title-desc").out.splitlines()[0].split("  ")[3] == "Zebra Splats"
    assert "author        = {Lee, Ann and others}" in run("export", "--format", "bibtex", "zebra").out
    shown = run("show", "zebra").out
    assert "title (in the sources: Gaussian Splatting for Moving People)" in shown
    message = run("correct", "zebra").out
    assert "title:              Zebra Splats\n                    (in the sources: Gaussian Splatting" in message


def test_a_correction_can_be_undone_and_reset(run: Run) -> None:
    run("correct", "--category", "IV", "--doi", "10.1145/1", "splatting")
    run("correct", "--category", "cs.GR", "splatting")
    fields = json.loads(run("history", "--json").out)[0]["papers"][0]["fields"]
    assert [change["field"] for change in fields] == ["corrected"]
    assert "cat" in run("undo").out
    assert run("list", "cat:eess.IV has:link").out.count("\n") == 1
    assert run("correct", "--reset", "all", "splatting").status == 0
    assert run("list", "cat:cs.CV splatting").out.count("\n") == 1
    run("undo")
    run("redo")
    assert run("list", "cat:cs.CV splatting").out.count("\n") == 1


def test_corrections_survive_edited_sources_and_a_lost_catalogue(run: Run, seeds: Path, data: Path) -> None:
    run("correct", "--title", "Zebra Splats", "splatting")
    (data / "papers.json").unlink()
    assert run("list", "zebra").out.count("\n") == 1
    listing = next(seeds.glob("*.txt"))
    text = listing.read_text(encoding="utf-8")
    listing.write_text(text.replace("Gaussian Splatting for Moving People", "Gaussian Splats for People that Move"))
    assert run("list", "zebra").out.count("\n") == 1
    listing.unlink()
    assert run("list", "zebra").out.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--date", "soon", "splatting"], 2, "is not a date"),
        (["--title", "x"], 2, "exactly one paper"),
        (["--title", "x", "cat:cs.CV"], 2, "2 papers match"),
        (["--title", "x", "--reset", "title", "splatting"], 2, "cannot be used with --reset for the same field"),
        (["--reset", "colour", "splatting"], 2, "colour"),
        (["--title", "x", "nothing-like-it"], 1, "no paper matches"),
    ],
)
def test_wrong_arguments_change_nothing(run: Run, arguments: list[str], status: int, message: str) -> None:
    result = run("correct", *arguments)
    assert result.status == status
    assert message in result.err
    assert run("history").out == ""


def test_a_dry_run_changes_nothing(run: Run) -> None:
    assert run("correct", "--dry-run", "--title", "Zebra", "splatting").out.startswith(
        "would correct title: Gaussian"
    )
    assert run("list", "title:zebra").status == 1


def test_a_journal_article_is_described_and_cited_by_a_key_of_ones_own(run: Run) -> None:
    done = run(
        "correct", "--type", "journal article", "--journal", "Light", "--pages", "45-67", "--volume", "3", "--key",
        "zebra:2019", "splatting",
    )  # fmt: skip
    assert done.status == 0
    record = json.loads(run("show", "--json", "splatting").out)
    assert record["citation_key"] == "zebra:2019"
    assert record["publication"] == {
        "type": "article-journal", "container_title": "Light", "volume": "3", "pages": "45\u201367",
    }  # fmt: skip
    assert "venue:       Light 3, 45\u201367, 2024" in run("show", "splatting").out
    run("correct", "--reset", "venue", "splatting")
    assert "container_title" not in json.loads(run("show", "--json", "splatting").out)["publication"]
    run("undo")
    run("undo")
    assert json.loads(run("show", "--json", "splatting").out)["publication"] == {}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--key", "zebra 1"], "is not a valid citation key: BibTeX does not allow ' '"),
        (["--key", "ZEBRA"], "the citation key zebra already belongs to"),
        (["--type", "mooncake"], "'mooncake' is not a type; the types are: article, article-journal"),
        (["--contributors", "Ann Lee"], "is not of the form role: name"),
    ],
)
def test_a_wrong_key_or_type_is_refused(run: Run, arguments: list[str], message: str) -> None:
    assert run("correct", "--key", "zebra", "splatting").status == 0
    other = next(row["id"] for row in json.loads(run("list", "--json").out) if row["citation_key"] != "zebra")
    before = run("list", "--json").out
    done = run("correct", *arguments, f"id:{other}")
    assert done.status == 2
    assert message in done.err
    assert run("list", "--json").out == before
