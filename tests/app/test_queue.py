"""Priority, due date and snooze on the screen and in triage; what the list shows of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]


def in_days(desk: Driver, days: int) -> str:
    return (desk.desk.workspace.session.today() + timedelta(days=days)).isoformat()


async def test_a_priority_is_one_key_and_a_letter(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("exclamation_mark", "h", "j", "exclamation_mark", "l")
        assert [entry.mark.priority for entry in desk.entries[:2]] == ["high", "low"]
        assert "!●" in desk.screen_text
        await desk.press("slash")
        await desk.type("has:priority sort:priority")
        await desk.press("enter")
        assert [entry.mark.priority for entry in desk.entries] == ["high", "low"]
        await desk.press("g", "exclamation_mark", "n")
        assert desk.current.mark.priority is None


async def test_a_due_date_is_typed_and_shown_when_it_is_near(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("semicolon")
        await desk.type("3d")
        await desk.press("enter")
        assert desk.current.mark.due == in_days(desk, 3)
        assert desk.screen_text.count("due in 3 days") == 2, "in the list and in the detail pane"
        await desk.press("j", "semicolon")
        await desk.type("3m")
        await desk.press("enter")
        assert f"due {desk.current.mark.due}" in desk.page
        await desk.press("semicolon", "ctrl+u", "enter")
        assert not desk.current.mark.due
        await desk.press("u", "u", "u")
        assert [entry.mark.due for entry in desk.entries[:2]] == [None, None]


async def test_a_day_that_is_none_is_refused_where_it_is_typed(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("comma")
        await desk.type("soon")
        await desk.press("enter")
        assert "'soon' is not a day" in desk.screen_text
        await desk.press("ctrl+u")
        await desk.type("2w")
        await desk.press("enter")
        assert desk.current.mark.snoozed_until == in_days(desk, 14)
        assert "snoozed until" in desk.page


async def test_a_selection_gets_a_due_date_in_one_step(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("space", "space", "semicolon")
        assert "Due for 2 papers" in desk.screen_text
        await desk.type("tomorrow")
        await desk.press("enter")
        assert [entry.mark.due for entry in desk.entries[:3]] == [in_days(desk, 1)] * 2 + [None]
        assert len(desk.desk.workspace.session.edits.history()) == 1


async def test_the_date_of_a_weekday_is_reported(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("semicolon")
        await desk.type("Fri")
        await desk.press("enter")
        day = desk.current.mark.due
        assert day is not None
        assert (date.fromisoformat(day).weekday(), day in {in_days(desk, number) for number in range(1, 8)}) == (
            4,
            True,
        )
        assert f"due {day}" in desk.news


async def test_triage_sets_them_and_stays_on_the_paper(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("T", "exclamation_mark", "m", "semicolon")
        await desk.type("1w")
        await desk.press("enter", "y", "q")
        mark = desk.entries[0].mark
        assert (mark.priority, mark.due, str(mark.status)) == ("medium", in_days(desk, 7), "queued")
        assert desk.entries[1].mark.priority is None
