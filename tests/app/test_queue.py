"""Priority, due date and snooze on the screen and in triage; what the list shows of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]


def in_days(driver: Driver, days: int) -> str:
    return (driver.main_screen.workspace.session.today() + timedelta(days=days)).isoformat()


async def test_a_priority_is_one_key_and_a_letter(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("exclamation_mark", "h", "j", "exclamation_mark", "l")
        assert [entry.mark.priority for entry in driver.entries[:2]] == ["high", "low"]
        assert "!●" in driver.screen_text
        await driver.press("slash")
        await driver.type("has:priority sort:priority")
        await driver.press("enter")
        assert [entry.mark.priority for entry in driver.entries] == ["high", "low"]
        await driver.press("g", "exclamation_mark", "n")
        assert driver.current.mark.priority is None


async def test_a_due_date_is_typed_and_shown_when_it_is_near(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("semicolon")
        await driver.type("3d")
        await driver.press("enter")
        assert driver.current.mark.due == in_days(driver, 3)
        assert driver.screen_text.count("due in 3 days") == 2, "in the list and in the detail pane"
        await driver.press("j", "semicolon")
        await driver.type("3m")
        await driver.press("enter")
        assert f"due {driver.current.mark.due}" in driver.page
        await driver.press("semicolon", "ctrl+u", "enter")
        assert not driver.current.mark.due
        await driver.press("u", "u", "u")
        assert [entry.mark.due for entry in driver.entries[:2]] == [None, None]


async def test_a_day_that_is_none_is_refused_where_it_is_typed(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("comma")
        await driver.type("soon")
        await driver.press("enter")
        assert "'soon' is not a date" in driver.screen_text
        await driver.press("ctrl+u")
        await driver.type("2w")
        await driver.press("enter")
        assert driver.current.mark.snoozed_until == in_days(driver, 14)
        assert "snoozed until" in driver.page


async def test_a_selection_gets_a_due_date_in_one_step(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("space", "space", "semicolon")
        assert "Due for 2 papers" in driver.screen_text
        await driver.type("tomorrow")
        await driver.press("enter")
        assert [entry.mark.due for entry in driver.entries[:3]] == [in_days(driver, 1)] * 2 + [None]
        assert len(driver.main_screen.workspace.session.edits.history()) == 1


async def test_the_date_of_a_weekday_is_reported(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("semicolon")
        await driver.type("Fri")
        await driver.press("enter")
        day = driver.current.mark.due
        assert day is not None
        assert (date.fromisoformat(day).weekday(), day in {in_days(driver, number) for number in range(1, 8)}) == (
            4,
            True,
        )
        assert f"due {day}" in driver.news


async def test_triage_sets_them_and_stays_on_the_paper(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("T", "exclamation_mark", "m", "semicolon")
        await driver.type("1w")
        await driver.press("enter", "y", "q")
        mark = driver.entries[0].mark
        assert (mark.priority, mark.due, str(mark.status)) == ("medium", in_days(driver, 7), "queued")
        assert driver.entries[1].mark.priority is None
