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

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]


BROAD = 170, 40  # all panes are side by side


def widths(driver: Driver) -> tuple[int, int, int]:
    panes = driver.main_screen.filters, driver.main_screen.papers, driver.main_screen.detail
    return panes[0].outer_size.width, panes[1].outer_size.width, panes[2].outer_size.width


async def drag(driver: Driver, start: tuple[int, int], end: tuple[int, int]) -> None:
    await driver.pilot.mouse_down(offset=start)
    await driver.pilot.hover(offset=end)
    await driver.pilot.mouse_up(offset=end)
    await driver.rest()


async def test_keys_resize_the_focused_pane_and_the_next_start_restores_the_size(open_app: OpenApp) -> None:
    async with open_app(BROAD) as driver:
        filters, papers, detail = widths(driver)
        await driver.press("greater_than_sign")
        assert widths(driver) == (filters, papers + 2, detail - 2)
        await driver.press("tab", "greater_than_sign", "greater_than_sign")
        assert widths(driver) == (filters, papers - 2, detail + 2)
        await driver.press("f", "less_than_sign")
        assert widths(driver)[0] == filters - 2
        kept = widths(driver)
        await driver.press("f", "q")
    async with open_app(BROAD) as driver:
        assert widths(driver) == kept
        await driver.press("equals_sign")
        assert widths(driver) == (filters, papers, detail)


async def test_a_pane_at_its_maximum_size_shows_a_message(open_app: OpenApp) -> None:
    async with open_app((80, 24)) as driver:
        rows = driver.main_screen.papers.outer_size.height
        await driver.press("less_than_sign")
        assert driver.main_screen.papers.outer_size.height == rows - 1
        await driver.press(*["greater_than_sign"] * 24)
        assert driver.main_screen.detail.outer_size.height == 5
        assert "cannot get any larger" in driver.news
        await driver.press("enter", "less_than_sign")
        assert "full width" in driver.news
        assert driver.main_screen.detail.outer_size.width == 80
        await driver.press("enter")
        assert driver.main_screen.detail.outer_size.height == 5


async def test_pane_sizes_survive_resizing(open_app: OpenApp) -> None:
    async with open_app(BROAD) as driver:
        await driver.press("greater_than_sign", "greater_than_sign")
        before = widths(driver)
        await driver.resize(80, 24)
        assert driver.main_screen.papers.page >= 15
        await driver.resize(*BROAD)
        assert widths(driver) == before
        assert driver.main_screen.papers.page >= 30


def test_invalid_stored_pane_sizes_are_ignored() -> None:
    assert UiState.from_stored({"shape": [20, 0, 300]}).shape == PaneSizes(20, 0, 300)
    assert all(
        UiState.from_stored({"shape": fact}).shape == PaneSizes() for fact in (None, "x", [1], [-1, "a", 4_000])
    )


async def test_borders_are_dragged(open_app: OpenApp) -> None:
    async with open_app(BROAD) as driver:
        filters, papers, detail = widths(driver)
        border = driver.main_screen.detail.region.x
        await drag(driver, (border, 10), (border - 10, 12))
        assert widths(driver) == (filters, papers - 10, detail + 10)
        await drag(driver, (filters - 1, 5), (filters + 4, 5))
        assert widths(driver)[0] == filters + 5
        await drag(driver, (filters + 4, 5), (0, 5))
        assert widths(driver)[0] == 14
        await driver.resize(80, 24)
        border = driver.main_screen.detail.region.y
        await drag(driver, (30, border), (30, border - 3))
        assert driver.main_screen.detail.region.y == border - 3


async def test_the_mouse_moves_scrolls_and_opens(open_app: OpenApp) -> None:
    async with open_app((80, 24)) as driver:
        papers = driver.main_screen.papers
        await drag(driver, (30, driver.main_screen.detail.region.y), (30, 6))
        assert papers.page == 5
        await driver.pilot.click(offset=(20, 3))
        assert papers.cursor == 2
        await driver.post_mouse(MouseScrollDown, (20, 3))
        assert papers.scroll_offset.y == 1
        bar = papers.region.right - 1
        await drag(driver, (bar, papers.region.y + 2), (bar, papers.region.y))
        assert papers.scroll_offset.y == 0
        await driver.pilot.click(offset=(bar, papers.region.bottom - 1))
        assert papers.scroll_offset.y == 1
        assert papers.cursor == 2, "the bar is no row"
        await driver.pilot.click(offset=(20, 2), times=2)
        assert driver.main_screen.has_class("-reading")


