"""Marks stay with their paper, or visible, when sources or the catalogue are lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Run

OLD = "Gaussian Splatting for Moving People"
NEW = "Clothes That Follow Bones"


@pytest.fixture
def listing(seeds: Path) -> Path:
    return seeds / "listing.txt"


@pytest.fixture
def noted(run: Run) -> Callable[[], list[dict[str, Any]]]:
    """A list with a note, a tag and a star on one paper; returns the papers with the note."""
    assert run("note", "--append", "compare with that of last year", "splatting").status == 0
    assert run("tag", "--add", "bodies", "splatting").status == 0
    run("star", "splatting")
    return lambda: json.loads(run("list", "--json", "has:note").out)


def retitle(listing: Path) -> None:
    listing.write_text(listing.read_text(encoding="utf-8").replace(OLD, NEW), encoding="utf-8")


def remove(listing: Path, run: Run) -> None:
    """Remove all papers but one other from the listing."""
    lines = listing.read_text(encoding="utf-8").splitlines()
    listing.write_text("\n".join(lines[:3]), encoding="utf-8")
    assert run("list").status == 0


def test_a_retitled_paper_is_found_again_without_its_catalogue(
    run: Run, listing: Path, data: Path, noted: Callable[[], list[dict[str, Any]]]
) -> None:
    (before,) = noted()
    (data / "papers.json").unlink()
    retitle(listing)
    (after,) = noted()
    assert (after["title"], after["note"], after["tags"], after["starred"]) == (NEW, before["note"], ["bodies"], True)
    assert after["id"] == before["id"]
    assert run("list").out.count("\n") == 5
    (data / "papers.json").unlink()
    assert noted()[0]["title"] == NEW
    assert "undid: star" in run("undo").out
    assert noted()[0]["starred"] is False


@pytest.mark.parametrize("loses_catalogue", [False, True])
def test_a_marked_paper_without_a_source_stays_in_the_list(
    run: Run, listing: Path, data: Path, noted: Callable[[], list[dict[str, Any]]], loses_catalogue: bool
) -> None:
    (before,) = noted()
    whole = listing.read_text(encoding="utf-8")
    if loses_catalogue:
        (data / "papers.json").unlink()
    remove(listing, run)
    (gone,) = noted()
    assert [gone[field] for field in ("id", "title", "note", "tags")] == [
        before[field] for field in ("id", "title", "note", "tags")
    ]
    assert gone["abstract"].startswith("People move, and splats do not.")
    assert run("list").out.count("\n") == 2
    assert run("show", "has:note").status == 0
    # The listing is restored, and it is the same paper again, even with another title.
    listing.write_text(whole.replace(OLD, NEW), encoding="utf-8")
    (back,) = noted()
    assert (back["id"], back["title"], back["abstract"]) == (before["id"], NEW, before["abstract"])
    assert run("list").out.count("\n") == 5


def test_an_unmarked_paper_without_a_source_leaves_the_list(
    run: Run, listing: Path, data: Path, noted: Callable[[], list[dict[str, Any]]]
) -> None:
    assert noted()
    run("undo", "--steps", "3")
    (data / "papers.json").unlink()
    remove(listing, run)
    assert run("list").out.count("\n") == 1
