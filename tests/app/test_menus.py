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

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

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


async def prepared(driver: Driver) -> None:
    """A tag, a star and a view, so that no menu is empty."""
    await driver.press("b", "plus", *"ml", "enter", "slash", *"ml", "enter", "W", *"ml", "enter", "escape", "g")


def shown(driver: Driver) -> Sequence[str]:
    """The rows of the menu."""
    screen = driver.app.screen
    if isinstance(screen, TagPicker):
        return [line[0] for line in screen.query_one(TagRows).lines]
    return [f"{option.label} {option.detail}" for option in screen.query_one(OptionRows).options]


@pytest.mark.parametrize(("keys", "text", "has_letters"), MENUS, ids=[menu[0] for menu in MENUS])
async def test_typing_filters_every_menu(open_app: OpenApp, keys: str, text: str, has_letters: bool) -> None:
    async with open_app() as driver:
        await prepared(driver)
        await driver.press(*keys.split())
        screen = driver.app.screen
        assert isinstance(screen, FilterDialog)
        assert screen.query_one(TypedLine).display is not has_letters
        before = shown(driver)
        if has_letters:
            await driver.press("slash")
        await driver.type(text)
        assert driver.app.screen is screen, "letters are text in a filter"
        assert screen.typed == text
        assert shown(driver)[0] != "no match "
        assert all(text in row.casefold() for row in shown(driver))
        assert screen.query_one(TypedLine).display
        await driver.press(*["backspace"] * len(text))
        assert [row.partition(" (")[0] for row in shown(driver)] == [row.partition(" (")[0] for row in before]
        assert screen.query_one(TypedLine).display is not has_letters
        await driver.press("escape")
        assert driver.app.screen is not screen


async def test_letters_act_where_they_are_shown(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("R")
        assert "press a letter · / filters" in driver.screen_text
        rows = driver.app.screen.query_one(OptionRows)

        def are_shown() -> bool:
            return rows.has_letters

        assert are_shown()
        await driver.press("p")
        assert not are_shown(), "in a filter, letters are not shown"
        assert "press a letter" not in driver.screen_text
        await driver.press("r")
        assert driver.app.screen is not driver.main_screen, "r is text now"
        await driver.press("backspace", "backspace")
        assert are_shown()
        await driver.press("r")
        assert driver.current.mark.status is Status.READ


async def test_a_character_that_no_row_contains_is_ignored_by_a_menu_with_letters(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("R", "z", "j", "x", "s")
        assert driver.current.mark.status is Status.SKIPPED
        await driver.press("R", "slash", *"que", "enter")
        assert [entry.mark.status for entry in driver.entries[:2]].count(Status.QUEUED) == 1


async def test_a_menu_takes_the_second_letter_of_a_row(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("y", "y")
        assert driver.app.clipboard.startswith("@")


async def test_no_menu_has_another_rule(open_app: OpenApp) -> None:
    """Every menu that the commands of the main screen open is in the table above, or filters as one types."""
    known = {menu[0] for menu in MENUS}
    async with open_app() as driver:
        await prepared(driver)
        for command in driver.main_screen.workspace.keys.commands:
            key = command.keys[0]
            if not command.on_main_screen or command.id in {"app.quit", "app.suspend", "mark.editor"}:
                continue
            await driver.press(*key.split())
            screen = driver.app.screen
            if isinstance(screen, (Picker, TagPicker)):
                assert key in known or screen.query_one(TypedLine).display, key
                assert screen.query(DialogFrame)
            while driver.app.screen is not driver.main_screen:
                await driver.press("escape")
            await driver.press("escape", "escape", "0")
