"""The panes of the main screen, as actions use them: focus, movement, sizes, selected text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ui_state import PaneSizes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.screen import Screen

    from tui.app.ui import Pane
    from tui.app.widgets.detail_pane import DetailPane
    from tui.app.widgets.filter_pane import FilterPane
    from tui.app.widgets.paper_list import PaperList
    from tui.app.widgets.query_line import QueryLine
    from tui.app.widgets.split_panes import SplitPanes
    from tui.app.widgets.virtual_list import VirtualList
    from tui.app.workspace import Workspace
    from tui.query.facet_edit import FacetState


class MainPanes:
    """See ``Panes``.

    Args:
        screen: has the focus and the classes that arrange the panes.
        workspace: the cursor of the list moves in it.
        papers: the list.
        filters: the filter pane.
        detail: the detail pane.
        line: the query line.
        split: arranges list, filter and detail pane.
        show_detail: shows the paper under the cursor in the detail pane.
    """

    def __init__(
        self,
        screen: Screen[None],
        workspace: Workspace,
        *,
        papers: PaperList,
        filters: FilterPane,
        detail: DetailPane,
        line: QueryLine,
        split: SplitPanes,
        show_detail: Callable[[], None],
    ) -> None:
        self._screen, self._workspace = screen, workspace
        self._papers, self._filters, self._detail = papers, filters, detail
        self._line, self._split = line, split
        self._show_detail = show_detail
        self._widgets = {"list": papers, "filter": filters, "detail": detail, "query": line}

    @property
    def focused(self) -> Pane:
        """The pane that has the focus."""
        focused = self._screen.focused
        if focused is self._line:
            return "query"
        return "filter" if focused is self._filters else "detail" if focused is self._detail else "list"

    @property
    def is_full_width(self) -> bool:
        """Whether the paper is shown at full width."""
        return self._screen.has_class("-reading")

    @property
    def is_filtering(self) -> bool:
        """Whether the filter pane is open, where there is no room for it otherwise."""
        return self._screen.has_class("-filtering")

    @property
    def is_at_end(self) -> bool:
        """Whether the end of the paper is visible."""
        return self._detail.is_at_end

    @property
    def page(self) -> int:
        """Visible rows or lines of the focused pane."""
        return self._detail.size.height if self.focused == "detail" else self._rows.page

    @property
    def length(self) -> int:
        """At least as many rows or lines as the focused pane has."""
        return max(self._rows.count, self._detail.virtual_size.height, 1)

    def focus(self, pane: Pane) -> None:
        """Give a pane the focus, and show the filter pane only if it is that."""
        self._screen.set_class(pane == "filter", "-filtering")
        self._screen.set_focus(self._widgets[pane])

    def set_full_width(self, full_width: bool, /) -> None:
        """Show the paper at full width, or the panes again."""
        self._screen.set_class(full_width, "-reading")
        self._split.apply_sizes()
        self._show_detail()
        self._screen.set_focus(self._detail if full_width else self._papers)

    def move(self, rows: int) -> None:
        """Move the cursor of the focused pane, or scroll the paper, down where positive."""
        if self.focused == "detail":
            self._detail.scroll_lines(rows)
        elif self.focused == "filter":
            self._filters.move(rows)
        else:
            self._workspace.papers.move(rows)

    def scroll_detail(self, lines: int) -> None:
        """Scroll the paper, down where positive."""
        self._detail.scroll_lines(lines)

    def centre(self) -> None:
        """Scroll the row of the cursor to the middle of the focused list."""
        rows = self._rows
        rows.scroll_to(y=rows.cursor - rows.page // 2, animate=False, immediate=True)

    def show_match(self) -> None:
        """Scroll the paper to the first match of the query."""
        self._show_detail()
        self._detail.show_match()

    def pick_facet(self, state: FacetState) -> None:
        """Include or exclude the value under the cursor of the filter pane."""
        self._filters.pick(state)

    def begin_query(self, earlier: Sequence[str]) -> None:
        """Let the user edit the query."""
        self._line.begin(earlier)
        self._screen.set_focus(self._line)

    def resize(self, step: int) -> bool:
        """Grow the focused pane, or shrink it if negative; returns whether its size changed."""
        pane = {"filter": self._filters, "detail": self._detail}.get(self.focused, self._papers)
        return self._split.resize_pane(pane, step)

    def reset_sizes(self) -> None:
        """Reset the sizes of the panes."""
        self._split.apply_sizes(PaneSizes())

    def selected_text(self) -> str:
        """The text selected with the mouse; empty if there is none."""
        return self._screen.get_selected_text() or ""

    def clear_selected_text(self) -> None:
        """Clear the selection of text."""
        self._screen.clear_selection()

    @property
    def _rows(self) -> VirtualList:
        return self._filters if self.focused == "filter" else self._papers
