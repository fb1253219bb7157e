"""A view whose length changes often: with every paper, with every letter of a query."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


class Tall(ScrollView):
    """A view that draws its own lines, and can be told how many there are without a new layout of the screen."""

    def set_length(self, lines: int) -> None:
        """Tell the scroll bar how long the view is.

        Textual would lay out the whole screen anew, which costs more than drawing it; nothing else moves by this.
        """
        size = Size(self.scrollable_content_region.width, lines)
        if size != self.virtual_size:
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)
