"""Rows: a list of any length that draws only the lines in sight.

Textual's own lists lay out every row, so their cost grows with the list; this one renders a line when the compositor
asks for it. What a row says is left to the widgets that derive from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive

from tui.app.terminal.hardened_app import HardenedApp
from tui.app.theming import row_styles
from tui.app.widgets.line_view import LineView

if TYPE_CHECKING:
    from textual import events

    from tui.app.theming import RowStyles
    from tui.app.widgets.line_view import Viewport


class VirtualList(LineView, can_focus=True):
    """A vertical list of one-line rows with a cursor.

    Derived widgets give ``count`` and ``draw``; they call ``rows_changed`` when either changed.
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    _ink: RowStyles | None = None

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, rows: VirtualList, cursor: int) -> None:
            super().__init__()
            self.rows = rows
            self.cursor = cursor

        @property
        def control(self) -> VirtualList:
            """The list it happened in."""
            return self.rows

    class Chosen(Moved):
        """A row was clicked twice, or entered."""

    @property
    def ink(self) -> RowStyles:
        """The styles to draw in, as the theme has them now."""
        if self._ink is None:
            few = isinstance(self.app, HardenedApp) and self.app.few_colours
            self._ink = row_styles(self.app.theme_variables, few_colours=few)
        return self._ink

    def notify_style_update(self) -> None:
        """The theme may have changed: mix the ink anew."""
        super().notify_style_update()
        self._ink = None

    @property
    def count(self) -> int:
        """Number of rows."""
        raise NotImplementedError

    def draw(self, index: int, width: int) -> list[Segment]:
        """Draw one row, exactly ``width`` cells wide."""
        raise NotImplementedError

    def rows_changed(self, cursor: int) -> None:
        """Show other rows, with the cursor on one of them."""
        self.set_length(self.count)
        self.set_reactive(VirtualList.cursor, self._bounded(cursor))
        self._show_cursor()
        self.refresh()

    def row_changed(self, index: int) -> None:
        """Draw one row anew."""
        line = index - self.scroll_offset.y
        if 0 <= line < self.size.height:
            self.refresh(Region(0, line, self.size.width, 1))

    def move(self, rows: int) -> None:
        """Move the cursor by some rows, down where positive, and stop at the ends."""
        self.cursor = self.cursor + rows

    @property
    def page(self) -> int:
        """Rows in sight."""
        return max(self.scrollable_content_region.height, 1)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return self._bounded(cursor)

    def watch_cursor(self, before: int, after: int) -> None:
        """Redraw the two rows that the move touched, and tell."""
        self.row_changed(before)
        self._show_cursor()
        self.row_changed(after)
        if self.count:
            self.screen.post_message(self.Moved(self, after))

    def line(self, y: int, sight: Viewport) -> list[Segment]:
        """Draw the row at a height on the screen."""
        index, base = y + sight.top, sight.base
        if index >= self.count:
            return sight.with_scrollbar([Segment(" " * sight.width, base)], y)
        segments = self.draw(index, sight.width)
        return sight.with_scrollbar(
            [Segment(text, base + style if style else base) for text, style, _ in segments], y
        )

    def on_resize(self) -> None:
        """Keep the cursor in sight at the new size."""
        self.set_length(self.count)
        self._show_cursor()

    def on_focus(self) -> None:
        """The line under the cursor changes its looks with the focus."""
        self.row_changed(self.cursor)

    def on_blur(self) -> None:
        """See ``on_focus``."""
        self.row_changed(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Go to the row under the pointer; the second click chooses it."""
        index = event.y + self.scroll_offset.y
        if self.is_beside(event):
            event.stop()
        elif 0 <= index < self.count:
            event.stop()
            self.cursor = index
            if event.chain >= 2:
                self.post_message(self.Chosen(self, index))

    def _bounded(self, cursor: int) -> int:
        return max(0, min(cursor, self.count - 1))

    def _show_cursor(self) -> None:
        # Before the first layout there is no height to fit the cursor into; it is shown once there is one.
        if self.count and self.size.height:
            region = Region(0, self.cursor, 1, 1)
            self.scroll_to_region(region, animate=False, immediate=True, force=True, x_axis=False)
