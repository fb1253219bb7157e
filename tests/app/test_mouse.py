"""What the mouse does: clicks in dialogs and outside of them, clicks with Shift and Ctrl, and drags over rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import MouseMove, MouseScrollDown

from tests.app.test_selecting import rows
from tui.app.screens.dialog import DialogFrame, DialogRows
from tui.app.screens.help import HelpScreen
from tui.app.screens.picker import Picker
from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

OUTSIDE = (2, 3)  # a row of the list, which no dialog covers


async def click(driver: Driver, at: tuple[int, int], times: int = 1, **modifiers: bool) -> None:
    """Click on a cell of the screen."""
    await driver.pilot.click(offset=at, times=times, **modifiers)  # type: ignore[arg-type]
    await driver.rest()


async def drag(driver: Driver, *rows: int) -> None:
    """Press the button on the first row of the list, move over the others, and release it there."""
    top = driver.main_screen.papers.region.y
    await driver.pilot.mouse_down(offset=(20, top + rows[0]))
    for row in rows[1:]:
        await driver.post_mouse(MouseMove, (20, top + row), button=1)
    await driver.pilot.mouse_up(offset=(20, top + rows[-1]))
    await driver.rest()


def place(driver: Driver, text: str) -> tuple[int, int]:
    """The cell where a text begins on the screen."""
    frames = driver.app.screen.query(DialogFrame)
    shown = frames.first().region if frames else driver.app.screen.region
    for y, line in enumerate(driver.screen_text.splitlines()):
        if shown.y <= y < shown.bottom and text in line[shown.x : shown.right]:
            return line.index(text, shown.x), y
    raise AssertionError(f"{text} is not shown")


async def test_a_click_on_a_row_of_a_menu_takes_it(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("R")
        await click(driver, place(driver, "reading"))
        assert driver.current.mark.status is Status.READING
        await driver.press("s")
        await click(driver, place(driver, "category"))
        assert driver.main_screen.workspace.query.sort == "category"


async def test_the_second_click_of_a_double_click_in_a_menu_goes_nowhere(open_app: OpenApp) -> None:
    async with open_app((80, 24)) as driver:
        for _ in range(2):
            await driver.press("R")
            frame = driver.app.screen.query_one(DialogRows).region
            assert driver.main_screen.papers.region.overlaps(frame) or driver.main_screen.detail.region.overlaps(
                frame
            )
            cursor = driver.main_screen.workspace.papers.cursor
            await click(driver, place(driver, "queued"), times=2)
            assert driver.current.mark.status is Status.QUEUED
            assert driver.main_screen.workspace.papers.cursor == cursor
            assert not driver.main_screen.has_class("-reading")
            assert driver.main_screen.is_active
            await click(
                driver, (20, driver.main_screen.papers.region.y + 1)
            )  # an earlier click there changes nothing


async def test_clicks_toggle_tags_and_the_hint_applies_them(open_app: OpenApp) -> None:
    async with open_app() as driver:
        for tag in ("ml", "nerf", "vision"):
            await driver.press("plus", *tag, "enter")
        await driver.press("j", "t")
        await click(driver, place(driver, "] nerf"))
        await click(driver, place(driver, "] ml"))
        await click(driver, place(driver, "] nerf"))
        assert not driver.current.mark.tags
        await click(driver, place(driver, "Enter applies"))
        assert driver.current.mark.tags == ("ml",)


async def test_a_click_outside_a_dialog_is_esc(open_app: OpenApp) -> None:
    async with open_app() as driver:
        for key in ("R", "t", "s", "y", "x", "e", "c", "X", "plus", "ctrl+p", "question_mark", "U", "M", "C"):
            await driver.press(key)
            await click(driver, OUTSIDE if key != "question_mark" else (110, 1))
            assert driver.app.screen is driver.main_screen, key
            assert driver.main_screen.workspace.papers.cursor == 0, key


async def test_a_click_outside_asks_before_changes_are_discarded(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("c", *"abc")
        await click(driver, OUTSIDE, times=2)
        assert "unsaved changes" in driver.screen_text, "a double click discards nothing"
        await click(driver, place(driver, "Enter saves"))
        assert driver.current.paper.display_title.endswith("abc")
        await driver.press("e", *"seen")
        await click(driver, OUTSIDE)
        assert driver.current.mark.note == "seen", "a note is saved, as by Esc"


async def test_the_tabs_of_the_help_are_clicked(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("question_mark")
        await click(driver, place(driver, "Manual"))
        assert "Your own papers" in driver.screen_text
        await click(driver, place(driver, "Keys"))
        assert "Next paper" in driver.screen_text
        await click(driver, place(driver, "Keys"))
        assert "Next paper" in driver.screen_text, "the tab shown stays"
        assert isinstance(driver.app.screen, HelpScreen)
        await click(driver, place(driver, "Esc closes"))
        assert driver.main_screen.is_active


async def test_the_sort_order_and_the_prompt_are_clicked(open_app: OpenApp) -> None:
    async with open_app() as driver:
        sorting = driver.main_screen.query_one("#sorting").region
        await click(driver, (sorting.right - 2, sorting.y))
        assert isinstance(driver.app.screen, Picker)
        assert "Sort by" in driver.screen_text
        await click(driver, OUTSIDE)
        await click(driver, (1, 0))
        assert "Open which list?" in driver.screen_text


async def test_ctrl_click_toggles_and_shift_click_extends(open_app: OpenApp) -> None:
    async with open_app() as driver:
        top = driver.main_screen.papers.region.y
        await click(driver, (20, top + 1))
        await click(driver, (20, top + 3), shift=True)
        assert rows(driver) == [1, 2, 3]
        await click(driver, (20, top + 5), shift=True)
        assert rows(driver) == [1, 2, 3, 4, 5]
        await click(driver, (20, top + 2), shift=True)
        assert rows(driver) == [1, 2], "the same range, now shorter"
        await click(driver, (20, top), shift=True)
        assert rows(driver) == [0, 1], "it turns at its start"
        await click(driver, (20, top + 4), control=True)
        assert rows(driver) == [0, 1, 4]
        await click(driver, (20, top + 1), control=True)
        assert rows(driver) == [0, 4]
        assert driver.main_screen.workspace.papers.cursor == 1
        await driver.press("j", "j")
        await click(driver, (20, top + 2), shift=True)
        assert rows(driver) == [0, 2, 3, 4], "after a key, a range begins at the cursor"
        await driver.press("r")
        assert [row for row, entry in enumerate(driver.entries) if entry.mark.status is Status.READ] == [0, 2, 3, 4]


async def test_a_drag_selects_rows(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await drag(driver, 1, 2, 4, 3)
        assert rows(driver) == [1, 2, 3]
        assert driver.main_screen.workspace.papers.cursor == 3
        await drag(driver, 5, 4)
        assert rows(driver) == [1, 2, 3, 4, 5], "it adds to the selection"
        await driver.press("escape")
        await drag(driver, 2, 3, 2)
        await driver.post_mouse(MouseMove, (20, driver.main_screen.papers.region.y + 5))
        await driver.rest()
        assert rows(driver) == [2], "back at its start"
        await driver.press("escape")
        await click(driver, (20, driver.main_screen.papers.region.y + 4))
        assert rows(driver) == [], "a click selects nothing"


async def test_a_drag_scrolls_at_the_edge(open_app: OpenApp) -> None:
    async with open_app((80, 12)) as driver:
        page = driver.main_screen.papers.page
        assert page < 6
        await drag(driver, 1, page, page + 1, page + 1)
        assert rows(driver) == [1, 2, 3, 4, 5]


async def test_the_wheel_scrolls_a_dialog_and_not_the_list_below(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("ctrl+p")
        menu = driver.app.screen.query_one(DialogRows)
        await driver.post_mouse(MouseScrollDown, (10, menu.region.y + 2))
        await driver.rest()
        assert menu.scroll_offset.y > 0
        assert menu.cursor == 0
        first = int(menu.scroll_offset.y)
        label = menu.options[first + 1].label  # type: ignore[attr-defined]
        assert place(driver, label)[1] == menu.region.y + 1


@pytest.mark.parametrize("key", ["R", "s", "y", "x", "ctrl+p", "U", "C", "F", "exclamation_mark"])
async def test_one_click_takes_in_every_menu(open_app: OpenApp, key: str) -> None:
    """The menu closes, or another dialog follows, as with Enter."""
    async with open_app() as driver:
        await driver.press("b", "V", "b", "escape", key)
        before = driver.app.screen
        menu = before.query_one(DialogRows)
        await click(driver, (menu.region.x + 4, menu.region.y))
        assert driver.app.screen is not before


async def test_the_query_is_edited_after_a_click_and_kept_by_a_click_elsewhere(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("slash", *"maire", "enter")
        line = driver.main_screen.query_one("#query").region
        await click(driver, (line.x + 1, line.y))
        await driver.press("end", *" year:2021")
        assert len(driver.titles) == 1
        await driver.press("escape")
        assert driver.query == "maire", "Esc restores the query that was there before the click"
        assert len(driver.titles) == 2
        await click(driver, (line.x + 1, line.y))
        await driver.press("ctrl+u", *"queues")
        await click(driver, (20, driver.main_screen.papers.region.y))
        assert driver.main_screen.focused is driver.main_screen.papers
        assert driver.query == "queues"
        await driver.press("ctrl+o")
        assert driver.query == "maire", "the query was kept as one of the history"
        await driver.press("right_square_bracket")
        assert driver.query == "queues"


async def test_the_hint_after_a_change_is_clicked(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("b")
        await click(driver, place(driver, "u undo"))
        assert not driver.current.mark.starred
        assert "undid" in driver.news
