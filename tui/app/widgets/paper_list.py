"""The list pane: one line per paper. It keeps ids, and gets the entries of the visible lines from a function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.row_render import RowState, render_row
from tui.app.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from rich.segment import Segment
    from textual.strip import Strip

    from tui.app.theming import Glyphs
    from tui.app.widgets.line_view import Viewport
    from tui.model.entry import Entry

    _CacheKey = tuple[str, RowState, tuple[str, ...], bool]

_CACHE_SIZE = 1_000  # lines: those of the whole list stay cached while a query is typed


class PaperList(VirtualList):
    """The papers that match the query.

    Args:
        get_entry: gives the entry of an id; called for visible lines only.
        glyphs: the characters to draw with.
        columns: the columns, from left to right.
    """

    is_edged = True
    _is_restyled = True

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

    @property
    def ids(self) -> Sequence[str]:
        """The ids shown, in order."""
        return self._ids

    @property
    def count(self) -> int:
        """Number of papers shown."""
        return len(self._ids)

    def show(self, ids: Sequence[str], terms: Sequence[str], cursor: int) -> None:
        """Show other papers.

        Args:
            ids: the papers, in order.
            terms: folded terms to highlight.
            cursor: the row of the cursor.
        """
        self._ids = ids
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
