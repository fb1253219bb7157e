"""A mark stays with its paper, or stays to be seen, whatever becomes of pages and catalogue."""

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
def page(seeds: Path) -> Path:
    return seeds / "listing.txt"


@pytest.fixture
def noted(run: Run) -> Callable[[], list[dict[str, Any]]]:
    """A list with a note, a tag and a star on one paper; asked for what bears the note now."""
    assert run("note", "--append", "compare with that of last year", "splatting").status == 0
    assert run("tag", "--add", "bodies", "splatting").status == 0
    run("star", "splatting")
    return lambda: json.loads(run("list", "--json", "has:note").out)


def retitle(page: Path) -> None:
    page.write_text(page.read_text(encoding="utf-8").replace(OLD, NEW), encoding="utf-8")


def remove(page: Path, run: Run) -> None:
    """Leave one other paper on the page."""
    lines = page.read_text(encoding="utf-8").splitlines()
    page.write_text("\n".join(lines[:3]), encoding="utf-8")
    assert run("list").status == 0


def test_a_retitled_paper_is_found_again_without_its_catalogue(
    run: Run, page: Path, data: Path, noted: Callable[[], list[dict[str, Any]]]
) -> None:
    (before,) = noted()
    (data / "papers.json").unlink()
    retitle(page)
    (after,) = noted()
    assert (after["title"], after["note"], after["tags"], after["starred"]) == (NEW, before["note"], ["bodies"], True)
    assert after["id"] == before["id"]
    assert run("list").out.count("\n") == 5
    (data / "papers.json").unlink()
    assert noted()[0]["title"] == NEW
    assert "undid: star" in run("undo").out
    assert noted()[0]["starred"] is False


@pytest.mark.parametrize("catalogue_goes", [False, True])
def test_a_marked_paper_that_is_on_no_page_stays_to_be_seen(
    run: Run, page: Path, data: Path, noted: Callable[[], list[dict[str, Any]]], catalogue_goes: bool
) -> None:
    (before,) = noted()
    whole = page.read_text(encoding="utf-8")
    if catalogue_goes:
        (data / "papers.json").unlink()
    remove(page, run)
    (gone,) = noted()
    assert [gone[field] for field in ("id", "title", "note", "tags")] == [
        before[field] for field in ("id", "title", "note", "tags")
    ]
    assert gone["abstract"].startswith("People move, and splats do not.")
    assert run("list").out.count("\n") == 2
    assert run("show", "has:note").status == 0
    # Its page comes back, and it is that paper again, even under another title.
    page.write_text(whole.replace(OLD, NEW), encoding="utf-8")
    (back,) = noted()
    assert (back["id"], back["title"], back["abstract"]) == (before["id"], NEW, before["abstract"])
    assert run("list").out.count("\n") == 5


def test_what_is_no_longer_marked_is_no_longer_remembered(
    run: Run, page: Path, data: Path, noted: Callable[[], list[dict[str, Any]]]
) -> None:
    assert noted()
    run("undo", "--steps", "3")
    (data / "papers.json").unlink()
    remove(page, run)
    assert run("list").out.count("\n") == 1
