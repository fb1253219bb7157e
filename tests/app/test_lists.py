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

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

BIB = "@misc{m, title={On Mills and Weirs}, author={Lee, Ann}, year={2023}}"


@pytest.fixture
def second(home: Paths) -> Paths:
    created = new_list(home, "thesis")
    (created.seeds / "refs.txt").write_text(BIB, encoding="utf-8")
    Session.open(created).close()
    return created


def prompt(driver: Driver) -> str:
    return str(driver.main_screen.query_one("#prompt", Static).content).strip()


async def switch(driver: Driver, *keys: str) -> None:
    await driver.press("ctrl+g", *keys, "enter")
    await driver.until(lambda: not driver.main_screen.workspace.is_opening)
    await driver.rest()


async def test_the_lists_are_switched_there_and_back(open_app: OpenApp, second: Paths) -> None:
    async with open_app() as driver:
        await driver.press("b", "j")
        first, titles = driver.main_screen, driver.titles
        await switch(driver, "down")
        assert driver.main_screen is not first
        assert driver.titles == ["On Mills and Weirs"]
        assert prompt(driver).startswith(second.name)
        await driver.press("b")
        assert driver.current.mark.starred
        await switch(driver, "up")
        assert driver.titles == titles
        assert driver.main_screen.workspace.papers.cursor == 1, "the place is kept"
        assert prompt(driver) == driver.main_screen.ui.glyphs.prompt
        await driver.press("u")
        assert not any(entry.mark.starred for entry in driver.entries)
        assert driver.app.failure is None


async def test_a_new_list_is_started_empty(open_app: OpenApp, home: Paths) -> None:
    async with open_app() as driver:
        await driver.press("ctrl+g", "down", "enter")
        await driver.type("new ideas")
        await driver.press("enter")
        await driver.until(lambda: not driver.main_screen.workspace.is_opening)
        await driver.rest()
        assert driver.titles == []
        assert driver.main_screen.workspace.session.paths.data == home.data / "lists" / "new ideas"
        await driver.until(lambda: "The list is empty." in driver.screen_text)
        assert "X       import a file" in driver.screen_text
        assert "Ctrl-a  add a paper by hand" in driver.screen_text
        assert "r read / unread" not in driver.screen_text, "no hint at keys that need a paper"


async def test_a_name_that_no_list_has_starts_one(open_app: OpenApp, second: Paths) -> None:
    async with open_app() as driver:
        await driver.press("ctrl+g")
        await driver.type("the")
        assert "new list the" not in driver.screen_text, "the name of a list is being typed"
        await driver.press("ctrl+u")
        await driver.type("a/b")
        assert "no match" in driver.screen_text
        await driver.press("ctrl+u")
        await driver.type("reviews")
        assert "new list reviews" in driver.screen_text
        await driver.press("enter")
        await driver.until(lambda: not driver.main_screen.workspace.is_opening)
        await driver.rest()
        assert driver.main_screen.workspace.session.paths.data == second.data.parent / "reviews"


async def test_a_name_that_is_not_valid_is_refused_where_it_is_typed(open_app: OpenApp, home: Paths) -> None:
    async with open_app() as driver:
        await driver.press("ctrl+g", "down", "enter")
        await driver.type("a/b")
        await driver.press("enter")
        assert "is not a valid list name" in driver.screen_text
        await driver.press("escape", "escape")
        assert not (home.data / "lists").exists()


async def test_a_list_that_cannot_be_opened_leaves_the_open_one(open_app: OpenApp, second: Paths) -> None:
    (second.data / "papers.json").write_text("{", encoding="utf-8")
    async with open_app() as driver:
        first = driver.main_screen
        await driver.press("ctrl+g", "down", "enter")
        assert driver.main_screen is first
        assert "damaged" in driver.news
        await driver.press("b")
        assert driver.current.mark.starred


def test_only_the_bundled_listings_are_sample_papers(home: Paths) -> None:
    assert not has_sample_papers(home)
    assert not has_sample_papers(new_list(home, "a"))
