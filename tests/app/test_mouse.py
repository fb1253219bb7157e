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

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]

OUTSIDE = (2, 3)  # a row of the list, which no dialog covers


async def click(desk: Driver, at: tuple[int, int], times: int = 1, **modifiers: bool) -> None:
    """Click on a cell of the screen."""
    await desk.pilot.click(offset=at, times=times, **modifiers)  # type: ignore[arg-type]
    await desk.rest()


async def drag(desk: Driver, *rows: int) -> None:
    """Press the button on the first row of the list, move over the others, and release it there."""
    top = desk.desk.papers.region.y
    await desk.pilot.mouse_down(offset=(20, top + rows[0]))
    for row in rows[1:]:
        await desk.post_mouse(MouseMove, (20, top + row), button=1)
    await desk.pilot.mouse_up(offset=(20, top + rows[-1]))
    await desk.rest()


def place(desk: Driver, text: str) -> tuple[int, int]:
    """The cell where a text begins on the screen."""
    frames = desk.app.screen.query(DialogFrame)
    shown = frames.first().region if frames else desk.app.screen.region
    for y, line in enumerate(desk.screen_text.splitlines()):
        if shown.y <= y < shown.bottom and text in line[shown.x : shown.right]:
            return line.index(text, shown.x), y
    raise AssertionError(f"{text} is not shown")


