"""The query letter by letter: what is not one yet is waited for, what cannot become one is said, with a caret."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from tui.app.widgets.query_error import QueryErrorLine
from tui.app.widgets.query_line import QueryLine

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]


def caret_cell(driver: Driver) -> int:
    """The column of the caret, as it stands on the screen."""
    return next(line for line in driver.screen_text.splitlines()[1:] if "^ " in line).index("^")


@pytest.mark.parametrize(
    ("letters", "rest", "left"),
    [("year:202", "1", 1), ("is:unrea", "d", 2), ("limit:", "1", 1), ("sort:yea", "r", 2), ("OR", " glass", 3)],
)
async def test_the_list_waits_until_a_term_is_whole(open_app: OpenApp, letters: str, rest: str, left: int) -> None:
    async with open_app() as driver:
        await driver.press("slash")
        await driver.type("maire ")
        before = driver.titles
        assert len(before) == 2
        for letter in letters:
            await driver.type(letter)
            assert driver.titles == before
        await driver.type(rest)
        assert len(driver.titles) == left


async def test_a_word_named_like_a_field_is_searched_once_it_is_complete(open_app: OpenApp) -> None:
    async with open_app() as driver:
        caret = driver.main_screen.query_one(QueryErrorLine)
        await driver.press("slash")
        await driver.type("no")
        assert len(driver.titles) == 6
        await driver.until(lambda: caret.display)
        assert "may become no:" in str(caret.render())
        await driver.press("space")
        assert not caret.display
        no = len(driver.titles)
        assert no < 6
        await driver.press("backspace", "enter")
        assert driver.main_screen.papers.has_focus
        assert len(driver.titles) == no


async def test_an_open_phrase_is_searched_while_typed_and_closed_when_kept(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("slash")
        await driver.type('"growing net')
        assert len(driver.titles) == 1
        await driver.press("enter")
        caret = driver.main_screen.query_one(QueryErrorLine)
        assert "quotation mark is not closed" in str(caret.render())
        assert caret_cell(driver) == 3
        await driver.type('"')
        await driver.press("enter")
        assert driver.main_screen.papers.has_focus
        assert not caret.display


@pytest.mark.parametrize("before", ["", "日本語 ", "😀 ", "e\u0301 ", "שלום "])
async def test_the_caret_is_under_the_error(open_app: OpenApp, before: str) -> None:
    async with open_app() as driver:
        await driver.press("slash")
        line = driver.main_screen.query_one(QueryLine)
        line.value, line.cursor_position = before, len(before)
        await driver.type("is:foo")
        assert caret_cell(driver) == 3 + cell_len(before) + 3


async def test_the_caret_follows_a_text_that_is_longer_than_the_line(open_app: OpenApp) -> None:
    async with open_app((80, 24)) as driver:
        await driver.press("slash", *"x" * 100, "space", *"is", "colon", *"foo")
        line = driver.main_screen.query_one("#query")
        caret = driver.main_screen.query_one(QueryErrorLine)
        await driver.until(lambda: caret_cell(driver) == 3 + 104 - int(line.scroll_offset.x))
        assert caret.display


async def test_an_invalid_query_is_not_kept_and_facets_cannot_edit_it(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("slash")
        await driver.type("is:foo")
        await driver.press("enter")
        assert driver.main_screen.query_one("#query").has_focus
        await driver.pilot.click("#filters", offset=(4, 2))
        await driver.rest()
        assert driver.query == "is:foo"
        assert "Unknown value" in driver.news


async def test_a_pause_prepares_the_search_of_a_short_list_for_the_first_letter(open_app: OpenApp) -> None:
    async with open_app() as driver:
        search = driver.main_screen.workspace.session.search
        await driver.until(lambda: search._cached_engine is not None)
