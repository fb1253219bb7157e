"""The detail pane: one paper set for reading. Shows what it is given and scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content


class DetailPane(VerticalScroll, can_focus=True):
    """A scrolling page."""

    def compose(self) -> ComposeResult:
        """One page."""
        yield Static(id="page", markup=False)

    def show(self, page: Content) -> None:
        """Show another page, from its top."""
        self.query_one("#page", Static).update(page)
        self.scroll_home(animate=False, immediate=True)

    def renew(self, page: Content) -> None:
        """Show the same page after a change, at the same place."""
        self.query_one("#page", Static).update(page)

    def scroll_lines(self, lines: int) -> None:
        """Scroll by some lines, down where positive."""
        self.scroll_relative(y=lines, animate=False, immediate=True)
