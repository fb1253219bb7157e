"""The filter pane by key and by mouse: groups that are shut, and values found by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]


def pane(driver: Driver) -> list[str]:
    """The labels in the filter pane, headings among them."""
    return [line.label for line in driver.main_screen.filters.lines]


async def test_a_group_is_collapsed_at_its_heading_and_stays_collapsed(open_app: OpenApp) -> None:
    async with open_app((120, 60)) as driver:
        assert pane(driver)[:2] == ["Status", "unread"]
        await driver.press("f", "k", "enter")
        assert pane(driver)[:2] == ["Status ▸ 6", "Categories"]
        await driver.press("j", "enter", "q")
        await driver.press("q")
    async with open_app((120, 60)) as driver:
        assert pane(driver)[:3] == ["Status ▸ 6", "Categories ▸ 5", "Years"]
        await driver.pilot.click("#filters", offset=(4, driver.main_screen.filters.gutter.top))
        await driver.rest()
        assert pane(driver)[:2] == ["Status", "unread"]


async def test_values_in_the_query_show_in_a_collapsed_group(open_app: OpenApp) -> None:
    async with open_app((120, 60)) as driver:
        await driver.press("f", "k", "enter", "slash")
        await driver.type("-is:read ")
        await driver.press("enter")
        assert pane(driver)[:3] == ["Status ▸ 6", "read", "Categories"]


async def test_a_value_is_found_by_typing_and_picked_or_not(open_app: OpenApp) -> None:
    async with open_app((80, 24)) as driver:
        await driver.press("F")
        await driver.type("michael")
        assert "Authors   2" in driver.screen_text
        await driver.press("enter")
        assert driver.query == 'author:="Michael Maire"'
        assert len(driver.titles) == 2
        await driver.press("F")
        await driver.type("2021")
        await driver.press("enter")
        assert driver.query == 'author:="Michael Maire" year:2021'
        await driver.press("F")
        await driver.type("michael")
        await driver.press("enter")
        assert driver.query == "year:2021"
