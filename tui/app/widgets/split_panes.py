"""The container of the three panes, whose borders can be moved by key and by mouse."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from tui.app.widgets.unpainted import Unpainted
from tui.ui_state import PaneSizes

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget

    from tui.app.widgets.line_view import LineView

_WHOLE = 1000
_STEP = 2  # columns a key moves a border
_FILTERS = range(14, 49)  # columns
# Minimum sizes of list and detail: columns if they are side by side, rows if they are stacked.
_MIN_COLUMNS = (36, 26)
_MIN_ROWS = (4, 5)


class _Border(NamedTuple):
    """A border: of the filter pane, or between list and detail."""

    of_filters: bool


class SplitPanes(Unpainted):
    """Three panes with movable borders.

    Args:
        filters: the left pane.
        papers: the middle pane, in a container of its own.
        detail: the pane to the right of the list, or below it.

    Attributes:
        shape: the sizes of the panes.
    """

    def __init__(self, filters: LineView, papers: LineView, detail: Widget) -> None:
        super().__init__(id="panes")
        self.shape = PaneSizes()
        self._filters, self._papers, self._detail = filters, papers, detail
        self._dragged: _Border | None = None
        self._shares: tuple[int | str | None, ...] = (None,) * 5

    @property
    def _list_side(self) -> Widget:
        parent = self._papers.parent
        return parent if parent is not None else self._papers  # type: ignore[return-value]  # a container

    @property
    def _is_stacked(self) -> bool:
        """Whether the detail pane is below the list."""
        return not self.screen.has_class("-broad")

    def apply_sizes(self, shape: PaneSizes | None = None) -> None:
        """Apply new sizes, or the current ones again after the layout changed."""
        if shape is not None:
            self.shape = shape
        wanted, detail = self.shape, self._detail.styles
        share = 0 if self.screen.has_class("-reading") else wanted.below if self._is_stacked else wanted.beside
        part = f"{100 * share / _WHOLE}%" if share else None
        width, height = (None, part) if self._is_stacked else (part, None)
        widest, least = ("100%", 0) if share and not self._is_stacked else (None, None)
        shares = (wanted.filters or None, width, height, widest, least)
        if shares != self._shares:  # setting a style costs a layout, even with the same value
            self._shares = shares
            self._filters.styles.width, detail.width, detail.height, detail.max_width, _ = shares
            self._list_side.styles.min_width = least

    def highlight_borders(self, focused: Widget | None) -> None:
        """Highlight the border of the focused pane; the list shows the focus by its cursor."""
        self._filters.highlight_edge(focused is self._filters)
        self._papers.highlight_edge(focused is self._detail)

    def resize_pane(self, pane: Widget, step: int) -> bool:
        """Grow a pane by some steps, or shrink it if negative; returns whether its size changed."""
        if pane is self._filters:
            return self._resize_filters(pane.outer_size.width + _STEP * step)
        if pane is self._detail:
            step = -step
        length, _ = self._lengths()
        return self._resize_list(length + step * (1 if self._is_stacked else _STEP))

    def _lengths(self) -> tuple[int, int]:
        """Current sizes of list and detail, in rows or columns."""
        sizes = self._list_side.outer_size, self._detail.outer_size
        of_list, of_detail = ((size.height if self._is_stacked else size.width) for size in sizes)
        return of_list, of_detail

    def _resize_filters(self, columns: int) -> bool:
        wanted = max(_FILTERS.start, min(columns, _FILTERS.stop - 1))
        least = _MIN_COLUMNS[0] if self._is_stacked else sum(_MIN_COLUMNS)
        if wanted == self._filters.outer_size.width or wanted > self.outer_size.width - least:
            return False
        self.apply_sizes(self.shape._replace(filters=wanted))
        return True

    def _resize_list(self, length: int) -> bool:
        whole = sum(self._lengths())
        min_list, min_detail = _MIN_ROWS if self._is_stacked else _MIN_COLUMNS
        wanted = max(min_list, min(length, whole - min_detail))
        if wanted == self._lengths()[0] or whole <= min_list + min_detail:
            return False
        share = ceil(_WHOLE * (whole - wanted) / whole)
        self.apply_sizes(self.shape._replace(below=share) if self._is_stacked else self.shape._replace(beside=share))
        return True

    # Dragging a border.

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Grab the border under the pointer."""
        self._dragged = self._border_at(event.screen_x, event.screen_y)
        if self._dragged is not None:
            event.stop()
            self.screen.clear_selection()
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the border."""
        if self._dragged is None:
            return
        event.stop()
        if self._dragged.of_filters:
            self._resize_filters(event.screen_x - self.region.x + 1)
        elif self._is_stacked:
            self._resize_list(event.screen_y - self._list_side.region.y)
        else:
            self._resize_list(event.screen_x - self._list_side.region.x)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Release the border."""
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
            return _Border(of_filters=False) if y == detail.y and x >= detail.x else None
        return _Border(of_filters=False) if x in {side.right - 1, detail.x} else None
