"""Completing, calling back and saving queries at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.app.widgets.completion_list import CompletionList

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]


def offers(desk: Driver) -> list[str]:
    """The labels shown below the line."""
    shown = desk.desk.query_one(CompletionList)
    return [line.split()[0] for line in str(shown.render()).splitlines()] if shown.display else []


def years(desk: Driver) -> list[int | None]:
    """The years of the papers, in the order of the list."""
    return [entry.paper.date.year for entry in desk.entries if entry.paper.date]


async def ask(desk: Driver, query: str) -> None:
    """Type a query and keep it."""
    await desk.press("slash", "ctrl+u")
    await desk.type(query)
    await desk.press("enter")


async def test_tab_or_the_right_arrow_accepts_the_likeliest_completion(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("slash")
        await desk.type("cat")
        await desk.press("right")
        assert desk.query == "cat:"
        await desk.type("cs.r")
        await desk.press("tab")
        assert desk.query == "cat:cs.RO"
        assert desk.titles == ["Grasping Transparent Objects"]
        await desk.press("enter")
        assert desk.desk.papers.has_focus


async def test_a_second_tab_shows_all_completions_and_cycles(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("slash")
        await desk.type("author:la")
        await desk.press("tab")
        assert desk.query in {'author:"Gustav Larsson"', 'author:"Ada Larsen"'}
        first = desk.query
        assert offers(desk) == []
        await desk.press("tab")
        assert len(offers(desk)) > 1
        assert desk.query != first
        await desk.press("shift+tab")
        assert desk.query == first
        await desk.press("tab", "escape")
        assert desk.query == "author:la"
        assert offers(desk) == []
        await desk.press("escape")
        assert desk.query == ""


async def test_up_recalls_earlier_queries_even_after_a_restart(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await ask(desk, "maire")
        await ask(desk, "queues")
        await desk.press("q")
    async with open_desk() as desk:
        await desk.press("slash", "ctrl+u")
        await desk.type("gla")
        await desk.press("up")
        assert desk.query == "queues"
        await desk.press("up")
        assert desk.query == "maire"
        assert len(desk.titles) == 2
        await desk.press("up")
        assert desk.query == "maire"
        await desk.press("down", "down")
        assert desk.query == "gla"
        await desk.press("down")
        assert desk.desk.papers.has_focus


async def test_back_and_forward_bring_queries_with_their_cursors(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("j", "j")
        third = desk.current.id
        await ask(desk, "maire")
        await desk.press("G")
        second_of_two = desk.current.id
        await ask(desk, "queues")
        await desk.press("ctrl+o")
        assert (desk.query, desk.current.id) == ("maire", second_of_two)
        await desk.press("ctrl+o")
        assert (desk.query, desk.current.id) == ("", third)
        await desk.press("ctrl+o")
        assert "no previous query" in desk.news
        await desk.press("right_square_bracket", "right_square_bracket")
        assert desk.query == "queues"
        await desk.press("right_square_bracket")
        assert "no next query" in desk.news


async def test_a_query_is_saved_as_a_view_and_opened_by_its_number(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("W")
        assert "no query to save" in desk.news
        await ask(desk, "maire")
        await desk.press("W")
        await desk.type("mine")
        await desk.press("enter", "0", "1")
        assert desk.query == "@mine"
        assert len(desk.titles) == 2
        await desk.press("2")
        assert "no view 2" in desk.news
        await ask(desk, "@mine colour")
        assert len(desk.titles) == 1
        await desk.press("W")
        await desk.type("Mine")
        await desk.press("enter")
        assert "refers to itself" in desk.news
        assert dict(desk.desk.workspace.session.views()) == {"mine": "maire"}
    async with open_desk() as desk:
        await desk.press("1")
        assert len(desk.titles) == 2


async def test_a_view_keeps_its_sort_order(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await ask(desk, "maire")
        await desk.press("s", "y", "S", "W")
        await desk.type("old first")
        await desk.press("enter")
        assert dict(desk.desk.workspace.session.views()) == {"old first": "maire sort:year-asc"}
        await desk.press("S", "0", "1")
        assert desk.query == '@"old first"'
        assert years(desk) == [2017, 2021]


async def test_views_are_reordered_renamed_and_deleted(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        for name, query in (("a", "maire"), ("b", "queues"), ("c", "@a colour")):
            desk.desk.workspace.session.saved_views.save(name, query)
        await desk.press("w")
        assert "2 papers" in desk.screen_text
        await desk.type("b")
        await desk.press("enter", "u")
        assert list(desk.desk.workspace.session.views()) == ["b", "a", "c"]
        await desk.press("w", "down", "enter", "x")
        assert "refers to @a" in desk.news
        await desk.press("w", "down", "enter", "r")
        await desk.type("1")
        await desk.press("enter")
        assert dict(desk.desk.workspace.session.views()) == {"b": "queues", "a1": "maire", "c": "@a1 colour"}
        await desk.press("w", "enter", "x")
        assert list(desk.desk.workspace.session.views()) == ["a1", "c"]
        await desk.press("u")
        assert desk.news == "undid: delete the view @b"
        assert list(desk.desk.workspace.session.views()) == ["b", "a1", "c"]
        await desk.press("u", "u")
        assert dict(desk.desk.workspace.session.views()) == {"a": "maire", "b": "queues", "c": "@a colour"}


async def test_views_are_in_the_filter_pane_with_counts(open_desk: OpenDesk) -> None:
    async with open_desk((120, 60)) as desk:
        desk.desk.workspace.session.saved_views.save("mine", "maire")
        await desk.press("f5")
        pane = desk.desk.filters
        await desk.until(lambda: pane.lines[-1].value is not None and pane.lines[-1].value.count == 2)
        await desk.press("f", "G", "enter")
        assert desk.query == "@mine"
        await desk.press("x")
        assert desk.query == "-@mine"
        assert len(desk.titles) == 4


async def test_an_empty_list_shows_which_term_emptied_it(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await ask(desk, "maire year:2021 -has:abstract")
        text = desk.screen_text
        assert "No matching papers." in text
        assert "-has:abstract empties the list" in text
        assert "2           0  maire" in text
        assert "0           1  -has:abstract" in text
        await desk.press("enter")
        assert desk.query == "maire year:2021"
        assert len(desk.titles) == 1
        await ask(desk, "maire xyzzy is:read qwerty")
        await desk.press("enter")
        assert "no paper matches the query" in desk.news
        await desk.press("escape")
        assert len(desk.titles) == 6


async def test_a_corrected_word_is_reported_while_it_applies(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await ask(desk, "graspin")
        assert "showing" not in desk.news
        await ask(desk, "graspnig")
        assert 'showing "grasping"' in desk.news
        await ask(desk, "grasping")
        assert "showing" not in desk.news


async def test_the_sort_menu_explains_and_the_same_choice_again_reverses(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("s")
        assert "date, newest first" in desk.screen_text
        assert "catalogue (current" in desk.screen_text
        await desk.press("y")
        assert years(desk) == [2024, 2023, 2022, 2021, 2020, 2017]
        await desk.press("s", "y")
        assert years(desk) == [2017, 2020, 2021, 2022, 2023, 2024]
        await desk.press("s", "p")
        catalogue = desk.titles
        await desk.press("S")
        assert desk.titles == catalogue[::-1]
        await desk.press("S")
        assert desk.titles == catalogue
        assert desk.desk.workspace.query.sort is None


@pytest.mark.parametrize(
    ("press", "query"), [({}, "is:queued"), ({"shift": True}, "-is:queued"), ({"button": 3}, "-is:queued")]
)
async def test_the_mouse_picks_in_the_filter_pane(open_desk: OpenDesk, press: dict[str, int], query: str) -> None:
    async with open_desk() as desk:
        for expected in (query, ""):
            await desk.pilot.click("#filters", offset=(4, 3), **press)  # type: ignore[arg-type]
            await desk.rest()
            assert desk.query == expected


async def test_tags_are_shown_as_a_tree(open_desk: OpenDesk) -> None:
    async with open_desk((120, 60)) as desk:
        for tag in ("ml/vision/3d", "ml/theory"):
            await desk.press("plus")
            await desk.type(tag)
            await desk.press("enter")
        lines = [line.label for line in desk.desk.filters.lines]
        shape = [(line.depth, line.label) for line in desk.desk.filters.lines[lines.index("Tags") + 1 :][:4]]
        assert shape == [(0, "ml"), (1, "theory"), (1, "vision"), (2, "3d")]
