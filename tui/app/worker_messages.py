"""Messages from worker threads to the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from tui.errors import ReadlistError
    from tui.session.session import Session


class Opened(Message):
    """The reading list is open."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session


class OpenFailed(Message):
    """The reading list could not be opened."""

    def __init__(self, error: ReadlistError) -> None:
        super().__init__()
        self.error = error


class Progressed(Message, bubble=False):
    """Progress of reading the sources."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__()
        self.done = done
        self.total = total

    def can_replace(self, message: Message) -> bool:
        """Only the latest progress matters."""
        return isinstance(message, Progressed)
