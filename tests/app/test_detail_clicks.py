"""What a click on a link, a tag, a category or an identifier in the detail pane does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tui.app.actions import links
from tui.model.edit import Edit
from tui.paths import Paths
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

ADDRESS = "https://example.org/nerf/"
SIZES = [(80, 24), (120, 40), (170, 40)]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were opened."""
    addresses: list[str] = []
    monkeypatch.setattr(links, "_open", lambda _workspace, _ui, address: addresses.append(address))
    return addresses


@pytest.fixture
def papers(tmp_path: Path) -> Paths:
    """A list of two papers, one with a link, identifiers and a category."""
    seeds = tmp_path / "own" / "seeds"
    seeds.mkdir(parents=True)
    records = [
        {"title": "Fields of Radiance", "authors": ["Ada Larsen"], "category": "cs.CV", "links": [ADDRESS],
         "eprint": "2311.14114", "doi": "10.1145/3292500.3330701", "abstract": "We render. " * 20},
        {"title": "Queues", "authors": ["Bo Li"], "category": "cs.NI", "abstract": "We wait. " * 20},
    ]  # fmt: skip
    (seeds / "page.txt").write_text(json.dumps(records), encoding="utf-8")
    paths = Paths(tmp_path / "own" / "data", seeds)
    session = Session.open(paths)
    tagged = [paper_id for paper_id in session.ids() if session.entry(paper_id).paper.links]
    session.edits.mark(tagged, Edit(add_tags=("3d/nerf",)))
    session.close()
    return paths


async def go_to_the_tagged_one(driver: Driver) -> None:
    while not driver.current.mark.tags:
        await driver.press("j")


async def click(driver: Driver, text: str) -> None:
    """Click the middle of a text in the detail pane."""
    detail = driver.main_screen.detail.region
    for y, line in enumerate(driver.screen_text.splitlines()):
        at = line.find(text, detail.x)
        if y in detail.line_range and at >= 0:
            await driver.pilot.click(offset=(at + len(text) // 2, y))
            await driver.rest()
            return
    raise AssertionError(f"{text} is not shown:\n{driver.screen_text}")


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_click_on_a_link_opens_it(
    open_app: OpenApp, papers: Paths, opened: list[str], size: tuple[int, int]
) -> None:
    async with open_app(size, at=papers) as driver:
        await go_to_the_tagged_one(driver)
        await driver.press("enter")  # everything is shown at full width
        await click(driver, "example.org/nerf")
        await click(driver, "arXiv:2311.14114")
        await click(driver, "doi:10.1145")
        assert opened == [ADDRESS, "https://arxiv.org/abs/2311.14114", "https://doi.org/10.1145/3292500.3330701"]
        await click(driver, "We render")
        assert len(opened) == 3, "a text without a link opens nothing"


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_click_on_a_tag_or_category_filters_by_it_and_another_one_ends_that(
    open_app: OpenApp, papers: Paths, size: tuple[int, int]
) -> None:
    async with open_app(size, at=papers) as driver:
        await go_to_the_tagged_one(driver)
        for text, query in (("#3d/nerf", "tag:3d/nerf"), ("cs.CV", "cat:cs.CV")):
            await click(driver, text)
            assert driver.query == query
            assert driver.titles == ["Fields of Radiance"]
            await click(driver, text)
            assert driver.query == ""
            assert len(driver.titles) == 2


async def test_selecting_a_link_with_the_mouse_does_not_open_it(
    open_app: OpenApp, papers: Paths, opened: list[str]
) -> None:
    async with open_app((170, 40), at=papers) as driver:
        await go_to_the_tagged_one(driver)
        lines = driver.screen_text.splitlines()
        row = next(y for y, line in enumerate(lines) if ADDRESS in line)
        start = lines[row].index(ADDRESS)
        await driver.pilot.mouse_down(offset=(start, row))
        await driver.pilot.hover(offset=(start + 12, row))
        await driver.pilot.mouse_up(offset=(start + 12, row))
        await driver.rest()
        assert not opened
