"""The detail pane: one paper set for reading. Shows what it is given and scrolls.

It breaks its page into lines itself. A widget of Textual's own would have the whole screen laid out anew for every
paper, which costs more than all else that a move of the cursor does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual

from tui.app.widgets.tall import Tall

if TYPE_CHECKING:
    from collections.abc import Sequence


class DetailPane(Tall, can_focus=True):
    """A scrolling page."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.page = Content("")
        self._lines: Sequence[Strip] | None = None

    def show(self, page: Content) -> None:
        """Show another page, from its top."""
        self.renew(page)
        self.scroll_home(animate=False, immediate=True)

    def renew(self, page: Content) -> None:
        """Show the same page after a change, at the same place."""
        self.page = page
        self._set_page()

    def scroll_lines(self, lines: int) -> None:
        """Scroll by some lines, down where positive."""
        self.scroll_relative(y=lines, animate=False, immediate=True)

    def render_line(self, y: int) -> Strip:
        """Give the line at a height on the screen; called by the compositor."""
        lines, index = self._broken(), y + int(self.scroll_offset.y)
        base = self.rich_style
        if index >= len(lines):
            return Strip.blank(self.line_width + 1, base)
        return Strip([*lines[index], self.bar_at(y, base)], self.line_width + 1)

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
