"""A view whose length changes often: with every paper, with every letter of a query."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


class Tall(ScrollView):
    """A view that draws its own lines and its own scroll bar, and changes its length without a new layout.

    Textual would lay out the whole screen anew, which costs more than drawing it, though nothing else moves by that;
    and a bar that is a widget costs as much to draw as the lines beside it.
    """

    DEFAULT_CSS = """
    Tall { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 0; }
    """

    _thumb: Style | None = None

    def set_length(self, lines: int) -> None:
        """Tell how many lines there are."""
        size = Size(self.scrollable_content_region.width, lines)
        if size != self.virtual_size:
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)

    @property
    def line_width(self) -> int:
        """Cells in a line beside the scroll bar."""
        return max(self.scrollable_content_region.width - 1, 0)

    def bar_at(self, y: int, base: Style) -> Segment:
        """The scroll bar in one line of the screen; blank where everything is in sight."""
        lines, page = self.virtual_size.height, self.scrollable_content_region.height
        if lines <= page:
            return Segment(" ", base)
        size = max(page * page // lines, 1)
        top = round(int(self.scroll_offset.y) * (page - size) / (lines - page))
        if not top <= y < top + size:
            return Segment(" ", base)
        if self._thumb is None:
            self._thumb = Style(color=Color.parse(self.app.theme_variables["scrollbar"]).rich_color)
        return Segment("▐", base + self._thumb)

    def notify_style_update(self) -> None:
        """The theme may have changed."""
        super().notify_style_update()
        self._thumb = None
