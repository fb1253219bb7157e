"""The detail pane: one paper set for reading. Shows what it is given and scrolls.

It breaks its page into lines itself. A widget of Textual's own would have the whole screen laid out anew for every
paper, which costs more than all else that a move of the cursor does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.content import Content
from textual.visual import Visual

from tui.app.widgets.tall import Tall

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.strip import Strip

    from tui.app.widgets.tall import Sight


class DetailPane(Tall, can_focus=True):
    """A scrolling page."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
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

    def line(self, y: int, sight: Sight) -> list[Segment]:
        """Give the line of the page at a height on the screen."""
        lines, index = self._broken(), y + sight.top
        if index >= len(lines):
            return [Segment(" " * (sight.width + 1), sight.base)]
        return sight.ended(list(lines[index]), y)

    def on_resize(self) -> None:
        """Break the page at the new width."""
        self._set_page()

    def notify_style_update(self) -> None:
        """The theme may have changed."""
        super().notify_style_update()
        self._lines = None

    def _set_page(self) -> None:
        self._lines = None
        if self.line_width:
            self.set_length(len(self._broken()))
        self.refresh()

    def _broken(self) -> Sequence[Strip]:
        if self._lines is None:
            self._lines = Visual.to_strips(self, self.page, self.line_width, None, self.visual_style, pad=True)
        return self._lines
