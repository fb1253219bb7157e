"""On the smallest screen every dialog has its input and rows of its list, and nothing of them is out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.widgets import Input, TextArea

from tui.app.screens.dialog import BottomSheet, DialogFrame, TypedLine
from tui.app.widgets.line_view import LineView
from tui.app.widgets.virtual_list import VirtualList
from tui.model.edit import Edit

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

# Keys that open a dialog from the list, and those that close it.
DIALOGS = {
    "tags": ("t", "escape"),
    "add a tag": ("plus", "escape"),
    "remove a tag": ("minus", "escape"),
    "tag manager": ("M", "escape"),
    "actions on a tag": ("M enter", "escape escape"),
    "statuses": ("R", "escape"),
    "sort orders": ("s", "escape"),
    "what to copy": ("y", "escape"),
    "export": ("x", "escape"),
    "export file": ("x enter", "escape escape"),
    "export warnings": ("x enter ctrl+l", "escape escape escape"),
    "import file": ("X", "escape"),
    "fill": ("ampersand", "escape"),
    "history": ("U", "escape"),
    "history of a paper": ("H", "escape"),
    "correct": ("c", "escape"),
    "add a paper": ("A", "escape"),
    "note": ("e", "escape"),
    "related": ("a", "escape"),
    "views": ("w", "escape"),
    "help": ("question_mark", "escape"),
    "commands": ("ctrl+p", "escape"),
    "themes": ("C", "escape"),
    "snooze": ("comma", "escape"),
}
MANY_TAGS = [f"a-tag-of-some-length-{number}" for number in range(20)]


def _is_inside(region: Region, frame: Region) -> bool:
    return region.height >= 1 and frame.contains_region(region)


@pytest.mark.parametrize("size", [(40, 10), (80, 24)], ids=str)
async def test_every_dialog_has_its_input_and_rows_of_its_list(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(size) as driver:
        session = driver.main_screen.workspace.session
        session.edits.mark(session.ids(), Edit(add_tags=tuple(MANY_TAGS)))
        opened = set()
        for name, (keys, back) in DIALOGS.items():
            await driver.press(*keys.split())
            if not isinstance(driver.app.screen, BottomSheet):
                continue
            opened.add(name)
            frame = driver.app.screen.query_one(DialogFrame)
            inside = frame.content_region
            assert _is_inside(frame.region, Region(0, 0, *size)), name
            shown = [w for w in driver.app.screen.query("*").results(VirtualList) if w.display and w.count]
            for rows in shown:
                assert _is_inside(rows.region, inside), (name, rows)
                assert rows.count <= rows.page or rows.page >= 2, (name, rows)
            for typed in (*driver.app.screen.query(TypedLine), *driver.app.screen.query(Input)):
                assert typed.has_focus is False or typed.region.overlaps(inside), (name, typed)
            for line in driver.app.screen.query(TypedLine):
                assert not line.display or _is_inside(line.region, inside), name
            assert any(
                inside.overlaps(w.region) and w.display
                for kind in (VirtualList, Input, TextArea, LineView, VerticalScroll)
                for w in driver.app.screen.query("*").results(kind)
            ), name
            await driver.press(*["down"] * min(25, max((rows.count + 1 for rows in shown), default=1)))
            for rows in shown:
                assert 0 <= rows.cursor - rows.scroll_offset.y < rows.region.intersection(inside).height, (name, rows)
            await driver.press(*back.split())
            while isinstance(driver.app.screen, BottomSheet):
                await driver.press("escape")
        assert opened >= DIALOGS.keys() - {"remove a tag", "views", "related", "fill", "add a paper"}


async def test_the_empty_list_says_why_on_the_smallest_screen(open_app: OpenApp) -> None:
    async with open_app((40, 10)) as driver:
        await driver.press("slash", *"zzzz", "enter")
        list_rows = driver.screen_text.splitlines()[1 : driver.main_screen.detail.region.y]
        assert any(line.strip() for line in list_rows)
