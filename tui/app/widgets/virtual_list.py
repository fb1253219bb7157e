"""A list of any length that draws only the visible lines.

Textual's own lists lay out every row, so their cost grows with the list; this one renders a line when the compositor
asks for it. Subclasses draw the rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive

from tui.app.safe_display import SPACE, Segment
from tui.app.terminal.hardened_app import HardenedApp
from tui.app.theming import row_styles
from tui.app.widgets.line_view import LineView

if TYPE_CHECKING:
    from textual import events

    from tui.app.theming import RowStyles
    from tui.app.widgets.line_view import Viewport


class VirtualList(LineView, can_focus=True):
    """A vertical list of one-line rows with a cursor.

    Subclasses define ``count`` and ``draw``, and call ``rows_changed`` when either changes.
    """

    takes_on_click = False  # whether one click on a row chooses it, as in menus

    cursor: reactive[int] = reactive(0, repaint=False)
    _clicked_at = 0.0  # when the last click came
    _ink: RowStyles | None = None
    _wanted_line: int | None = None  # of the cursor, until there is a height

    class Moved(Message):
        """The cursor moved to another row."""

        def __init__(self, rows: VirtualList, cursor: int) -> None:
            super().__init__()
            self.rows = rows
            self.cursor = cursor

        @property
        def control(self) -> VirtualList:
            """The list whose cursor moved."""
            return self.rows

    class Chosen(Moved):
        """A row was double-clicked, or clicked if one click chooses."""

    @property
    def ink(self) -> RowStyles:
        """The styles of the current theme."""
        if self._ink is None:
            few = isinstance(self.app, HardenedApp) and self.app.few_colours
            self._ink = row_styles(self.app.theme_variables, few_colours=few)
        return self._ink

    def notify_style_update(self) -> None:
        """Forget the styles of the old theme."""
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

    def put_cursor_on_line(self, line: int) -> None:
        """Scroll so that the cursor is on a line of the screen, from 0, as far as the length of the list allows."""
        self._wanted_line = line
        self._show_cursor()

    def row_changed(self, index: int) -> None:
        """Redraw one row."""
        line = index - self.scroll_offset.y
        if 0 <= line < self.size.height:
            self.refresh(Region(0, line, self.size.width, 1))

    def move(self, rows: int) -> None:
        """Move the cursor by some rows, down where positive, and stop at the ends."""
        self.cursor = self.cursor + rows

    @property
    def page(self) -> int:
        """Number of visible rows."""
        return max(self.scrollable_content_region.height, 1)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return self._bounded(cursor)

    def watch_cursor(self, before: int, after: int) -> None:
        """Redraw the old and the new row, and post the move."""
        self.row_changed(before)
        self._show_cursor()
        self.row_changed(after)
        if self.count:
            self.screen.post_message(self.Moved(self, after))

    def line(self, y: int, viewport: Viewport) -> list[Segment]:
        """Draw the row at a height on the screen."""
        index, base = y + viewport.top, viewport.base
        if index >= self.count:
            return viewport.with_scrollbar([Segment(SPACE * viewport.width, base)], y)
        segments = self.draw(index, viewport.width)
        return viewport.with_scrollbar(
            [Segment(each.text, base + each.style if each.style else base) for each in segments], y
        )

    def on_resize(self) -> None:
        """Keep the cursor visible at the new size."""
        self.set_length(self.count)
        self._show_cursor()

    def on_focus(self) -> None:
        """Redraw the cursor, which looks different with the focus."""
        self.row_changed(self.cursor)

    def on_blur(self) -> None:
        """Redraw the cursor, which looks different without the focus."""
        self.row_changed(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Go to the row under the pointer; a double click chooses it, or one click if that is enough."""
        event.stop()
        clicks, index = self.count_clicks(event), self.row_at(event)
        if clicks and index is not None:
            self.cursor = index
            if clicks > 1 or self.takes_on_click:
                self.post_message(self.Chosen(self, index))

    def row_at(self, event: events.MouseEvent) -> int | None:
        """The row under the pointer; None on the heading, on the scroll bar and below the last row."""
        top = int(self.scroll_offset.y)
        index = event.y - self.gutter.top + top
        return index if top <= index < self.count and not self.is_on_edge(event) else None

    def count_clicks(self, event: events.Click) -> int:
        """Number of clicks in a row on this list.

        0 for the second click of a double click that began elsewhere, as in a menu that the first one closed.
        """
        is_continued = event.chain > 1
        begins_here = event.time - self._clicked_at <= self.app.CLICK_CHAIN_TIME_THRESHOLD
        self._clicked_at = event.time
        return event.chain if begins_here or not is_continued else 0

    def _bounded(self, cursor: int) -> int:
        return max(0, min(cursor, self.count - 1))

    def _show_cursor(self) -> None:
        # Before the first layout there is no height; ``on_resize`` shows the cursor then.
        if self.count and self.size.height:
            if self._wanted_line is not None:
                top, self._wanted_line = max(self.cursor - self._wanted_line, 0), None
                self.scroll_to(y=top, animate=False, immediate=True, force=True)
            region = Region(0, self.cursor, 1, 1)
            self.scroll_to_region(region, animate=False, immediate=True, force=True, x_axis=False)
