"""Stories of what the list says about itself."""

from __future__ import annotations

from datetime import timedelta
from threading import Event
from typing import TYPE_CHECKING

import pytest

from tests.support.fast_pilot import until_idle
from tui.app.screens.insight import StatisticsScreen
from tui.app.screens.main_screen import MainScreen
from tui.model.edit import Edit
from tui.session import insights
from tui.session.insights import Insights

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver
    from tui.paths import Paths
    from tui.session.insights import Progress

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

LIKE = """\
CVMay 4, 2021
Grey Pictures Turned to ColourBo Li
Predicting colour from grey images is a task of its own; we turn grey pictures into colour with features by others.
"""


@pytest.mark.parametrize(("size", "beside"), [((80, 24), False), ((120, 40), True)])
async def test_statistics_on_the_whole_screen(open_app: OpenApp, size: tuple[int, int], beside: bool) -> None:
    async with open_app(size) as driver:
        await driver.press("r", "t", "m", "l", "enter", "I")
        assert isinstance(driver.app.screen, StatisticsScreen)
        assert driver.screen_text.lstrip().startswith("Statistics")
        assert "6 papers" in driver.screen_text
        assert "unread  5 ━" in driver.screen_text
        assert ("Categories" in driver.screen_text) is beside
        await driver.press("G")
        assert "Years" in driver.screen_text
        await driver.press("g", "j", "q")
        assert isinstance(driver.app.screen, MainScreen)


@pytest.fixture
def alike(home: Paths) -> Paths:
    """The list with a paper more that is like the one on colour."""
    (home.seeds / "like.txt").write_text(LIKE, encoding="utf-8")
    return home


async def test_related_papers_are_listed_and_opened(open_app: OpenApp, alike: Paths) -> None:
    async with open_app(at=alike) as driver:
        await driver.press("slash")
        await driver.type("title:supervision")
        await driver.press("enter", "a")
        assert "Similar to Colour as Supervision" in driver.screen_text
        assert "colour" in driver.screen_text
        await driver.press("enter")
        assert driver.query == ""
        assert driver.current.paper.title == "Grey Pictures Turned to Colour"
        await driver.press("a", "enter")
        assert driver.current.paper.title == "Colour as Supervision for Recognition"
        await driver.press("ctrl+o")
        assert driver.query == "title:supervision"


async def test_the_paper_at_full_width_ends_with_related_papers(open_app: OpenApp, alike: Paths) -> None:
    async with open_app(at=alike) as driver:
        await driver.press("slash")
        await driver.type("supervision")
        await driver.press("enter")
        assert "Related" not in driver.page
        await driver.press("enter")
        assert "── Related ──\nGrey Pictures Turned to Colour · " in driver.page


async def test_the_tag_picker_marks_suggestions_and_applies_none_by_itself(open_app: OpenApp, alike: Paths) -> None:
    async with open_app(at=alike) as driver:
        await driver.press("j", "t", "z", "enter", "slash")
        await driver.type("pictures")
        await driver.press(
            "enter", "t", "h", "u", "e", "enter", "0", "j", "t", "a", "enter", "t", "b", "enter", "slash"
        )
        await driver.type("supervision")
        await driver.press("enter", "t")
        lines = [line for line in driver.screen_text.splitlines() if "[ ]" in line]
        assert "[ ] b " in lines[0]
        assert "[ ] hue " in lines[1]
        assert "suggested: " in lines[1]
        assert sum("suggested: " in line for line in lines) == 1
        await driver.press("escape")
        assert not driver.current.mark.tags
        await driver.press("t", "down", "enter")
        assert driver.current.mark.tags == ("hue",)


async def test_suggestions_that_come_when_the_picker_is_closed_are_dropped(
    open_app: OpenApp, alike: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = Event()
    prepare = Insights.prepare

    def prepared(self: Insights, progress: Progress | None = None) -> None:
        closed.wait(30)
        prepare(self, progress)

    monkeypatch.setattr(insights, "_FEW", 0)
    monkeypatch.setattr(Insights, "prepare", prepared)
    async with open_app(at=alike) as driver:
        await driver.press("j", "t", "h", "u", "e", "enter", "j")
        for key in ("t", "escape"):
            driver.app.simulate_key(key)
            await until_idle(driver.app, workers=False)
        assert not driver.main_screen.workspace.page.shows_related
        closed.set()
        await driver.until(lambda: driver.main_screen.workspace.page.shows_related)
        await driver.press("j")
        assert driver.app.screen is driver.main_screen


async def test_the_order_for_you_is_learned_or_explains_what_is_missing(open_app: OpenApp, alike: Paths) -> None:
    async with open_app(at=alike) as driver:
        await driver.press("s", "f")
        assert "not enough decisions to learn from yet" in driver.news
        await driver.press("s", "p")
        for verb in ("q", "q", "q", "s", "s", "s"):
            await driver.press("R", verb, "j")
        await driver.press("s", "f", "g", "enter")
        assert "for you · " in driver.page
        assert "foryou" in driver.screen_text


async def test_a_snoozed_paper_returns_on_its_day(open_app: OpenApp) -> None:
    async with open_app() as driver:
        session = driver.main_screen.workspace.session
        first, second = driver.entries[:2]
        session.edits.mark([first.id], Edit(snoozed_until=session.today().isoformat()))
        session.edits.mark([second.id], Edit(snoozed_until=(session.today() + timedelta(days=1)).isoformat()))
        await driver.press("T")
        assert "0 of 5" in driver.screen_text
        assert first.paper.display_title in driver.screen_text
        await driver.press("q", "slash")
        await driver.type("is:snoozed")
        assert driver.titles == [second.paper.display_title]
