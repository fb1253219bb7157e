"""The list pane: one line a paper. Keeps ids and asks a function for the entry of each line in sight."""

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

    _Drawing = tuple[str, RowState, tuple[str, ...], bool]

_DRAWN = 1_000  # lines that are kept to be shown again: those of the whole list outlast the letters of a query


class PaperList(VirtualList):
    """The papers that answer the query.

    Args:
        entry: gives the entry of an id; called for lines in sight only.
        glyphs: the signs to draw with.
        columns: which columns, from left to right.

    Attributes:
        stale: papers that do not answer the query any more; they stay where they are until it is asked again.
        unseen: how many selected papers are not shown.
    """

    is_edged = True
    _is_restyled = True

    def __init__(
        self,
        entry: Callable[[str], Entry],
        *,
        glyphs: Glyphs,
        columns: tuple[str, ...],
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._drawn: dict[_Drawing, tuple[Entry, Strip]] = {}
        self._drawn_in: object = None  # the looks of those
        self._entry = entry
        self._glyphs = glyphs
        self._columns = columns
        self._ids: Sequence[str] = ()
        self._terms: tuple[str, ...] = ()
        self._selected: frozenset[str] = frozenset()
        self.stale: frozenset[str] = frozenset()
        self.unseen = 0

    @property
    def ids(self) -> Sequence[str]:
        """The ids shown, in order."""
        return self._ids

    @property
    def count(self) -> int:
        """Number of papers shown."""
        return len(self._ids)

    @property
    def current(self) -> str | None:
        """The id under the cursor, or None in an empty list."""
        return self._ids[self.cursor] if self._ids else None

    def show(self, ids: Sequence[str], terms: Sequence[str], keep: str | None, *, from_top: bool) -> None:
        """Show other papers.

        Args:
            ids: the papers, in order.
            terms: folded terms to highlight.
            keep: the paper the cursor belongs on.
            from_top: where that paper is not among them, go to the first, instead of keeping the row.
        """
        self._ids = ids
        self._terms = tuple(terms)
        self.stale = frozenset()
        self._count_unseen()
        place = self.place(keep) if keep is not None else None
        otherwise = 0 if from_top else self.cursor
        self.rows_changed(otherwise if place is None else place)

    def place(self, paper_id: str) -> int | None:
        """The row of a paper, or None where it is not shown."""
        # Nearly always it is in sight; the list may be long.
        top = int(self.scroll_offset.y)
        for start, end in ((self.cursor, self.cursor + 1), (top, top + self.page), (0, len(self._ids))):
            try:
                return self._ids.index(paper_id, start, end)
            except ValueError:
                continue
        return None

    def go_to(self, paper_id: str) -> None:
        """Put the cursor on a paper that is shown."""
        place = self.place(paper_id)
        if place is not None:
            self.cursor = place

    def select(self, selected: Collection[str]) -> None:
        """Show which papers are selected."""
        touched = self._selected.symmetric_difference(selected)
        self._selected = frozenset(selected)
        self._count_unseen()
        self.entries_changed(touched)

    def set_stale(self, stale: Collection[str]) -> None:
        """Show which papers do not answer the query any more."""
        touched = self.stale.symmetric_difference(stale)
        self.stale = frozenset(stale)
        self.entries_changed(touched)

    def entries_changed(self, ids: Collection[str]) -> None:
        """Draw some papers anew."""
        if len(ids) > self.page:
            self.refresh()
            return
        for paper_id in ids:
            place = self.place(paper_id)
            if place is not None:
                self.row_changed(place)

    def draw(self, index: int, width: int) -> list[Segment]:
        """Draw the paper of a row."""
        entry = self._entry(self._ids[index])
        return render_row(entry, width, self._state(index), self._terms, self.ink, self._glyphs, self._columns)

    def render_final(self, y: int, sight: Viewport) -> Strip:
        """Draw a line, but for one drawn before: scrolling and steps back in a query show most of them again."""
        index = y + sight.top
        if index >= self.count:
            return super().render_final(y, sight)
        if self._is_restyled:
            self._is_restyled = False
            looks, self._drawn_in = self._drawn_in, (sight.base, sight.ground, sight.edge, self.ink)
            if looks != self._drawn_in:
                self._drawn.clear()
        paper_id = self._ids[index]
        entry = self._entry(paper_id)
        key = (paper_id, self._state(index), self._terms, y in sight.bar)
        drawn = self._drawn.get(key)
        if drawn is None or drawn[0] is not entry:
            if len(self._drawn) >= _DRAWN:
                self._drawn.clear()
            drawn = self._drawn[key] = (entry, super().render_final(y, sight))
        return drawn[1]

    def on_resize(self) -> None:
        """Lines of another width are other lines."""
        self._drawn.clear()

    def notify_style_update(self) -> None:
        """The theme may have changed, or the focus alone."""
        super().notify_style_update()
        self._is_restyled = True

    def _state(self, index: int) -> RowState:
        paper_id = self._ids[index]
        return RowState(
            cursor=index == self.cursor,
            focus=self.has_focus,
            selected=paper_id in self._selected,
            stale=paper_id in self.stale,
        )

    def _count_unseen(self) -> None:
        self.unseen = len(self._selected.difference(self._ids)) if self._selected else 0
