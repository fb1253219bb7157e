"""All menus follow one rule: typing filters, and where letters are shown, a letter acts while nothing is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.app.screens.dialog import DialogFrame, FilterDialog, TypedLine
from tui.app.screens.picker import OptionRows, Picker
from tui.app.screens.tag_picker import TagPicker, TagRows
from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]

# The keys that open a menu, a text that one of its rows contains, and whether letters are shown before its rows.
MENUS = [
    ("R", "kipp", True),
    ("exclamation_mark", "edium", True),
    ("s", "itle", True),
    ("y", "arkdown", True),
    ("A", "es", True),
    ("i", "es", True),
    ("M enter", "merge in", True),
    ("w enter", "rename", True),
    ("ctrl+p", "quit", False),
    ("F", "cs.lg", False),
    ("C", "dark", False),
    ("M", "ml", False),
    ("U", "star", False),
    ("H", "star", False),
    ("w", "ml", False),
    ("x", "ris", False),
    ("t", "ml", False),
]


async def prepared(desk: Driver) -> None:
    """A tag, a star and a view, so that no menu is empty."""
    await desk.press("b", "plus", *"ml", "enter", "slash", *"ml", "enter", "W", *"ml", "enter", "escape", "g")


def shown(desk: Driver) -> Sequence[str]:
    """The rows of the menu."""
    screen = desk.app.screen
    if isinstance(screen, TagPicker):
        return [line[0] for line in screen.query_one(TagRows).lines]
    return [f"{option.label} {option.detail}" for option in screen.query_one(OptionRows).options]


@pytest.mark.parametrize(("keys", "text", "has_letters"), MENUS, ids=[menu[0] for menu in MENUS])
async def test_typing_filters_every_menu(open_desk: OpenDesk, keys: str, text: str, has_letters: bool) -> None:
    async with open_desk() as desk:
        await prepared(desk)
        await desk.press(*keys.split())
        screen = desk.app.screen
        assert isinstance(screen, FilterDialog)
        assert screen.query_one(TypedLine).display is not has_letters
        before = shown(desk)
        if has_letters:
            await desk.press("slash")
        await desk.type(text)
        assert desk.app.screen is screen, "letters are text in a filter"
        assert screen.typed == text
        assert shown(desk)[0] != "no match "
        assert all(text in row.casefold() for row in shown(desk))
        assert screen.query_one(TypedLine).display
        await desk.press(*["backspace"] * len(text))
        assert [row.partition(" (")[0] for row in shown(desk)] == [row.partition(" (")[0] for row in before]
        assert screen.query_one(TypedLine).display is not has_letters
        await desk.press("escape")
        assert desk.app.screen is not screen


async def test_letters_act_where_they_are_shown(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("R")
        assert "press a letter · / filters" in desk.screen_text
        rows = desk.app.screen.query_one(OptionRows)

        def are_shown() -> bool:
            return rows.has_letters

        assert are_shown()
        await desk.press("p")
        assert not are_shown(), "in a filter, letters are not shown"
        assert "press a letter" not in desk.screen_text
        await desk.press("r")
        assert desk.app.screen is not desk.desk, "r is text now"
        await desk.press("backspace", "backspace")
        assert are_shown()
        await desk.press("r")
        assert desk.current.mark.status is Status.READ


async def test_a_character_that_no_row_contains_is_ignored_by_a_menu_with_letters(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("R", "z", "j", "x", "s")
        assert desk.current.mark.status is Status.SKIPPED
        await desk.press("R", "slash", *"que", "enter")
        assert [entry.mark.status for entry in desk.entries[:2]].count(Status.QUEUED) == 1


async def test_a_menu_takes_the_second_letter_of_a_row(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("y", "y")
        assert desk.app.clipboard.startswith("@")


async def test_no_menu_has_another_rule(open_desk: OpenDesk) -> None:
    """Every menu that the commands of the main screen open is in the table above, or filters as one types."""
    known = {menu[0] for menu in MENUS}
    async with open_desk() as desk:
        await prepared(desk)
        for command in desk.desk.workspace.keys.commands:
            key = command.keys[0]
            if not command.on_main_screen or command.id in {"app.quit", "app.suspend", "mark.editor"}:
                continue
            await desk.press(*key.split())
            screen = desk.app.screen
            if isinstance(screen, (Picker, TagPicker)):
                assert key in known or screen.query_one(TypedLine).display, key
                assert screen.query(DialogFrame)
            while desk.app.screen is not desk.desk:
                await desk.press("escape")
            await desk.press("escape", "escape", "0")
