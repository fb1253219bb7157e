"""The detail pane: one paper set for reading. Shows what it is given and scrolls.

It breaks its page into lines itself. A widget of Textual's own would have the whole screen laid out anew for every
paper, which costs more than all else that a move of the cursor does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.content import Content
from textual.visual import Visual

from tui.app.theming import MATCH
from tui.app.widgets.line_view import LineView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.selection import Selection
    from textual.strip import Strip

    from tui.app.widgets.line_view import Viewport


_MEASURE = 88  # cells: longer lines are hard to read


class DetailPane(LineView, can_focus=True):
    """A scrolling page, whose text can be selected with the mouse.

    Args:
        resized: called when the page has another room, and so may be set in another way.
    """

    ALLOW_SELECT = True

    def __init__(self, resized: Callable[[], None] | None = None, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._resized = resized
        self.page = Content("")
        self._of: str | None = None
        self._lines: Sequence[Strip] | None = None

    def show(self, page: Content, *, of: str | None = None) -> None:
        """Show a page from its top; that of the paper shown already stays where it is.

        Args:
            page: the page.
            of: id of the paper it is about.
        """
        is_other = of is None or of != self._of
        self.page, self._of = page, of
        self._set_page()
        if is_other:
            self.scroll_home(animate=False, immediate=True)

    def scroll_lines(self, lines: int) -> None:
        """Scroll by some lines, down where positive."""
        self.scroll_relative(y=lines, animate=False, immediate=True)

    def line(self, y: int, sight: Viewport) -> list[Segment]:
        """Give the line of the page at a height on the screen."""
        lines, index = self._broken(), y + sight.top
        if index >= len(lines):
            return sight.with_scrollbar([Segment(" " * sight.width, sight.base)], y)
        margin = Segment(" " * max(sight.width - lines[index].cell_length, 0), sight.base)
        return sight.with_scrollbar([*lines[index], margin], y)

    def show_match(self) -> None:
        """Scroll to the first match that is highlighted, where it is not in sight."""
        place = next((span.start for span in self.page.spans if span.style == MATCH), None)
        if place is None:
            return
        before = self.page.plain[:place]
        at = before.count("\n"), place - before.rfind("\n") - 1
        row = max((row for row, start in enumerate(self._starts()) if start <= at), default=0)
        top, height = int(self.scroll_offset.y), self.scrollable_content_region.height
        if not top <= row < top + height:
            self.scroll_to(y=max(row - height // 3, 0), animate=False, immediate=True)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text that is selected, without the breaks between its lines."""
        return selection.extract(self.page.plain), "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002 - Textual's signature
        """Show what is selected."""
        self._lines = None
        self.refresh()

    def _starts(self) -> list[tuple[int, int]]:
        """Where each line begins: the paragraph, and the character in it."""
        starts, paragraph = [], -1
        for strip in self._broken():
            metas = (segment.style.meta["offset"] for segment in strip if segment.style and segment.style.meta)
            x, y = next(metas, (0, paragraph + 1))
            starts.append((y, x))
            paragraph = y
        return starts

    def on_resize(self) -> None:
        """Break the page at the new width."""
        if self._resized is None:
            self._set_page()
        else:
            self._resized()

    def notify_style_update(self) -> None:
        """The theme may have changed."""
        super().notify_style_update()
        self._lines = None

    def _set_page(self) -> None:
        self._lines = None
        if self.line_width:
            self.set_length(len(self._broken()))
        self.refresh()

    @property
    def measure(self) -> int:
        """Cells that a line of text may take; it stays clear of the scroll bar."""
        return max(min(self.line_width - 1, _MEASURE), 1)

    def _broken(self) -> Sequence[Strip]:
        if self._lines is None:
            self._lines = Visual.to_strips(self, self.page, self.measure, None, self.visual_style, pad=True)
        return self._lines
