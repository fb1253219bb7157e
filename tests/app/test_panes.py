"""Stories of the panes: their sizes, by key and by mouse, what the mouse does in them, and text that is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import MouseScrollDown

from tui.place import Place, Shape

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.app.conftest import Driver

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]


def widths(desk: Driver) -> tuple[int, int, int]:
    panes = desk.desk.filters, desk.desk.papers, desk.desk.detail
    return panes[0].outer_size.width, panes[1].outer_size.width, panes[2].outer_size.width


async def drag(desk: Driver, start: tuple[int, int], end: tuple[int, int]) -> None:
    await desk.pilot.mouse_down(offset=start)
    await desk.pilot.hover(offset=end)
    await desk.pilot.mouse_up(offset=end)
    await desk.pilot.pause()


async def test_keys_resize_the_pane_that_has_the_focus_and_the_next_start_remembers(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        filters, papers, detail = widths(desk)
        await desk.press("greater_than_sign")
        assert widths(desk) == (filters, papers + 2, detail - 2)
        await desk.press("tab", "greater_than_sign", "greater_than_sign")
        assert widths(desk) == (filters, papers - 2, detail + 2)
        await desk.press("f", "less_than_sign")
        assert widths(desk)[0] == filters - 2
        kept = widths(desk)
        await desk.press("f", "q")
    async with open_desk() as desk:
        assert widths(desk) == kept
        await desk.press("equals_sign")
        assert widths(desk) == (filters, papers, detail)


async def test_a_pane_says_where_it_gets_no_larger(open_desk: OpenDesk) -> None:
    async with open_desk((80, 24)) as desk:
        rows = desk.desk.papers.outer_size.height
        await desk.press("less_than_sign")
        assert desk.desk.papers.outer_size.height == rows - 1
        await desk.press(*["greater_than_sign"] * 24)
        assert desk.desk.detail.outer_size.height == 5
        assert "as large as it gets" in desk.news
        await desk.press("enter", "less_than_sign")
        assert "whole screen" in desk.news
        assert desk.desk.detail.outer_size.width == 80
        await desk.press("enter")
        assert desk.desk.detail.outer_size.height == 5


async def test_shapes_survive_resizing(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("greater_than_sign", "greater_than_sign")
        before = widths(desk)
        await desk.pilot.resize_terminal(80, 24)
        assert desk.desk.papers.page >= 15
        await desk.pilot.resize_terminal(120, 40)
        assert widths(desk) == before
        assert desk.desk.papers.page >= 30


def test_what_is_no_shape_counts_as_none() -> None:
    assert Place.of({"shape": [20, 0, 300]}).shape == Shape(20, 0, 300)
    assert all(Place.of({"shape": fact}).shape == Shape() for fact in (None, "x", [1], [-1, "a", 4_000]))


async def test_borders_are_dragged(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        filters, papers, detail = widths(desk)
        border = desk.desk.detail.region.x
        await drag(desk, (border, 10), (border - 10, 12))
        assert widths(desk) == (filters, papers - 10, detail + 10)
        await drag(desk, (filters - 1, 5), (filters + 4, 5))
        assert widths(desk)[0] == filters + 5
        await drag(desk, (filters + 4, 5), (0, 5))
        assert widths(desk)[0] == 14
        await desk.pilot.resize_terminal(80, 24)
        border = desk.desk.detail.region.y
        await drag(desk, (30, border), (30, border - 3))
        assert desk.desk.detail.region.y == border - 3


async def test_the_mouse_goes_scrolls_and_reads(open_desk: OpenDesk) -> None:
    async with open_desk((80, 24)) as desk:
        papers = desk.desk.papers
        await drag(desk, (30, desk.desk.detail.region.y), (30, 6))
        assert papers.page == 5
        await desk.pilot.click(offset=(20, 3))
        assert papers.cursor == 2
        await desk.pilot._post_mouse_events([MouseScrollDown], offset=(20, 3), button=0)
        assert papers.scroll_offset.y == 1
        bar = papers.region.right - 1
        await drag(desk, (bar, papers.region.y + 2), (bar, papers.region.y))
        assert papers.scroll_offset.y == 0
        await desk.pilot.click(offset=(bar, papers.region.bottom - 1))
        assert papers.scroll_offset.y == 1
        assert papers.cursor == 2, "the bar is no row"
        await desk.pilot.click(offset=(20, 2), times=2)
        assert desk.desk.has_class("-reading")


async def test_a_click_on_the_foot_presses_the_key(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        bar = desk.desk.query_one("#keys")
        at = str(bar.render()).index("? help")
        await desk.pilot.click(bar, offset=(at + 2, 0))
        await desk.pilot.pause()
        assert type(desk.app.screen).__name__ == "Help"


async def test_text_of_the_detail_is_selected_and_copied_without_the_breaks_of_its_lines(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        region = desk.desk.detail.content_region
        assert "from one\n" not in desk.page
        lines = [strip.text for strip in desk.desk.detail._broken()]
        first = next(index for index, line in enumerate(lines) if line.startswith("We reconstruct"))
        await drag(desk, (region.x + 3, region.y + first), (region.x + 8, region.y + first + 1))
        assert "Ctrl-C" in desk.news
        await desk.press("y")
        copied = desk.app.clipboard
        assert copied.startswith("reconstruct radiance fields (NeRF) from")
        assert "\n" not in copied
        assert "copied" in desk.news
        await desk.press("escape")
        assert desk.desk.get_selected_text() is None
