"""Several lists on the screen: switching, starting one, and the hint at the sample papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from tui.paths import has_sample_papers
from tui.session.reading_lists import new_list
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver
    from tui.paths import Paths

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]

BIB = "@misc{m, title={On Mills and Weirs}, author={Lee, Ann}, year={2023}}"


@pytest.fixture
def second(home: Paths) -> Paths:
    created = new_list(home, "thesis")
    (created.seeds / "refs.txt").write_text(BIB, encoding="utf-8")
    Session.open(created).close()
    return created


def prompt(desk: Driver) -> str:
    return str(desk.desk.query_one("#prompt", Static).content).strip()


async def switch(desk: Driver, *keys: str) -> None:
    await desk.press("ctrl+g", *keys, "enter")
    await desk.until(lambda: not desk.desk.workspace.is_opening)
    await desk.rest()


async def test_the_lists_are_switched_there_and_back(open_desk: OpenDesk, second: Paths) -> None:
    async with open_desk() as desk:
        await desk.press("b", "j")
        first, titles = desk.desk, desk.titles
        await switch(desk, "down")
        assert desk.desk is not first
        assert desk.titles == ["On Mills and Weirs"]
        assert prompt(desk).startswith(second.name)
        await desk.press("b")
        assert desk.current.mark.starred
        await switch(desk, "up")
        assert desk.titles == titles
        assert desk.desk.workspace.papers.cursor == 1, "the place is kept"
        assert prompt(desk) == desk.desk.ui.glyphs.prompt
        await desk.press("u")
        assert not any(entry.mark.starred for entry in desk.entries)
        assert desk.app.failure is None


async def test_a_new_list_is_started_empty(open_desk: OpenDesk, home: Paths) -> None:
    async with open_desk() as desk:
        await desk.press("ctrl+g", "down", "enter")
        await desk.type("new ideas")
        await desk.press("enter")
        await desk.until(lambda: not desk.desk.workspace.is_opening)
        await desk.rest()
        assert desk.titles == []
        assert desk.desk.workspace.session.paths.data == home.data / "lists" / "new ideas"
        await desk.until(lambda: "The list is empty." in desk.screen_text)
        assert "X       import a file" in desk.screen_text
        assert "Ctrl-a  add a paper by hand" in desk.screen_text
        assert "r read / unread" not in desk.screen_text, "no hint at keys that need a paper"


async def test_a_name_that_no_list_has_starts_one(open_desk: OpenDesk, second: Paths) -> None:
    async with open_desk() as desk:
        await desk.press("ctrl+g")
        await desk.type("the")
        assert "new list the" not in desk.screen_text, "the name of a list is being typed"
        await desk.press("ctrl+u")
        await desk.type("a/b")
        assert "no match" in desk.screen_text
        await desk.press("ctrl+u")
        await desk.type("reviews")
        assert "new list reviews" in desk.screen_text
        await desk.press("enter")
        await desk.until(lambda: not desk.desk.workspace.is_opening)
        await desk.rest()
        assert desk.desk.workspace.session.paths.data == second.data.parent / "reviews"


async def test_a_name_that_is_not_valid_is_refused_where_it_is_typed(open_desk: OpenDesk, home: Paths) -> None:
    async with open_desk() as desk:
        await desk.press("ctrl+g", "down", "enter")
        await desk.type("a/b")
        await desk.press("enter")
        assert "is not a valid list name" in desk.screen_text
        await desk.press("escape", "escape")
        assert not (home.data / "lists").exists()


async def test_a_list_that_cannot_be_opened_leaves_the_open_one(open_desk: OpenDesk, second: Paths) -> None:
    (second.data / "papers.json").write_text("{", encoding="utf-8")
    async with open_desk() as desk:
        first = desk.desk
        await desk.press("ctrl+g", "down", "enter")
        assert desk.desk is first
        assert "damaged" in desk.news
        await desk.press("b")
        assert desk.current.mark.starred


def test_only_the_bundled_listings_are_sample_papers(home: Paths) -> None:
    assert not has_sample_papers(home)
    assert not has_sample_papers(new_list(home, "a"))