async def test_a_click_on_a_column_title_sorts_and_another_one_reverses(open_app: OpenApp) -> None:
    async with open_app() as driver:
        heads, kept = driver.main_screen.query_one("#heads"), driver.main_screen.workspace.papers.current
        line = driver.screen_text.splitlines()[heads.region.y]
        for column, order in [("Year", "year"), ("Year", "year-asc"), ("Title", "title"), ("Title", "title-desc")]:
            at = (line.index(column) + 1, heads.region.y)
            await driver.pilot.click(offset=at)
            await driver.rest()
            assert driver.main_screen.workspace.query.sort == order
            head = driver.screen_text.splitlines()[heads.region.y]
            assert f"{'▾' if order in ('year', 'title-desc') else '▴'}{column}" in head
            assert line.index(column) == head.index(column), "no column moves by the sign"
            assert driver.main_screen.workspace.papers.current == kept
        assert driver.titles == sorted(driver.titles, reverse=True)


async def test_column_titles_are_shown_if_there_is_height_for_them(open_app: OpenApp) -> None:
    async with open_app((80, 24)) as driver:
        assert not driver.main_screen.query_one("#heads").display
        assert driver.main_screen.papers.page >= 14
        await driver.resize(120, 40)
        assert driver.main_screen.query_one("#heads").display
        assert driver.main_screen.papers.page >= 20
        await driver.resize(*BROAD)
        assert driver.main_screen.papers.page >= 30


async def test_the_rule_is_no_row_and_shows_which_pane_has_the_focus(open_app: OpenApp) -> None:
    async with open_app(BROAD) as driver:
        papers, filters = driver.main_screen.papers, driver.main_screen.filters
        edges = filters.region.right - 1, papers.region.right - 1
        last = papers.region.y + papers.page - 1

        def rules() -> str:
            return "".join(driver.screen_text.splitlines()[last][edge] for edge in edges)

        await driver.pilot.click(offset=(edges[1], papers.region.y + 3))
        assert papers.cursor == 0
        assert rules() == "││"
        await driver.press("f")
        assert rules() == "║│"
        await driver.press("escape", "tab")
        assert rules() == "│║"
        await driver.press("escape")
        assert rules() == "││"


async def test_the_wheel_scrolls_what_is_under_it_and_moves_no_cursor(open_app: OpenApp) -> None:
    async with open_app((80, 24)) as driver:
        detail = driver.main_screen.detail
        await driver.post_mouse(MouseScrollDown, (20, detail.region.y + 2))
        assert detail.scroll_offset.y > 0
        assert driver.main_screen.workspace.papers.cursor == 0
        assert driver.main_screen.focused is driver.main_screen.papers


async def test_many_quick_resizes_keep_the_cursor_and_the_typed_text(open_app: OpenApp) -> None:
    sizes = [(80, 24), (39, 10), (300, 80), (100, 30), (1, 1), (40, 10), (121, 33), (159, 29), (120, 40)]
    async with open_app() as driver:
        await driver.press("j", "j", "space", "tab")
        here, selected, before = (
            driver.main_screen.workspace.papers.current,
            driver.main_screen.workspace.selection.ids,
            driver.screen_text,
        )
        for size in sizes:
            await driver.resize(*size)
        assert (driver.main_screen.workspace.papers.current, driver.main_screen.workspace.selection.ids) == (
            here,
            selected,
        )
        assert driver.main_screen.focused is driver.main_screen.detail
        assert driver.screen_text == before
        await driver.press("escape", "t", *"nerf")
        before = driver.screen_text
        for size in sizes:
            await driver.resize(*size)
        assert driver.screen_text == before


async def test_a_dialog_keeps_the_cursor_s_paper_visible(open_app: OpenApp) -> None:
    async with open_app() as driver:
        for size in [(80, 24), (100, 30), (120, 40), (200, 60)]:
            await driver.resize(*size)
            for key in ["t", "R", "s", "y", "x", "e", "c", "ctrl+p"]:
                await driver.press(key)
                frame, detail = driver.app.screen.query_one(DialogFrame).region, driver.main_screen.detail.region
                assert frame, key
                assert not frame.overlaps(detail), (size, key)
                # The form with all fields of a paper needs the height.
                assert frame.y > driver.main_screen.papers.region.y or size == (80, 24) or key == "c", (size, key)
                await driver.press("escape")


