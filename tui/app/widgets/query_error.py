"""What is wrong with the query, or what it still lacks: a sentence below the line, and a caret under the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from tui.app import status_text

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.app.widgets.query_line import QueryLine
    from tui.errors import QueryError

_PAUSE = 0.5  # seconds without a letter until what is still lacking is said


class QueryErrorLine(Static):
    """Words about a place in the query line.

    Args:
        line: the query line, right above.
    """

    def __init__(self, line: QueryLine, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._line = line
        self._fault: QueryError | None = None
        self._is_lack = False
        self._waiting: Timer | None = None

    def on_mount(self) -> None:
        """Follow the text of the line where that is longer than the line."""
        self.watch(self._line, "scroll_x", self._lay, init=False)

    def say(self, fault: QueryError | None) -> None:
        """Say what is wrong; nothing where nothing is."""
        self._put(fault, is_lack=False)

    def say_soon(self, lack: QueryError | None) -> None:
        """Say what the query lacks, in a lower voice, once whoever types it pauses."""
        self._put(None, is_lack=True)
        if lack is not None:
            self._waiting = self.set_timer(_PAUSE, lambda: self._put(lack, is_lack=True))

    def _put(self, fault: QueryError | None, *, is_lack: bool) -> None:
        if self._waiting is not None:
            self._waiting.stop()
        self._fault, self._is_lack = fault, is_lack
        self._lay()
        self.display = fault is not None

    def _lay(self) -> None:
        if self._fault is not None:
            words, cell = status_text.error_text(self._fault), self._line.cell_of(self._fault.position)
            width = self.screen.size.width
            self.update(status_text.caret(cell, words, width, is_error=not self._is_lack))

    def on_resize(self) -> None:
        """Set the words to the width."""
        self._lay()
