"""The error below the query line, or what an incomplete query is missing, with a caret under the position."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app import status_text
from tui.app.message_text import error_text
from tui.app.safe_display import Static

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.app.widgets.query_line import QueryLine
    from tui.errors import QueryError

_PAUSE = 0.5  # seconds without typing until what is missing is shown


class QueryErrorLine(Static):
    """A message about a position in the query line.

    Args:
        line: the query line directly above.
    """

    def __init__(self, line: QueryLine, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._line = line
        self._error: QueryError | None = None
        self._is_incomplete = False
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        """Move the caret when the query line scrolls."""
        self.watch(self._line, "scroll_x", self._draw, init=False)

    def show_error(self, error: QueryError | None) -> None:
        """Show an error, or hide the line if there is none."""
        self._show(error, is_incomplete=False)

    def show_missing(self, missing: QueryError | None) -> None:
        """Show what the query is missing, muted, once the user pauses typing."""
        self._show(None, is_incomplete=True)
        if missing is not None:
            self._timer = self.set_timer(_PAUSE, lambda: self._show(missing, is_incomplete=True))

    def _show(self, error: QueryError | None, *, is_incomplete: bool) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._error, self._is_incomplete = error, is_incomplete
        self._draw()
        self.display = error is not None

    def _draw(self) -> None:
        if self._error is not None:
            message, cell = error_text(self._error), self._line.cell_of(self._error.position)
            width = self.screen.size.width
            self.update(status_text.caret(cell, message, width, is_error=not self._is_incomplete))

    def on_resize(self) -> None:
        """Wrap the message at the new width."""
        self._draw()
