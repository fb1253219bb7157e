"""The selection, and moving from match to match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]


def rows(driver: Driver) -> list[int]:
    """The selected rows."""
    return [
        row
        for row, paper_id in enumerate(driver.main_screen.workspace.papers.ids)
        if paper_id in driver.main_screen.workspace.selection.ids
    ]


async def test_selecting_above_below_and_ranges(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("j", "j", "left_curly_bracket")
        assert rows(driver) == [0, 1, 2]
        await driver.press("i")
        assert rows(driver) == [3, 4, 5]
        await driver.press("escape", "j", "right_curly_bracket")
        assert rows(driver) == [3, 4, 5]
        await driver.press("escape", "shift+up", "shift+up")
        assert rows(driver) == [1, 2, 3]
        assert driver.main_screen.workspace.papers.cursor == 1
        await driver.press("escape", "shift+down")
        assert rows(driver) == [1, 2]
        await driver.press("escape", "v", "G", "v")
        assert rows(driver) == [2, 3, 4, 5]
        keys = str(driver.main_screen.query_one("#keys").render())
        assert "invert" in keys
        assert "clear" in keys


async def test_a_command_shows_how_many_papers_it_applies_to(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("b", "V", "t")
        assert "Tags of 6 papers" in driver.screen_text
        await driver.press("escape", "R")
        assert "Status of 6 papers" in driver.screen_text
        await driver.press("escape", "plus")
        assert "Add tag to 6 papers" in driver.screen_text
        await driver.type("ml")
        await driver.press("enter")
        assert driver.news == "tag ml: 6 papers"
        await driver.press("asterisk")
        assert driver.news == "star: 6 papers, 1 unchanged"
        await driver.press("e")
        await driver.type("seen")
        await driver.press("enter")
        assert {entry.mark.note for entry in driver.entries} == {"seen"}
        await driver.press("u", "u", "u")
        assert [entry.mark.starred for entry in driver.entries] == [True] + [False] * 5
        assert {(entry.mark.note, entry.mark.tags) for entry in driver.entries} == {("", ())}


async def test_n_goes_to_the_next_paper_that_still_matches(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("slash")
        await driver.type("is:unread")
        await driver.press("enter", "j", "r", "k", "k", "n")
        assert driver.main_screen.workspace.papers.cursor == 2, "the paper just read no longer matches"
        await driver.press("N")
        assert driver.main_screen.workspace.papers.cursor == 0
        await driver.press("N")
        assert driver.main_screen.workspace.papers.cursor == 5
        assert "to the bottom" in driver.news


async def test_n_scrolls_to_the_match(open_app: OpenApp) -> None:
    async with open_app((60, 14)) as driver:
        await driver.press("slash")
        await driver.type("of")
        await driver.press("enter", "n")
        shown = "\n".join(
            strip.text
            for strip in driver.main_screen.detail.render_lines(driver.main_screen.detail.outer_size.region)
        )
        assert " of " in shown


async def test_n_without_a_query_goes_to_the_next_unread_paper(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("j", "r", "g", "n")
        assert driver.main_screen.workspace.papers.cursor == 2
        assert driver.current.mark.status is Status.UNREAD
        await driver.press("p")
        assert driver.main_screen.workspace.papers.cursor == 0
