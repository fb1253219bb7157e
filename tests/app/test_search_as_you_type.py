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

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]


def caret_cell(desk: Driver) -> int:
    """The column of the caret, as it stands on the screen."""
    return next(line for line in desk.screen_text.splitlines()[1:] if "^ " in line).index("^")


@pytest.mark.parametrize(
    ("letters", "rest", "left"),
    [("year:202", "1", 1), ("is:unrea", "d", 2), ("limit:", "1", 1), ("sort:yea", "r", 2), ("OR", " glass", 3)],
)
async def test_the_list_waits_until_a_term_is_whole(open_desk: OpenDesk, letters: str, rest: str, left: int) -> None:
    async with open_desk() as desk:
        await desk.press("slash")
        await desk.type("maire ")
        before = desk.titles
        assert len(before) == 2
        for letter in letters:
            await desk.type(letter)
            assert desk.titles == before
        await desk.type(rest)
        assert len(desk.titles) == left


async def test_a_word_named_like_a_field_is_searched_once_it_is_complete(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        caret = desk.desk.query_one(QueryErrorLine)
        await desk.press("slash")
        await desk.type("no")
        assert len(desk.titles) == 6
        await desk.until(lambda: caret.display)
        assert "may become no:" in str(caret.render())
        await desk.press("space")
        assert not caret.display
        no = len(desk.titles)
        assert no < 6
        await desk.press("backspace", "enter")
        assert desk.desk.papers.has_focus
        assert len(desk.titles) == no


async def test_an_open_phrase_is_searched_while_typed_and_closed_when_kept(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("slash")
        await desk.type('"growing net')
        assert len(desk.titles) == 1
        await desk.press("enter")
        caret = desk.desk.query_one(QueryErrorLine)
        assert "quotation mark is not closed" in str(caret.render())
        assert caret_cell(desk) == 3
        await desk.type('"')
        await desk.press("enter")
        assert desk.desk.papers.has_focus
        assert not caret.display


@pytest.mark.parametrize("before", ["", "日本語 ", "😀 ", "e\u0301 ", "שלום "])
async def test_the_caret_is_under_the_error(open_desk: OpenDesk, before: str) -> None:
    async with open_desk() as desk:
        await desk.press("slash")
        line = desk.desk.query_one(QueryLine)
        line.value, line.cursor_position = before, len(before)
        await desk.type("is:foo")
        assert caret_cell(desk) == 3 + cell_len(before) + 3


async def test_the_caret_follows_a_text_that_is_longer_than_the_line(open_desk: OpenDesk) -> None:
    async with open_desk((80, 24)) as desk:
        await desk.press("slash", *"x" * 100, "space", *"is", "colon", *"foo")
        line = desk.desk.query_one("#query")
        caret = desk.desk.query_one(QueryErrorLine)
        await desk.until(lambda: caret_cell(desk) == 3 + 104 - int(line.scroll_offset.x))
        assert caret.display


async def test_an_invalid_query_is_not_kept_and_facets_cannot_edit_it(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("slash")
        await desk.type("is:foo")
        await desk.press("enter")
        assert desk.desk.query_one("#query").has_focus
        await desk.pilot.click("#filters", offset=(4, 2))
        await desk.rest()
        assert desk.query == "is:foo"
        assert "Unknown value" in desk.news


async def test_a_pause_prepares_the_search_of_a_short_list_for_the_first_letter(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        search = desk.desk.workspace.session.search
        await desk.until(lambda: search._cached_engine is not None)
