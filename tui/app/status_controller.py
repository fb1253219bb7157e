"""Controller of the status bar and the key bar."""

from __future__ import annotations

from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from textual.content import Content

from tui.app import status_text
from tui.app.widgets.column_header import ColumnHeader
from tui.app.widgets.query_line import QueryLine
from tui.app.widgets.status_bars import Bar, KeyBar, StatusLine, footer_hints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.app.screens.main_screen import MainScreen


class StatusController:
    """Updates the status bar and the key bar of the main screen.

    Args:
        screen: the main screen.
    """

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._message = self._hint = Content("")
        self._is_error, self._shown_at = False, 0.0

    @property
    def message(self) -> str:
        """The message in the status line."""
        return self._message.plain

    def show_message(self, message: str, hint: status_text.KeyHint | None, *, is_error: bool) -> None:
        """Show a message.

        Args:
            message: the message.
            hint: the command that fits it, such as undo.
            is_error: whether it is an error.
        """
        self._is_error, self._shown_at = is_error, monotonic()
        self._message, self._hint = (
            status_text.message(message, is_error=is_error),
            status_text.undo_hint(hint, self._screen.keys),
        )
        self.refresh()

    @property
    def is_error(self) -> bool:
        """Whether the message is an error."""
        return self._is_error

    @contextmanager
    def showing(self, message: str) -> Iterator[None]:
        """Show another message for a moment in which nothing is drawn."""
        before = self._message, self._hint, self._is_error, self._shown_at
        self.show_message(message, None, is_error=False)
        try:
            yield
        finally:
            self._message, self._hint, self._is_error, self._shown_at = before
            self.refresh()

    def clear_old_message(self, pressed: float) -> None:
        """Remove the message after a key, but not an error shown after the key was pressed."""
        if not self._message.plain or (self._is_error and self._shown_at > pressed):
            return
        self._message, self._hint, self._is_error = Content(""), Content(""), False
        self.refresh()

    def refresh(self) -> None:
        """Update both bars."""
        screen = self._screen
        if screen.is_opening:
            return
        done, total = screen.session.progress()
        papers = screen.papers
        screen.query_one(StatusLine).show(
            screen.retry_queue.badge()
            + status_text.position(papers.cursor, papers.count, len(screen.selected), papers.unseen)
            + status_text.waiting(len(screen.session.waiting()), screen.keys),
            self._message,
            self._hint,
            status_text.inbox(done, total, screen.glyphs),
            whole=self._is_error,
        )
        order = screen.sort or screen.result.sort
        screen.query_one("#sorting", Bar).put(status_text.order(order))
        screen.query_one(ColumnHeader).show(order)
        screen.query_one(KeyBar).show(footer_hints(self._context(), screen.keys))

    def _context(self) -> str:
        """The context that selects the keys shown: the focused pane, a dialog or a selection."""
        screen = self._screen
        if not screen.is_active:
            return "dialog"
        if screen.focused is screen.query_one(QueryLine):
            return "query"
        if screen.focused is screen.filters:
            return "filter"
        if screen.focused is screen.detail:
            return "detail"
        if screen.selected or screen.range_start is not None:
            return "selection"
        return "" if screen.papers.count else "nothing"
