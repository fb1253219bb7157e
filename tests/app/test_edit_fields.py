"""Stories of a paper that the pages have wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.screens.main_screen import MainScreen
from tui.model.correction import FIELDS
from tui.model.edit import Edit

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]


async def test_fields_are_corrected_in_a_dialog(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("c", "ctrl+u", "N", "e", "w", "tab", "tab", "ctrl+u", "s", "o", "o", "n", "enter")
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


def _focused(desk: Driver) -> str | None:
    focused = desk.app.screen.focused
    return focused.id if focused is not None else None


async def test_the_form_shows_the_beginning_of_a_long_title_and_the_abstract(open_desk: OpenDesk) -> None:
    title = "Radiance Fields from Single Views of Transparent, Moving and Otherwise Uncooperative Objects in the Wild"
    async with open_desk((80, 24)) as desk:
        desk.desk.workspace.session.edits.mark([desk.current.id], Edit(correct=(("title", title),)))
        await desk.press("c")
        lines = [line[1:-1] for line in desk.screen_text.splitlines()]
        texts = {line[:17].strip(" *"): line[17:].strip() for line in lines if line[1:17].strip(" *") in FIELDS}
        assert texts["title"].startswith("Radiance Fields from Single Views of")
        assert any("in the Wild" in line for line in lines), "its end, too"
        assert texts["abstract"].startswith("We reconstruct radiance fields")
        filled = [line for line in lines if line[1:17].strip(" *") in texts and line[17:].strip()]
        starts = {len(line) - len(line[17:].lstrip()) for line in filled}
        assert len(starts) == 1, "the texts begin in one column"


async def test_the_abstract_is_corrected_in_the_form(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        before = desk.current.paper.abstract
        await desk.press("c", *["tab"] * 4)
        await desk.type("Bye ")
        await desk.press("enter")
        assert desk.current.paper.abstract == f"Bye {before}"
        await desk.press("u")
        assert desk.current.paper.abstract == before


async def test_the_arrows_move_within_a_wrapped_text_before_they_leave_it(open_desk: OpenDesk) -> None:
    async with open_desk((80, 24)) as desk:
        await desk.press("c", *["tab"] * 4)
        rows = 0
        while _focused(desk) == "field-abstract" and rows < 20:
            await desk.press("down")
            rows += 1
        assert rows == 2, "the abstract has two rows"
        await desk.press("up", "up", "up")
        assert _focused(desk) == "field-category"
