"""The selection, and moving from match to match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]


def rows(desk: Driver) -> list[int]:
    """The selected rows."""
    return [
        row
        for row, paper_id in enumerate(desk.desk.workspace.papers.ids)
        if paper_id in desk.desk.workspace.selection.ids
    ]


async def test_selecting_above_below_and_ranges(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("j", "j", "left_curly_bracket")
        assert rows(desk) == [0, 1, 2]
        await desk.press("i")
        assert rows(desk) == [3, 4, 5]
        await desk.press("escape", "j", "right_curly_bracket")
        assert rows(desk) == [3, 4, 5]
        await desk.press("escape", "shift+up", "shift+up")
        assert rows(desk) == [1, 2, 3]
        assert desk.desk.workspace.papers.cursor == 1
        await desk.press("escape", "shift+down")
        assert rows(desk) == [1, 2]
        await desk.press("escape", "v", "G", "v")
        assert rows(desk) == [2, 3, 4, 5]
        keys = str(desk.desk.query_one("#keys").render())
        assert "invert" in keys
        assert "clear" in keys


async def test_a_command_shows_how_many_papers_it_applies_to(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("b", "V", "t")
        assert "Tags of 6 papers" in desk.screen_text
        await desk.press("escape", "R")
        assert "Status of 6 papers" in desk.screen_text
        await desk.press("escape", "plus")
        assert "Add tag to 6 papers" in desk.screen_text
        await desk.type("ml")
        await desk.press("enter")
        assert desk.news == "tag ml: 6 papers"
        await desk.press("asterisk")
        assert desk.news == "star: 6 papers, 1 unchanged"
        await desk.press("e")
        await desk.type("seen")
        await desk.press("enter")
        assert {entry.mark.note for entry in desk.entries} == {"seen"}
        await desk.press("u", "u", "u")
        assert [entry.mark.starred for entry in desk.entries] == [True] + [False] * 5
        assert {(entry.mark.note, entry.mark.tags) for entry in desk.entries} == {("", ())}


async def test_n_goes_to_the_next_paper_that_still_matches(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("slash")
        await desk.type("is:unread")
        await desk.press("enter", "j", "r", "k", "k", "n")
        assert desk.desk.workspace.papers.cursor == 2, "the paper just read no longer matches"
        await desk.press("N")
        assert desk.desk.workspace.papers.cursor == 0
        await desk.press("N")
        assert desk.desk.workspace.papers.cursor == 5
        assert "to the end" in desk.news


async def test_n_scrolls_to_the_match(open_desk: OpenDesk) -> None:
    async with open_desk((60, 14)) as desk:
        await desk.press("slash")
        await desk.type("of")
        await desk.press("enter", "n")
        shown = "\n".join(strip.text for strip in desk.desk.detail.render_lines(desk.desk.detail.outer_size.region))
        assert " of " in shown


async def test_n_without_a_query_goes_to_the_next_unread_paper(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("j", "r", "g", "n")
        assert desk.desk.workspace.papers.cursor == 2
        assert desk.current.mark.status is Status.UNREAD
        await desk.press("p")
        assert desk.desk.workspace.papers.cursor == 0
