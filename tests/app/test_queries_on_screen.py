"""Completing, calling back and saving queries at the main screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.app.widgets.completion_list import CompletionList

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]


def offers(driver: Driver) -> list[str]:
    """The labels shown below the line."""
    shown = driver.main_screen.query_one(CompletionList)
    return [line.split()[0] for line in str(shown.render()).splitlines()] if shown.display else []


def years(driver: Driver) -> list[int | None]:
    """The years of the papers, in the order of the list."""
    return [entry.paper.date.year for entry in driver.entries if entry.paper.date]


async def ask(driver: Driver, query: str) -> None:
    """Type a query and keep it."""
    await driver.press("slash", "ctrl+u")
    await driver.type(query)
    await driver.press("enter")


async def test_tab_or_the_right_arrow_accepts_the_likeliest_completion(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("slash")
        await driver.type("cat")
        await driver.press("right")
        assert driver.query == "cat:"
        await driver.type("cs.r")
        await driver.press("tab")
        assert driver.query == "cat:cs.RO"
        assert driver.titles == ["Grasping Transparent Objects"]
        await driver.press("enter")
        assert driver.main_screen.papers.has_focus


async def test_a_second_tab_shows_all_completions_and_cycles(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("slash")
        await driver.type("author:la")
        await driver.press("tab")
        assert driver.query in {'author:"Gustav Larsson"', 'author:"Ada Larsen"'}
        first = driver.query
        assert offers(driver) == []
        await driver.press("tab")
        assert len(offers(driver)) > 1
        assert driver.query != first
        await driver.press("shift+tab")
        assert driver.query == first
        await driver.press("tab", "escape")
        assert driver.query == "author:la"
        assert offers(driver) == []
        await driver.press("escape")
        assert driver.query == ""


async def test_up_recalls_earlier_queries_even_after_a_restart(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await ask(driver, "maire")
        await ask(driver, "queues")
        await driver.press("q")
    async with open_app() as driver:
        await driver.press("slash", "ctrl+u")
        await driver.type("gla")
        await driver.press("up")
        assert driver.query == "queues"
        await driver.press("up")
        assert driver.query == "maire"
        assert len(driver.titles) == 2
        await driver.press("up")
        assert driver.query == "maire"
        await driver.press("down", "down")
        assert driver.query == "gla"
        await driver.press("down")
        assert driver.main_screen.papers.has_focus


async def test_back_and_forward_bring_queries_with_their_cursors(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("j", "j")
        third = driver.current.id
        await ask(driver, "maire")
        await driver.press("G")
        second_of_two = driver.current.id
        await ask(driver, "queues")
        await driver.press("ctrl+o")
        assert (driver.query, driver.current.id) == ("maire", second_of_two)
        await driver.press("ctrl+o")
        assert (driver.query, driver.current.id) == ("", third)
        await driver.press("ctrl+o")
        assert "no previous query" in driver.news
        await driver.press("right_square_bracket", "right_square_bracket")
        assert driver.query == "queues"
        await driver.press("right_square_bracket")
        assert "no next query" in driver.news


async def test_a_query_is_saved_as_a_view_and_opened_by_its_number(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("W")
        assert "no query to save" in driver.news
        await ask(driver, "maire")
        await driver.press("W")
        await driver.type("mine")
        await driver.press("enter", "0", "1")
        assert driver.query == "@mine"
        assert len(driver.titles) == 2
        await driver.press("2")
        assert "no view 2" in driver.news
        await ask(driver, "@mine colour")
        assert len(driver.titles) == 1
        await driver.press("W")
        await driver.type("Mine")
        await driver.press("enter")
        assert "refers to itself" in driver.news
        assert dict(driver.main_screen.workspace.session.views()) == {"mine": "maire"}
    async with open_app() as driver:
        await driver.press("1")
        assert len(driver.titles) == 2


async def test_a_view_keeps_its_sort_order(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await ask(driver, "maire")
        await driver.press("s", "y", "S", "W")
        await driver.type("old first")
        await driver.press("enter")
        assert dict(driver.main_screen.workspace.session.views()) == {"old first": "maire sort:year-asc"}
        await driver.press("S", "0", "1")
        assert driver.query == '@"old first"'
        assert years(driver) == [2017, 2021]


async def test_views_are_reordered_renamed_and_deleted(open_app: OpenApp) -> None:
    async with open_app() as driver:
        for name, query in (("a", "maire"), ("b", "queues"), ("c", "@a colour")):
            driver.main_screen.workspace.session.saved_views.save(name, query)
        await driver.press("w")
        assert "2 papers" in driver.screen_text
        await driver.type("b")
        await driver.press("enter", "u")
        assert list(driver.main_screen.workspace.session.views()) == ["b", "a", "c"]
        await driver.press("w", "down", "enter", "x")
        assert "refers to @a" in driver.news
        await driver.press("w", "down", "enter", "r")
        await driver.type("1")
        await driver.press("enter")
        assert dict(driver.main_screen.workspace.session.views()) == {"b": "queues", "a1": "maire", "c": "@a1 colour"}
        await driver.press("w", "enter", "x")
        assert list(driver.main_screen.workspace.session.views()) == ["a1", "c"]
        await driver.press("u")
        assert driver.news == "undid: delete the view @b"
        assert list(driver.main_screen.workspace.session.views()) == ["b", "a1", "c"]
        await driver.press("u", "u")
        assert dict(driver.main_screen.workspace.session.views()) == {"a": "maire", "b": "queues", "c": "@a colour"}


async def test_views_are_in_the_filter_pane_with_counts(open_app: OpenApp) -> None:
    async with open_app((120, 60)) as driver:
        driver.main_screen.workspace.session.saved_views.save("mine", "maire")
        await driver.press("f5")
        pane = driver.main_screen.filters
        await driver.until(lambda: pane.lines[-1].value is not None and pane.lines[-1].value.count == 2)
        await driver.press("f", "G", "enter")
        assert driver.query == "@mine"
        await driver.press("x")
        assert driver.query == "-@mine"
        assert len(driver.titles) == 4


async def test_an_empty_list_shows_which_term_emptied_it(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await ask(driver, "maire year:2021 -has:abstract")
        text = driver.screen_text
        assert "No matching papers." in text
        assert "-has:abstract leaves no papers" in text
        assert "2           0  maire" in text
        assert "0           1  -has:abstract" in text
        await driver.press("enter")
        assert driver.query == "maire year:2021"
        assert len(driver.titles) == 1
        await ask(driver, "maire xyzzy is:read qwerty")
        await driver.press("enter")
        assert "no paper matches the query" in driver.news
        await driver.press("escape")
        assert len(driver.titles) == 6


async def test_a_corrected_word_is_reported_while_it_applies(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await ask(driver, "graspin")
        assert "showing" not in driver.news
        await ask(driver, "graspnig")
        assert 'showing "grasping"' in driver.news
        await ask(driver, "grasping")
        assert "showing" not in driver.news


async def test_the_sort_menu_explains_and_the_same_choice_again_reverses(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("s")
        assert "date, newest first" in driver.screen_text
        assert "catalogue (current" in driver.screen_text
        await driver.press("y")
        assert years(driver) == [2024, 2023, 2022, 2021, 2020, 2017]
        await driver.press("s", "y")
        assert years(driver) == [2017, 2020, 2021, 2022, 2023, 2024]
        await driver.press("s", "p")
        catalogue = driver.titles
        await driver.press("S")
        assert driver.titles == catalogue[::-1]
        await driver.press("S")
        assert driver.titles == catalogue
        assert driver.main_screen.workspace.query.sort is None


@pytest.mark.parametrize(
    ("press", "query"), [({}, "is:queued"), ({"shift": True}, "-is:queued"), ({"button": 3}, "-is:queued")]
)
async def test_the_mouse_picks_in_the_filter_pane(open_app: OpenApp, press: dict[str, int], query: str) -> None:
    async with open_app() as driver:
        for expected in (query, ""):
            await driver.pilot.click("#filters", offset=(4, 3), **press)  # type: ignore[arg-type]
            await driver.rest()
            assert driver.query == expected


async def test_tags_are_shown_as_a_tree(open_app: OpenApp) -> None:
    async with open_app((120, 60)) as driver:
        for tag in ("ml/vision/3d", "ml/theory"):
            await driver.press("plus")
            await driver.type(tag)
            await driver.press("enter")
        lines = [line.label for line in driver.main_screen.filters.lines]
        shape = [(line.depth, line.label) for line in driver.main_screen.filters.lines[lines.index("Tags") + 1 :][:4]]
        assert shape == [(0, "ml"), (1, "theory"), (1, "vision"), (2, "3d")]
