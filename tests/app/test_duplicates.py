"""Stories of papers that may be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.app.screens.duplicates import DuplicatesScreen
from tui.app.screens.main_screen import MainScreen
from tui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

PAGE = """\
LGMay 4, 2021
Learning to Forget SlowlyAda Larsen, Bo Li
Networks that learn one task after another forget the first. We slow it by rehearsing examples.
LGJun 9, 2022Code
Learning to Forget SlowlyAda Larsen, Bo Li et al.
A survey of drones over fields of barley, their batteries, and the birds which they disturb.
NIFeb 1, 2020
Queues That Forget Old PacketsAda Larsen, Bo Li
Dropping from the front of a queue lowers the delay of interactive traffic on slow links.
NIFeb 1, 2020
Queues That Forget Old FlowsChen Wei
Evil \x1b[31m[red]markup[/red] in a record, and a router that throws away whatever it does not know by heart.
"""


@pytest.fixture
def doubled(tmp_path: Path) -> Paths:
    seeds = tmp_path / "doubled"
    seeds.mkdir()
    (seeds / "page.txt").write_text(PAGE, encoding="utf-8")
    return Paths(data=tmp_path / "data", seeds=seeds)


async def open_duplicates(driver: Driver) -> None:
    await driver.press("D")
    await driver.until(lambda: isinstance(driver.app.screen, DuplicatesScreen))
    await driver.rest()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_pairs_side_by_side_are_merged_or_marked_as_not_duplicates(
    open_app: OpenApp, doubled: Paths, size: tuple[int, int]
) -> None:
    async with open_app(size, at=doubled) as driver:
        await open_duplicates(driver)
        assert "1 of 2" in driver.screen_text
        assert "85%: same title, but years 2021 and 2022" in driver.screen_text
        assert "keep" in driver.screen_text
        assert "merge into the left" in driver.screen_text
        await driver.press("y")
        assert len(driver.titles) == 3
        assert "2 of 2" in driver.screen_text
        assert "nearly the same title" in driver.screen_text
        await driver.press("n")
        assert "2 of 2 decided" in driver.screen_text
        await driver.press("u")
        assert "2 of 2  " in driver.screen_text
        await driver.press("u")
        assert "85%: same title, but years 2021 and 2022" in driver.screen_text
        assert len(driver.titles) == 4
        await driver.press("q")
        assert isinstance(driver.app.screen, MainScreen)
        await driver.press("ctrl+r")
        assert len(driver.titles) == 3
        await driver.press("u")
        assert len(driver.titles) == 4


async def test_sides_can_be_swapped_before_merging(open_app: OpenApp, doubled: Paths) -> None:
    async with open_app(at=doubled) as driver:
        ids = [entry.id for entry in driver.entries[:2]]
        kept = driver.main_screen.workspace.session.curation.in_order(
            driver.main_screen.workspace.session.curation.pairs()[0]
        )[0]
        await open_duplicates(driver)
        await driver.press("x", "y", "q")
        stayed = driver.entry("Learning to Forget").id
        assert stayed != kept
        assert {stayed, kept} == set(ids)
        await driver.press("D")
        await driver.until(lambda: isinstance(driver.app.screen, DuplicatesScreen))
        await driver.press("space", "h", "j", "k", "n", "q", "D")
        await driver.until(lambda: driver.news == "no possible duplicates")


async def test_a_list_without_duplicates_shows_a_message(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("D")
        await driver.until(lambda: driver.news == "no possible duplicates")
        assert isinstance(driver.app.screen, MainScreen)
