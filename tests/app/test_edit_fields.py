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

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]


async def test_fields_are_corrected_in_a_dialog(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("c", "ctrl+u", "N", "e", "w", "tab", "tab", "ctrl+u", "s", "o", "o", "n", "enter")
        assert "'soon' is not a date" in driver.screen_text
        assert "date *" in driver.screen_text
        await driver.press("ctrl+u", "2", "0", "1", "9", "enter")
        assert driver.titles[0] == "New"
        assert "title  in the sources: Radiance Fields from Single Views" in driver.page
        assert "2019" in driver.page
        await driver.press("u")
        assert driver.titles[0].startswith("Radiance")
        assert "Corrected" not in driver.page


async def test_the_dialog_restores_imported_values_and_closes_without_change(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("c", "x", "enter")
        assert driver.titles[0] == "Radiance Fields from Single Viewsx"
        await driver.press("c", "y", "escape")
        assert driver.titles[0] == "Radiance Fields from Single Viewsx"
        await driver.press("c", "ctrl+r", "down", "up", "ctrl+s")
        assert driver.titles[0] == "Radiance Fields from Single Views"
        await driver.press("c", "enter")
        assert isinstance(driver.app.screen, MainScreen)


async def test_a_query_and_the_filters_follow_a_correction(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("slash")
        await driver.type("title:queues")
        await driver.press("enter", "c", "ctrl+u", "L", "i", "n", "e", "s", "enter")
        assert driver.titles == ["Lines"]
        await driver.press("f5")
        assert driver.titles == []
        await driver.press("escape", "slash")
        await driver.type("title:lines")
        assert driver.titles == ["Lines"]


def _focused(driver: Driver) -> str | None:
    focused = driver.app.screen.focused
    return focused.id if focused is not None else None


async def test_the_form_shows_the_beginning_of_a_long_title_and_the_abstract(open_app: OpenApp) -> None:
    title = "Radiance Fields from Single Views of Transparent, Moving and Otherwise Uncooperative Objects in the Wild"
    async with open_app((80, 24)) as driver:
        driver.main_screen.workspace.session.edits.mark([driver.current.id], Edit(correct=(("title", title),)))
        await driver.press("c")
        lines = [line[1:-1] for line in driver.screen_text.splitlines()]
        texts = {line[:17].strip(" *"): line[17:].strip() for line in lines if line[1:17].strip(" *") in FIELDS}
        assert texts["title"].startswith("Radiance Fields from Single Views of")
        assert any("in the Wild" in line for line in lines), "its end, too"
        assert texts["abstract"].startswith("We reconstruct radiance fields")
        filled = [line for line in lines if line[1:17].strip(" *") in texts and line[17:].strip()]
        starts = {len(line) - len(line[17:].lstrip()) for line in filled}
        assert len(starts) == 1, "the texts begin in one column"


async def test_the_abstract_is_corrected_in_the_form(open_app: OpenApp) -> None:
    async with open_app() as driver:
        before = driver.current.paper.abstract
        await driver.press("c", *["tab"] * 4)
        await driver.type("Bye ")
        await driver.press("enter")
        assert driver.current.paper.abstract == f"Bye {before}"
        await driver.press("u")
        assert driver.current.paper.abstract == before


async def test_the_arrows_move_within_a_wrapped_text_before_they_leave_it(open_app: OpenApp) -> None:
    async with open_app((80, 24)) as driver:
        await driver.press("c", *["tab"] * 4)
        rows = 0
        while _focused(driver) == "field-abstract" and rows < 20:
            await driver.press("down")
            rows += 1
        assert rows == 2, "the abstract has two rows"
        await driver.press("up", "up", "up")
        assert _focused(driver) == "field-category"
