"""The filter pane by key and by mouse: groups that are shut, and values found by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]


def pane(desk: Driver) -> list[str]:
    """The labels in the filter pane, headings among them."""
    return [line.label for line in desk.desk.filters.lines]


async def test_a_group_is_collapsed_at_its_heading_and_stays_collapsed(open_desk: OpenDesk) -> None:
    async with open_desk((120, 60)) as desk:
        assert pane(desk)[:2] == ["Status", "unread"]
        await desk.press("f", "k", "enter")
        assert pane(desk)[:2] == ["Status ▸ 6", "Categories"]
        await desk.press("j", "enter", "q")
        await desk.press("q")
    async with open_desk((120, 60)) as desk:
        assert pane(desk)[:3] == ["Status ▸ 6", "Categories ▸ 5", "Years"]
        await desk.pilot.click("#filters", offset=(4, desk.desk.filters.gutter.top))
        await desk.rest()
        assert pane(desk)[:2] == ["Status", "unread"]


async def test_values_in_the_query_show_in_a_collapsed_group(open_desk: OpenDesk) -> None:
    async with open_desk((120, 60)) as desk:
        await desk.press("f", "k", "enter", "slash")
        await desk.type("-is:read ")
        await desk.press("enter")
        assert pane(desk)[:3] == ["Status ▸ 6", "read", "Categories"]


async def test_a_value_is_found_by_typing_and_picked_or_not(open_desk: OpenDesk) -> None:
    async with open_desk((80, 24)) as desk:
        await desk.press("F")
        await desk.type("michael")
        assert "Authors   2" in desk.screen_text
        await desk.press("enter")
        assert desk.query == 'author:="Michael Maire"'
        assert len(desk.titles) == 2
        await desk.press("F")
        await desk.type("2021")
        await desk.press("enter")
        assert desk.query == 'author:="Michael Maire" year:2021'
        await desk.press("F")
        await desk.type("michael")
        await desk.press("enter")
        assert desk.query == "year:2021"
