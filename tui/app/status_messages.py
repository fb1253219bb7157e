"""The message of the status line: what just happened, and the key that fits it."""

from __future__ import annotations

from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from tui.app.change_signal import Aspect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.app.change_signal import ChangeSignal
    from tui.app.message_text import KeyHint


class StatusMessage(NamedTuple):
    """A message.

    Attributes:
        text: the message; empty for none.
        hint: the command that fits it, such as undo.
        is_error: whether it is an error.
        shown_at: when it was shown, in seconds of the monotonic clock.
    """

    text: str = ""
    hint: KeyHint | None = None
    is_error: bool = False
    shown_at: float = 0.0


class StatusMessages:
    """Holds the current message.

    Args:
        signal: is told when it changes.

    Attributes:
        current: the message shown now.
    """

    def __init__(self, signal: ChangeSignal) -> None:
        self._signal = signal
        self.current = StatusMessage()

    def show(self, text: str, *, hint: KeyHint | None = None, error: bool = False) -> None:
        """Show a message.

        Args:
            text: the message; empty to remove the last one.
            hint: the command that fits it.
            error: whether it is an error.
        """
        self.current = StatusMessage(text, hint, error, monotonic())
        self._signal.add(Aspect.MESSAGE)

    @contextmanager
    def showing(self, text: str) -> Iterator[None]:
        """Show another message for a moment in which nothing is drawn."""
        before = self.current
        self.show(text)
        self._signal.flush()
        try:
            yield
        finally:
            self.current = before
            self._signal.add(Aspect.MESSAGE)
            self._signal.flush()

    def clear_old(self, pressed: float) -> None:
        """Remove the message after a key, but not an error shown after the key was pressed."""
        if self.current.text and not (self.current.is_error and self.current.shown_at > pressed):
            self.current = StatusMessage()
            self._signal.add(Aspect.MESSAGE)
