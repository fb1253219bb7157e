"""Stories of a paper that the pages have wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.screens.main_screen import MainScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.app.conftest import Driver

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]


async def test_fields_are_corrected_in_a_dialog(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("c", "ctrl+u", "N", "e", "w", "tab", "tab", "tab", "ctrl+u", "s", "o", "o", "n", "enter")
        assert "'soon' is not a date" in desk.screen_text
        assert "date *" in desk.screen_text
        await desk.press("ctrl+u", "2", "0", "1", "9", "enter")
        assert desk.titles[0] == "New"
        assert "title  in the sources: Radiance Fields from Single Views" in desk.page
        assert "2019" in desk.page
        await desk.press("u")
        assert desk.titles[0].startswith("Radiance")
        assert "Corrected" not in desk.page


async def test_the_dialog_restores_imported_values_and_closes_without_change(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("c", "x", "enter")
        assert desk.titles[0] == "Radiance Fields from Single Viewsx"
        await desk.press("c", "y", "escape")
        assert desk.titles[0] == "Radiance Fields from Single Viewsx"
        await desk.press("c", "ctrl+r", "down", "up", "ctrl+s")
        assert desk.titles[0] == "Radiance Fields from Single Views"
        await desk.press("c", "enter")
        assert isinstance(desk.app.screen, MainScreen)


async def test_a_query_and_the_filters_follow_a_correction(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("slash")
        await desk.type("title:queues")
        await desk.press("enter", "c", "ctrl+u", "L", "i", "n", "e", "s", "enter")
        assert desk.titles == ["Lines"]
        await desk.press("f5")
        assert desk.titles == []
        await desk.press("escape", "slash")
        await desk.type("title:lines")
        assert desk.titles == ["Lines"]
