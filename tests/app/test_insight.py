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

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]

LIKE = """\
CVMay 4, 2021
Grey Pictures Turned to ColourBo Li
Predicting colour from grey images is a task of its own; we turn grey pictures into colour with features by others.
"""


@pytest.mark.parametrize(("size", "beside"), [((80, 24), False), ((120, 40), True)])
async def test_statistics_on_the_whole_screen(open_desk: OpenDesk, size: tuple[int, int], beside: bool) -> None:
    async with open_desk(size) as desk:
        await desk.press("r", "t", "m", "l", "enter", "I")
        assert isinstance(desk.app.screen, StatisticsScreen)
        assert desk.screen_text.lstrip().startswith("Statistics")
        assert "6 papers" in desk.screen_text
        assert "unread  5 ━" in desk.screen_text
        assert ("Categories" in desk.screen_text) is beside
        await desk.press("G")
        assert "Years" in desk.screen_text
        await desk.press("g", "j", "q")
        assert isinstance(desk.app.screen, MainScreen)


@pytest.fixture
def alike(home: Paths) -> Paths:
    """The list with a paper more that is like the one on colour."""
    (home.seeds / "like.txt").write_text(LIKE, encoding="utf-8")
    return home


async def test_related_papers_are_listed_and_opened(open_desk: OpenDesk, alike: Paths) -> None:
    async with open_desk(at=alike) as desk:
        await desk.press("slash")
        await desk.type("title:supervision")
        await desk.press("enter", "a")
        assert "Similar to Colour as Supervision" in desk.screen_text
        assert "colour" in desk.screen_text
        await desk.press("enter")
        assert desk.query == ""
        assert desk.current.paper.title == "Grey Pictures Turned to Colour"
        await desk.press("a", "enter")
        assert desk.current.paper.title == "Colour as Supervision for Recognition"
        await desk.press("ctrl+o")
        assert desk.query == "title:supervision"


async def test_the_paper_at_full_width_ends_with_related_papers(open_desk: OpenDesk, alike: Paths) -> None:
    async with open_desk(at=alike) as desk:
        await desk.press("slash")
        await desk.type("supervision")
        await desk.press("enter")
        assert "Related" not in desk.page
        await desk.press("enter")
        assert "── Related ──\nGrey Pictures Turned to Colour · " in desk.page


async def test_the_tag_picker_marks_suggestions_and_applies_none_by_itself(open_desk: OpenDesk, alike: Paths) -> None:
    async with open_desk(at=alike) as desk:
        await desk.press("j", "t", "z", "enter", "slash")
        await desk.type("pictures")
        await desk.press(
            "enter", "t", "h", "u", "e", "enter", "0", "j", "t", "a", "enter", "t", "b", "enter", "slash"
        )
        await desk.type("supervision")
        await desk.press("enter", "t")
        lines = [line for line in desk.screen_text.splitlines() if "[ ]" in line]
        assert "[ ] b " in lines[0]
        assert "[ ] hue " in lines[1]
        assert "suggested: " in lines[1]
        assert sum("suggested: " in line for line in lines) == 1
        await desk.press("escape")
        assert not desk.current.mark.tags
        await desk.press("t", "down", "enter")
        assert desk.current.mark.tags == ("hue",)


async def test_suggestions_that_come_when_the_picker_is_closed_are_dropped(
    open_desk: OpenDesk, alike: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = Event()
    prepare = Insights.prepare

    def prepared(self: Insights, progress: Progress | None = None) -> None:
        closed.wait(30)
        prepare(self, progress)

    monkeypatch.setattr(insights, "_FEW", 0)
    monkeypatch.setattr(Insights, "prepare", prepared)
    async with open_desk(at=alike) as desk:
        await desk.press("j", "t", "h", "u", "e", "enter", "j")
        for key in ("t", "escape"):
            desk.app.simulate_key(key)
            await until_idle(desk.app, workers=False)
        assert not desk.desk.workspace.page.shows_related
        closed.set()
        await desk.until(lambda: desk.desk.workspace.page.shows_related)
        await desk.press("j")
        assert desk.app.screen is desk.desk


async def test_the_order_for_you_is_learned_or_explains_what_is_missing(open_desk: OpenDesk, alike: Paths) -> None:
    async with open_desk(at=alike) as desk:
        await desk.press("s", "f")
        assert "not enough decisions to learn from yet" in desk.news
        await desk.press("s", "p")
        for verb in ("q", "q", "q", "s", "s", "s"):
            await desk.press("R", verb, "j")
        await desk.press("s", "f", "g", "enter")
        assert "for you · " in desk.page
        assert "foryou" in desk.screen_text


async def test_a_snoozed_paper_returns_on_its_day(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        session = desk.desk.workspace.session
        first, second = desk.entries[:2]
        session.edits.mark([first.id], Edit(snoozed_until=session.today().isoformat()))
        session.edits.mark([second.id], Edit(snoozed_until=(session.today() + timedelta(days=1)).isoformat()))
        await desk.press("T")
        assert "0 of 5" in desk.screen_text
        assert first.paper.display_title in desk.screen_text
        await desk.press("q", "slash")
        await desk.type("is:snoozed")
        assert desk.titles == [second.paper.display_title]
