"""The panes side by side, and the borders between them, which move by key and by mouse.

Knows how room is shared out, and nothing of what the panes show.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from textual.containers import Horizontal

from tui.ui_state import PaneSizes

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget

    from tui.app.widgets.line_view import LineView

_WHOLE = 1000
_STEP = 2  # columns a key moves a border
_FILTERS = range(14, 49)  # columns
# What the list and the detail keep at least: columns beside each other, rows one above the other.
_LEAST_BESIDE = (36, 26)
_LEAST_BELOW = (4, 5)


class _Border(NamedTuple):
    """A border: beside the filter pane, or between list and detail."""

    of_filters: bool


class SplitPanes(Horizontal):
    """Three panes; drag a border, or call ``grow``.

    Args:
        filters: the pane at the left.
        papers: the pane in the middle, in a container of its own.
        detail: the pane right of it, or below.

    Attributes:
        shape: how the room is shared out.
    """

    def __init__(self, filters: LineView, papers: LineView, detail: Widget) -> None:
        super().__init__(id="panes")
        self.shape = PaneSizes()
        self._filters, self._papers, self._detail = filters, papers, detail
        self._dragged: _Border | None = None
        self._shares: tuple[int | str | None, ...] = (None, None, None, None)

    @property
    def _list_side(self) -> Widget:
        parent = self._papers.parent
        return parent if parent is not None else self._papers  # type: ignore[return-value]  # a container

    @property
    def _is_stacked(self) -> bool:
        """Whether the detail lies below the list."""
        return self.screen.has_class("-narrow")

    def apply_sizes(self, shape: PaneSizes | None = None) -> None:
        """Share the room out anew: by another shape, or by the one there is after the layout changed."""
        if shape is not None:
            self.shape = shape
        wanted, detail = self.shape, self._detail.styles
        share = 0 if self.screen.has_class("-reading") else wanted.below if self._is_stacked else wanted.beside
        part = f"{100 * share / _WHOLE}%" if share else None
        width, height = (None, part) if self._is_stacked else (part, None)
        widest = "100%" if share and not self._is_stacked else None
        shares = (wanted.filters or None, width, height, widest)
        if shares != self._shares:  # a style that is set has everything laid out anew, be it the same as before
            self._shares = shares
            self._filters.styles.width, detail.width, detail.height, detail.max_width = shares

    def highlight_borders(self, focused: Widget | None) -> None:
        """Let the edges tell which pane has the keys; that of the list is told by its cursor alone."""
        self._filters.light_edge(focused is self._filters)
        self._papers.light_edge(focused is self._detail)

    def resize_pane(self, pane: Widget, step: int) -> bool:
        """Make a pane larger by some steps, smaller where negative; says whether there was room for that."""
        if pane is self._filters:
            return self._put_filters(pane.outer_size.width + _STEP * step)
        if pane is self._detail:
            step = -step
        here, _ = self._lengths()
        return self._put_list(here + step * (1 if self._is_stacked else _STEP))

    def _lengths(self) -> tuple[int, int]:
        """What list and detail take now, in rows or columns."""
        sizes = self._list_side.outer_size, self._detail.outer_size
        here, there = ((size.height if self._is_stacked else size.width) for size in sizes)
        return here, there

    def _put_filters(self, columns: int) -> bool:
        wanted = max(_FILTERS.start, min(columns, _FILTERS.stop - 1))
        room = self._filters.outer_size.width + sum(self._lengths()) - sum(_LEAST_BESIDE)
        if wanted == self._filters.outer_size.width or (not self._is_stacked and wanted > room):
            return False
        self.apply_sizes(self.shape._replace(filters=wanted))
        return True

    def _put_list(self, length: int) -> bool:
        whole = sum(self._lengths())
        least_list, least_detail = _LEAST_BELOW if self._is_stacked else _LEAST_BESIDE
        wanted = max(least_list, min(length, whole - least_detail))
        if wanted == self._lengths()[0] or whole <= least_list + least_detail:
            return False
        share = ceil(_WHOLE * (whole - wanted) / whole)
        self.apply_sizes(self.shape._replace(below=share) if self._is_stacked else self.shape._replace(beside=share))
        return True

    # By mouse.

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the border under the pointer."""
        self._dragged = self._border_at(event.screen_x, event.screen_y)
        if self._dragged is not None:
            event.stop()
            self.screen.clear_selection()
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Move the border that is held."""
        if self._dragged is None:
            return
        event.stop()
        if self._dragged.of_filters:
            self._put_filters(event.screen_x - self.region.x + 1)
        elif self._is_stacked:
            self._put_list(event.screen_y - self._list_side.region.y)
        else:
            self._put_list(event.screen_x - self._list_side.region.x)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let the border go."""
        if self._dragged is not None:
            event.stop()
            self._dragged = None
            self.release_mouse()

    def _border_at(self, x: int, y: int) -> _Border | None:
        if self._filters.display and x == self._filters.region.right - 1:
            return _Border(of_filters=True)
        side, detail = self._list_side.region, self._detail.region
        if not self._detail.display or not self._list_side.display:
            return None
        if self._is_stacked:
            return _Border(of_filters=False) if y == detail.y else None
        return _Border(of_filters=False) if x in {side.right - 1, detail.x} else None
