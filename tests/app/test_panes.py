"""Stories of the panes: their sizes, by key and by mouse, what the mouse does in them, and text that is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import MouseScrollDown

from tests.support.screen_driver import shown_lines
from tui.app.screens.dialog import DialogFrame
from tui.insight.related import Related
from tui.session.insights import Insights
from tui.ui_state import PaneSizes, UiState

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from rich.style import Style

    from tests.support.screen_driver import Driver

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]


BROAD = 170, 40  # all panes are side by side


def widths(desk: Driver) -> tuple[int, int, int]:
    panes = desk.desk.filters, desk.desk.papers, desk.desk.detail
    return panes[0].outer_size.width, panes[1].outer_size.width, panes[2].outer_size.width


async def drag(desk: Driver, start: tuple[int, int], end: tuple[int, int]) -> None:
    await desk.pilot.mouse_down(offset=start)
    await desk.pilot.hover(offset=end)
    await desk.pilot.mouse_up(offset=end)
    await desk.rest()


async def test_keys_resize_the_focused_pane_and_the_next_start_restores_the_size(open_desk: OpenDesk) -> None:
    async with open_desk(BROAD) as desk:
        filters, papers, detail = widths(desk)
        await desk.press("greater_than_sign")
        assert widths(desk) == (filters, papers + 2, detail - 2)
        await desk.press("tab", "greater_than_sign", "greater_than_sign")
        assert widths(desk) == (filters, papers - 2, detail + 2)
        await desk.press("f", "less_than_sign")
        assert widths(desk)[0] == filters - 2
        kept = widths(desk)
        await desk.press("f", "q")
    async with open_desk(BROAD) as desk:
        assert widths(desk) == kept
        await desk.press("equals_sign")
        assert widths(desk) == (filters, papers, detail)


async def test_a_pane_at_its_maximum_size_shows_a_message(open_desk: OpenDesk) -> None:
    async with open_desk((80, 24)) as desk:
        rows = desk.desk.papers.outer_size.height
        await desk.press("less_than_sign")
        assert desk.desk.papers.outer_size.height == rows - 1
        await desk.press(*["greater_than_sign"] * 24)
        assert desk.desk.detail.outer_size.height == 5
        assert "cannot get any larger" in desk.news
        await desk.press("enter", "less_than_sign")
        assert "full width" in desk.news
        assert desk.desk.detail.outer_size.width == 80
        await desk.press("enter")
        assert desk.desk.detail.outer_size.height == 5


async def test_pane_sizes_survive_resizing(open_desk: OpenDesk) -> None:
    async with open_desk(BROAD) as desk:
        await desk.press("greater_than_sign", "greater_than_sign")
        before = widths(desk)
        await desk.resize(80, 24)
        assert desk.desk.papers.page >= 15
        await desk.resize(*BROAD)
        assert widths(desk) == before
        assert desk.desk.papers.page >= 30


def test_invalid_stored_pane_sizes_are_ignored() -> None:
    assert UiState.from_stored({"shape": [20, 0, 300]}).shape == PaneSizes(20, 0, 300)
    assert all(
        UiState.from_stored({"shape": fact}).shape == PaneSizes() for fact in (None, "x", [1], [-1, "a", 4_000])
    )


async def test_borders_are_dragged(open_desk: OpenDesk) -> None:
    async with open_desk(BROAD) as desk:
        filters, papers, detail = widths(desk)
        border = desk.desk.detail.region.x
        await drag(desk, (border, 10), (border - 10, 12))
        assert widths(desk) == (filters, papers - 10, detail + 10)
        await drag(desk, (filters - 1, 5), (filters + 4, 5))
        assert widths(desk)[0] == filters + 5
        await drag(desk, (filters + 4, 5), (0, 5))
        assert widths(desk)[0] == 14
        await desk.resize(80, 24)
        border = desk.desk.detail.region.y
        await drag(desk, (30, border), (30, border - 3))
        assert desk.desk.detail.region.y == border - 3


async def test_the_mouse_moves_scrolls_and_opens(open_desk: OpenDesk) -> None:
    async with open_desk((80, 24)) as desk:
        papers = desk.desk.papers
        await drag(desk, (30, desk.desk.detail.region.y), (30, 6))
        assert papers.page == 5
        await desk.pilot.click(offset=(20, 3))
        assert papers.cursor == 2
        await desk.post_mouse(MouseScrollDown, (20, 3))
        assert papers.scroll_offset.y == 1
        bar = papers.region.right - 1
        await drag(desk, (bar, papers.region.y + 2), (bar, papers.region.y))
        assert papers.scroll_offset.y == 0
        await desk.pilot.click(offset=(bar, papers.region.bottom - 1))
        assert papers.scroll_offset.y == 1
        assert papers.cursor == 2, "the bar is no row"
        await desk.pilot.click(offset=(20, 2), times=2)
        assert desk.desk.has_class("-reading")


async def test_a_click_on_a_column_title_sorts_and_another_one_reverses(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        heads, kept = desk.desk.query_one("#heads"), desk.desk.workspace.papers.current
        line = desk.screen_text.splitlines()[heads.region.y]
        for column, order in [("Year", "year"), ("Year", "year-asc"), ("Title", "title"), ("Title", "title-desc")]:
            at = (line.index(column) + 1, heads.region.y)
            await desk.pilot.click(offset=at)
            await desk.rest()
            assert desk.desk.workspace.query.sort == order
            head = desk.screen_text.splitlines()[heads.region.y]
            assert f"{'▾' if order in ('year', 'title-desc') else '▴'}{column}" in head
            assert line.index(column) == head.index(column), "no column moves by the sign"
            assert desk.desk.workspace.papers.current == kept
        assert desk.titles == sorted(desk.titles, reverse=True)


async def test_column_titles_are_shown_if_there_is_height_for_them(open_desk: OpenDesk) -> None:
    async with open_desk((80, 24)) as desk:
        assert not desk.desk.query_one("#heads").display
        assert desk.desk.papers.page >= 14
        await desk.resize(120, 40)
        assert desk.desk.query_one("#heads").display
        assert desk.desk.papers.page >= 20
        await desk.resize(*BROAD)
        assert desk.desk.papers.page >= 30


async def test_the_rule_is_no_row_and_shows_which_pane_has_the_focus(open_desk: OpenDesk) -> None:
    async with open_desk(BROAD) as desk:
        papers, filters = desk.desk.papers, desk.desk.filters
        edges = filters.region.right - 1, papers.region.right - 1
        last = papers.region.y + papers.page - 1

        def rules() -> str:
            return "".join(desk.screen_text.splitlines()[last][edge] for edge in edges)

        await desk.pilot.click(offset=(edges[1], papers.region.y + 3))
        assert papers.cursor == 0
        assert rules() == "││"
        await desk.press("f")
        assert rules() == "║│"
        await desk.press("escape", "tab")
        assert rules() == "│║"
        await desk.press("escape")
        assert rules() == "││"


async def test_the_wheel_scrolls_what_is_under_it_and_moves_no_cursor(open_desk: OpenDesk) -> None:
    async with open_desk((80, 24)) as desk:
        detail = desk.desk.detail
        await desk.post_mouse(MouseScrollDown, (20, detail.region.y + 2))
        assert detail.scroll_offset.y > 0
        assert desk.desk.workspace.papers.cursor == 0
        assert desk.desk.focused is desk.desk.papers


async def test_many_quick_resizes_keep_the_cursor_and_the_typed_text(open_desk: OpenDesk) -> None:
    sizes = [(80, 24), (39, 10), (300, 80), (100, 30), (1, 1), (40, 10), (121, 33), (159, 29), (120, 40)]
    async with open_desk() as desk:
        await desk.press("j", "j", "space", "tab")
        here, selected, before = (
            desk.desk.workspace.papers.current,
            desk.desk.workspace.selection.ids,
            desk.screen_text,
        )
        for size in sizes:
            await desk.resize(*size)
        assert (desk.desk.workspace.papers.current, desk.desk.workspace.selection.ids) == (here, selected)
        assert desk.desk.focused is desk.desk.detail
        assert desk.screen_text == before
        await desk.press("escape", "t", *"nerf")
        before = desk.screen_text
        for size in sizes:
            await desk.resize(*size)
        assert desk.screen_text == before


async def test_a_dialog_keeps_the_cursor_s_paper_visible(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        for size in [(80, 24), (100, 30), (120, 40), (200, 60)]:
            await desk.resize(*size)
            for key in ["t", "R", "s", "y", "x", "e", "c", "ctrl+p"]:
                await desk.press(key)
                frame, detail = desk.app.screen.query_one(DialogFrame).region, desk.desk.detail.region
                assert frame, key
                assert not frame.overlaps(detail), (size, key)
                # The form with all fields of a paper needs the height.
                assert frame.y > desk.desk.papers.region.y or size == (80, 24) or key == "c", (size, key)
                await desk.press("escape")


async def test_a_click_on_the_key_bar_presses_the_key(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        bar = desk.desk.query_one("#keys")
        at = str(bar.render()).index("? help")
        await desk.pilot.click(bar, offset=(at + 2, 0))
        await desk.rest()
        assert type(desk.app.screen).__name__ == "HelpScreen"


async def test_text_of_the_detail_is_selected_and_copied_without_the_breaks_of_its_lines(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        region = desk.desk.detail.content_region
        assert "from one\n" not in desk.page
        lines = [strip.text[region.x :] for strip in shown_lines(desk.app)[region.y :]]
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


def heading_styles(desk: Driver) -> dict[str, Style]:
    """The style of the heading of each pane."""
    panes = {"filter": desk.desk.filters, "list": desk.desk.query_one("#heads"), "detail": desk.desk.detail}
    strips = shown_lines(desk.app)
    found = {}
    for name, pane in panes.items():
        style = next(iter(strips[pane.region.y].crop(pane.region.x + 2, pane.region.x + 3))).style
        assert style is not None
        found[name] = style
    return found


@pytest.mark.parametrize(
    "environ", [{"NO_COLOR": "1"}, {"TERM": "xterm", "COLORTERM": ""}, {"COLORTERM": "truecolor"}]
)
@pytest.mark.parametrize("size", [(120, 40), (170, 40)])
async def test_the_heading_of_the_focused_pane_is_lit(
    open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], size: tuple[int, int]
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    async with open_desk(size) as desk:
        for pane, keys in (("list", ""), ("filter", "f"), ("list", "escape"), ("detail", "tab"), ("list", "escape")):
            await desk.press(*keys.split())
            lit = [name for name, style in heading_styles(desk).items() if style.bold]
            assert lit == [pane]
            styles = heading_styles(desk)
            if desk.app.few_colours:
                assert [name for name, style in styles.items() if style.reverse] == [pane]
            else:
                assert len({str(style.bgcolor) for name, style in styles.items() if name != pane}) <= 2
                assert all(styles[pane].bgcolor != style.bgcolor for name, style in styles.items() if name != pane)
        await desk.press("slash")
        assert not [name for name, style in heading_styles(desk).items() if style.bold]


async def test_the_rule_above_a_paper_below_the_list_carries_its_heading(open_desk: OpenDesk) -> None:
    async with open_desk((80, 24)) as desk:
        rule = desk.desk.detail.region.y
        assert desk.screen_text.splitlines()[rule].startswith(" Paper ─────")
        await desk.press("tab")
        assert desk.screen_text.splitlines()[rule].startswith(" Paper ━━━━━")


async def test_a_click_on_a_heading_changes_nothing(open_desk: OpenDesk) -> None:
    async with open_desk(BROAD) as desk:
        await desk.press("j", "j")
        before = desk.query, desk.desk.papers.cursor
        for pane in (desk.desk.filters, desk.desk.detail):
            await desk.pilot.click(offset=(pane.region.x + 3, pane.region.y))
            await desk.rest()
        assert (desk.query, desk.desk.papers.cursor) == before
        row = next(y for y, line in enumerate(desk.screen_text.splitlines()) if line.startswith("   read "))
        await desk.pilot.click(offset=(4, row))
        await desk.rest()
        assert desk.query == "is:read"


async def test_an_empty_part_of_the_pane_beside_the_list_shows_related_papers(
    open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_desk((200, 50)) as desk:
        other = next(entry.id for entry in desk.entries if entry.paper.display_title.startswith("Queues"))
        monkeypatch.setattr(Insights, "related", lambda *_: (Related(other, 0.5, ("packets",)),))
        await desk.press("j")
        assert "── Related ──\nQueues That Forget Old Packets · packets" in desk.page
        row = next(y for y, line in enumerate(desk.screen_text.splitlines()) if "· packets" in line)
        await desk.pilot.click(offset=(desk.desk.detail.region.x + 5, row))
        await desk.rest()
        assert desk.current.id == other
    async with open_desk((120, 40)) as desk:
        await desk.press("j")
        assert "Related" not in desk.page, "below the list there is no room to fill"


@pytest.mark.parametrize("size", [(80, 24), (80, 50), (120, 40), (170, 40)], ids=str)
async def test_the_paper_at_full_width_has_the_whole_height(open_desk: OpenDesk, size: tuple[int, int]) -> None:
    async with open_desk(size) as desk:
        await desk.press("enter")
        assert desk.desk.detail.outer_size.height == size[1] - 3, "all but query line, status line and keys"
        await desk.press("enter")
        assert desk.desk.papers.display