async def test_a_click_on_a_row_of_a_menu_takes_it(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("R")
        await click(desk, place(desk, "reading"))
        assert desk.current.mark.status is Status.READING
        await desk.press("s")
        await click(desk, place(desk, "category"))
        assert desk.desk.workspace.query.sort == "category"


async def test_the_second_click_of_a_double_click_in_a_menu_goes_nowhere(open_desk: OpenDesk) -> None:
    async with open_desk((80, 24)) as desk:
        for _ in range(2):
            await desk.press("R")
            frame = desk.app.screen.query_one(DialogRows).region
            assert desk.desk.papers.region.overlaps(frame) or desk.desk.detail.region.overlaps(frame)
            cursor = desk.desk.workspace.papers.cursor
            await click(desk, place(desk, "queued"), times=2)
            assert desk.current.mark.status is Status.QUEUED
            assert desk.desk.workspace.papers.cursor == cursor
            assert not desk.desk.has_class("-reading")
            assert desk.desk.is_active
            await click(desk, (20, desk.desk.papers.region.y + 1))  # an earlier click there changes nothing


async def test_clicks_toggle_tags_and_the_hint_applies_them(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        for tag in ("ml", "nerf", "vision"):
            await desk.press("plus", *tag, "enter")
        await desk.press("j", "t")
        await click(desk, place(desk, "] nerf"))
        await click(desk, place(desk, "] ml"))
        await click(desk, place(desk, "] nerf"))
        assert not desk.current.mark.tags
        await click(desk, place(desk, "Enter applies"))
        assert desk.current.mark.tags == ("ml",)


async def test_a_click_outside_a_dialog_is_esc(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        for key in ("R", "t", "s", "y", "x", "e", "c", "X", "plus", "ctrl+p", "question_mark", "U", "M", "C"):
            await desk.press(key)
            await click(desk, OUTSIDE if key != "question_mark" else (110, 1))
            assert desk.app.screen is desk.desk, key
            assert desk.desk.workspace.papers.cursor == 0, key


async def test_a_click_outside_asks_before_changes_are_discarded(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("c", *"abc")
        await click(desk, OUTSIDE, times=2)
        assert "unsaved changes" in desk.screen_text, "a double click discards nothing"
        await click(desk, place(desk, "Enter saves"))
        assert desk.current.paper.display_title.endswith("abc")
        await desk.press("e", *"seen")
        await click(desk, OUTSIDE)
        assert desk.current.mark.note == "seen", "a note is saved, as by Esc"


async def test_the_tabs_of_the_help_are_clicked(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("question_mark")
        await click(desk, place(desk, "Manual"))
        assert "Your own papers" in desk.screen_text
        await click(desk, place(desk, "Keys"))
        assert "Next paper" in desk.screen_text
        await click(desk, place(desk, "Keys"))
        assert "Next paper" in desk.screen_text, "the tab shown stays"
        assert isinstance(desk.app.screen, HelpScreen)
        await click(desk, place(desk, "Esc closes"))
        assert desk.desk.is_active


async def test_the_sort_order_and_the_prompt_are_clicked(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        sorting = desk.desk.query_one("#sorting").region
        await click(desk, (sorting.right - 2, sorting.y))
        assert isinstance(desk.app.screen, Picker)
        assert "Sort by" in desk.screen_text
        await click(desk, OUTSIDE)
        await click(desk, (1, 0))
        assert "Open which list?" in desk.screen_text


async def test_ctrl_click_toggles_and_shift_click_extends(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        top = desk.desk.papers.region.y
        await click(desk, (20, top + 1))
        await click(desk, (20, top + 3), shift=True)
        assert rows(desk) == [1, 2, 3]
        await click(desk, (20, top + 5), shift=True)
        assert rows(desk) == [1, 2, 3, 4, 5]
        await click(desk, (20, top + 2), shift=True)
        assert rows(desk) == [1, 2], "the same range, now shorter"
        await click(desk, (20, top), shift=True)
        assert rows(desk) == [0, 1], "it turns at its start"
        await click(desk, (20, top + 4), control=True)
        assert rows(desk) == [0, 1, 4]
        await click(desk, (20, top + 1), control=True)
        assert rows(desk) == [0, 4]
        assert desk.desk.workspace.papers.cursor == 1
        await desk.press("j", "j")
        await click(desk, (20, top + 2), shift=True)
        assert rows(desk) == [0, 2, 3, 4], "after a key, a range begins at the cursor"
        await desk.press("r")
        assert [row for row, entry in enumerate(desk.entries) if entry.mark.status is Status.READ] == [0, 2, 3, 4]


async def test_a_drag_selects_rows(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await drag(desk, 1, 2, 4, 3)
        assert rows(desk) == [1, 2, 3]
        assert desk.desk.workspace.papers.cursor == 3
        await drag(desk, 5, 4)
        assert rows(desk) == [1, 2, 3, 4, 5], "it adds to the selection"
        await desk.press("escape")
        await drag(desk, 2, 3, 2)
        await desk.post_mouse(MouseMove, (20, desk.desk.papers.region.y + 5))
        await desk.rest()
        assert rows(desk) == [2], "back at its start"
        await desk.press("escape")
        await click(desk, (20, desk.desk.papers.region.y + 4))
        assert rows(desk) == [], "a click selects nothing"


async def test_a_drag_scrolls_at_the_edge(open_desk: OpenDesk) -> None:
    async with open_desk((80, 12)) as desk:
        page = desk.desk.papers.page
        assert page < 6
        await drag(desk, 1, page, page + 1, page + 1)
        assert rows(desk) == [1, 2, 3, 4, 5]


async def test_the_wheel_scrolls_a_dialog_and_not_the_list_below(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("ctrl+p")
        menu = desk.app.screen.query_one(DialogRows)
        await desk.post_mouse(MouseScrollDown, (10, menu.region.y + 2))
        await desk.rest()
        assert menu.scroll_offset.y > 0
        assert menu.cursor == 0
        first = int(menu.scroll_offset.y)
        label = menu.options[first + 1].label  # type: ignore[attr-defined]
        assert place(desk, label)[1] == menu.region.y + 1


@pytest.mark.parametrize("key", ["R", "s", "y", "x", "ctrl+p", "U", "C", "F", "exclamation_mark"])
async def test_one_click_takes_in_every_menu(open_desk: OpenDesk, key: str) -> None:
    """The menu closes, or another dialog follows, as with Enter."""
    async with open_desk() as desk:
        await desk.press("b", "V", "b", "escape", key)
        before = desk.app.screen
        menu = before.query_one(DialogRows)
        await click(desk, (menu.region.x + 4, menu.region.y))
        assert desk.app.screen is not before


async def test_the_query_is_edited_after_a_click_and_kept_by_a_click_elsewhere(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("slash", *"maire", "enter")
        line = desk.desk.query_one("#query").region
        await click(desk, (line.x + 1, line.y))
        await desk.press("end", *" year:2021")
        assert len(desk.titles) == 1
        await desk.press("escape")
        assert desk.query == "maire", "Esc restores the query that was there before the click"
        assert len(desk.titles) == 2
        await click(desk, (line.x + 1, line.y))
        await desk.press("ctrl+u", *"queues")
        await click(desk, (20, desk.desk.papers.region.y))
        assert desk.desk.focused is desk.desk.papers
        assert desk.query == "queues"
        await desk.press("ctrl+o")
        assert desk.query == "maire", "the query was kept as one of the history"
        await desk.press("right_square_bracket")
        assert desk.query == "queues"


async def test_the_hint_after_a_change_is_clicked(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("b")
        await click(desk, place(desk, "u undo"))
        assert not desk.current.mark.starred
        assert "undid" in desk.news