async def test_a_click_on_the_key_bar_presses_the_key(open_app: OpenApp) -> None:
    async with open_app() as driver:
        bar = driver.main_screen.query_one("#keys")
        at = str(bar.render()).index("? help")
        await driver.pilot.click(bar, offset=(at + 2, 0))
        await driver.rest()
        assert type(driver.app.screen).__name__ == "HelpScreen"


async def test_text_of_the_detail_is_selected_and_copied_without_the_breaks_of_its_lines(open_app: OpenApp) -> None:
    async with open_app() as driver:
        region = driver.main_screen.detail.content_region
        assert "from one\n" not in driver.page
        lines = [strip.text[region.x :] for strip in shown_lines(driver.app)[region.y :]]
        first = next(index for index, line in enumerate(lines) if line.startswith("We reconstruct"))
        await drag(driver, (region.x + 3, region.y + first), (region.x + 8, region.y + first + 1))
        assert "Ctrl-C" in driver.news
        await driver.press("y")
        copied = driver.app.clipboard
        assert copied.startswith("reconstruct radiance fields (NeRF) from")
        assert "\n" not in copied
        assert "copied" in driver.news
        await driver.press("escape")
        assert driver.main_screen.get_selected_text() is None


def heading_styles(driver: Driver) -> dict[str, Style]:
    """The style of the heading of each pane."""
    panes = {
        "filter": driver.main_screen.filters,
        "list": driver.main_screen.query_one("#heads"),
        "detail": driver.main_screen.detail,
    }
    strips = shown_lines(driver.app)
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
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], size: tuple[int, int]
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    async with open_app(size) as driver:
        for pane, keys in (("list", ""), ("filter", "f"), ("list", "escape"), ("detail", "tab"), ("list", "escape")):
            await driver.press(*keys.split())
            lit = [name for name, style in heading_styles(driver).items() if style.bold]
            assert lit == [pane]
            styles = heading_styles(driver)
            if driver.app.few_colours:
                assert [name for name, style in styles.items() if style.reverse] == [pane]
            else:
                assert len({str(style.bgcolor) for name, style in styles.items() if name != pane}) <= 2
                assert all(styles[pane].bgcolor != style.bgcolor for name, style in styles.items() if name != pane)
        await driver.press("slash")
        assert not [name for name, style in heading_styles(driver).items() if style.bold]


async def test_the_rule_above_a_paper_below_the_list_carries_its_heading(open_app: OpenApp) -> None:
    async with open_app((80, 24)) as driver:
        rule = driver.main_screen.detail.region.y
        assert driver.screen_text.splitlines()[rule].startswith(" Paper ─────")
        await driver.press("tab")
        assert driver.screen_text.splitlines()[rule].startswith(" Paper ━━━━━")


async def test_a_click_on_a_heading_changes_nothing(open_app: OpenApp) -> None:
    async with open_app(BROAD) as driver:
        await driver.press("j", "j")
        before = driver.query, driver.main_screen.papers.cursor
        for pane in (driver.main_screen.filters, driver.main_screen.detail):
            await driver.pilot.click(offset=(pane.region.x + 3, pane.region.y))
            await driver.rest()
        assert (driver.query, driver.main_screen.papers.cursor) == before
        row = next(y for y, line in enumerate(driver.screen_text.splitlines()) if line.startswith("   read "))
        await driver.pilot.click(offset=(4, row))
        await driver.rest()
        assert driver.query == "is:read"


async def test_an_empty_part_of_the_pane_beside_the_list_shows_related_papers(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app((200, 50)) as driver:
        other = next(entry.id for entry in driver.entries if entry.paper.display_title.startswith("Queues"))
        monkeypatch.setattr(Insights, "related", lambda *_: (Related(other, 0.5, ("packets",)),))
        await driver.press("j")
        assert "── Related ──\nQueues That Forget Old Packets · packets" in driver.page
        row = next(y for y, line in enumerate(driver.screen_text.splitlines()) if "· packets" in line)
        await driver.pilot.click(offset=(driver.main_screen.detail.region.x + 5, row))
        await driver.rest()
        assert driver.current.id == other
    async with open_app((120, 40)) as driver:
        await driver.press("j")
        assert "Related" not in driver.page, "below the list there is no room to fill"


@pytest.mark.parametrize("size", [(80, 24), (80, 50), (120, 40), (170, 40)], ids=str)
async def test_the_paper_at_full_width_has_the_whole_height(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(size) as driver:
        await driver.press("enter")
        assert driver.main_screen.detail.outer_size.height == size[1] - 3, "all but query line, status line and keys"
        await driver.press("enter")
        assert driver.main_screen.papers.display
