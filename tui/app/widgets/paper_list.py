"""The list pane: one line per paper. It keeps ids, and gets the entries of the visible lines from a function."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from tui.app.row_render import RowState, render_row
from tui.app.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from textual import events
    from textual.strip import Strip

    from tui.app.safe_display import Segment
    from tui.app.theming import Glyphs
    from tui.app.widgets.line_view import Viewport
    from tui.model.entry import Entry

    _CacheKey = tuple[str, RowState, tuple[str, ...], bool]

_LEFT = 1  # the button
_CACHE_SIZE = 1_000  # lines: those of the whole list stay cached while a query is typed


class _MouseRange(NamedTuple):
    """Rows that are being selected with the mouse.

    Attributes:
        start: the row where the range begins.
        before: the papers that were selected before.
    """

    start: int
    before: frozenset[str]


class PaperList(VirtualList):
    """The papers that match the query.

    Args:
        get_entry: gives the entry of an id; called for visible lines only.
        glyphs: the characters to draw with.
        columns: the columns, from left to right.
    """

    is_edged = True
    _is_restyled = True

    class Selected(Message):
        """Posted to select just these papers, and to move the cursor to a row."""

        def __init__(self, ids: frozenset[str], cursor: int) -> None:
            super().__init__()
            self.ids = ids
            self.cursor = cursor

    def __init__(
        self,
        get_entry: Callable[[str], Entry],
        *,
        glyphs: Glyphs,
        columns: tuple[str, ...],
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._cache: dict[_CacheKey, tuple[Entry, Strip]] = {}
        self._cache_style: object = None  # the styles the cached lines are drawn in
        self._get_entry = get_entry
        self._glyphs = glyphs
        self._columns = columns
        self._ids: Sequence[str] = ()
        self._terms: tuple[str, ...] = ()
        self._selected: frozenset[str] = frozenset()
        self._stale: frozenset[str] = frozenset()
        self._drag: _MouseRange | None = None  # begins where the left button was pressed
        self._has_moved = False  # whether the drag left its first row
        # The range of the last click with Shift, and the cursor and the selection that it left.
        self._extended: tuple[_MouseRange, int, frozenset[str]] | None = None

    @property
    def ids(self) -> Sequence[str]:
        """The ids shown, in order."""
        return self._ids

    @property
    def count(self) -> int:
        """Number of papers shown."""
        return len(self._ids)

    # Selecting with the mouse.

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a drag at the row; captured, as the pointer may leave the list before it is seen to move."""
        row = self.row_at(event)
        if row is not None and event.button == _LEFT and not event.shift and not event.ctrl:
            self._drag, self._has_moved = _MouseRange(row, self._selected), False
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select the rows from the one where the drag began, and scroll at the edges."""
        if self._drag is None:
            return
        event.stop()
        if event.button != _LEFT:  # released outside the terminal
            self._end_drag()
            return
        row = max(0, min(event.y - self.gutter.top + int(self.scroll_offset.y), self.count - 1))
        self._has_moved |= row != self._drag.start
        if self._has_moved:
            self._select_range(self._drag, row)

    def on_mouse_up(self, event: events.MouseUp) -> None:  # noqa: ARG002 - as the base class has it
        """Keep what the drag selected."""
        self._end_drag()

    def on_click(self, event: events.Click) -> None:
        """Toggle a row with Ctrl; with Shift, select the rows from the cursor to it."""
        row = self.row_at(event)
        if row is None or not (event.ctrl or event.shift):
            return
        event.stop()
        event.prevent_default()  # the click of the base class
        if event.shift:
            selected = _MouseRange(self.cursor, self._selected)
            if self._extended is not None and self._extended[1:] == (self.cursor, self._selected):
                selected = self._extended[0]
            self._extended = selected, row, self._select_range(selected, row)
        else:
            self.post_message(self.Selected(self._selected ^ {self._ids[row]}, row))

    def _select_range(self, selected: _MouseRange, end: int) -> frozenset[str]:
        low, high = sorted((selected.start, end))
        ids = selected.before.union(self._ids[low : high + 1])
        self.post_message(self.Selected(ids, end))
        return ids

    def _end_drag(self) -> None:
        if self._drag is not None:
            self._drag = None
            self.release_mouse()

    def show(self, ids: Sequence[str], terms: Sequence[str], cursor: int) -> None:
        """Show other papers.

        Args:
            ids: the papers, in order.
            terms: folded terms to highlight.
            cursor: the row of the cursor.
        """
        self._ids = ids
        self._extended = None
        self._end_drag()
        self._terms = tuple(terms)
        self.rows_changed(cursor)

    def mark(self, *, selected: frozenset[str], stale: frozenset[str]) -> None:
        """Show which papers are selected, and which no longer match the query."""
        changed = self._selected.symmetric_difference(selected) | self._stale.symmetric_difference(stale)
        self._selected, self._stale = selected, stale
        if changed:
            self.entries_changed(changed)

    def entries_changed(self, ids: Collection[str]) -> None:
        """Redraw some papers."""
        if len(ids) > self.page:
            self.refresh()
            return
        for paper_id in ids:
            row = self._row_of(paper_id)
            if row is not None:
                self.row_changed(row)

    def draw(self, index: int, width: int) -> list[Segment]:
        """Draw the paper of a row."""
        entry = self._get_entry(self._ids[index])
        return render_row(entry, width, self._state(index), self._terms, self.ink, self._glyphs, self._columns)

    def render_final(self, y: int, viewport: Viewport) -> Strip:
        """Draw a line, or reuse a cached one: scrolling and deleting characters of a query repeat most lines."""
        index = y + viewport.top
        if index >= self.count:
            return super().render_final(y, viewport)
        if self._is_restyled:
            self._is_restyled = False
            style = (viewport.base, viewport.ground, viewport.edge, self.ink)
            if style != self._cache_style:
                self._cache.clear()
            self._cache_style = style
        paper_id = self._ids[index]
        entry = self._get_entry(paper_id)
        key = (paper_id, self._state(index), self._terms, y in viewport.bar)
        cached = self._cache.get(key)
        if cached is None or cached[0] is not entry:
            if len(self._cache) >= _CACHE_SIZE:
                self._cache.clear()
            cached = self._cache[key] = (entry, super().render_final(y, viewport))
        return cached[1]

    def on_resize(self) -> None:
        """Forget the lines of the old width."""
        self._cache.clear()

    def notify_style_update(self) -> None:
        """Note that the styles may have changed: with the theme, or just with the focus."""
        super().notify_style_update()
        self._is_restyled = True

    def _state(self, index: int) -> RowState:
        paper_id = self._ids[index]
        return RowState(
            cursor=index == self.cursor,
            focus=self.has_focus,
            selected=paper_id in self._selected,
            stale=paper_id in self._stale,
        )

    def _row_of(self, paper_id: str) -> int | None:
        # Nearly always it is visible, and the list may be long.
        top = int(self.scroll_offset.y)
        for start, end in ((self.cursor, self.cursor + 1), (top, top + self.page), (0, len(self._ids))):
            try:
                return self._ids.index(paper_id, start, end)
            except ValueError:
                continue
        return None
