"""A queue of changes that could not be written: kept, shown in the status line, and retried in order.

A change is shown in the list only when it is in the store, so a queued one is visible nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from tui.app import status_text
from tui.errors import ReadlistError, StoreBusyError, StoreDamagedError, WriteError
from tui.text.plural import pluralise
from tui.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from tui.app.screens.main_screen import MainScreen

# Errors that may be temporary: disk full, store locked by another process, damaged file under repair.
_TEMPORARY = (WriteError, StoreBusyError, StoreDamagedError)
_RETRY = status_text.KeyHint("mark.save", "retry")


class _Waiting(NamedTuple):
    """A queued change: how to make it, the text typed for it, and the text this replaces."""

    work: Callable[[], object]
    text: str
    before: str | None


class RetryQueue:
    """Submits changes to the store, and retries those that failed.

    Args:
        screen: shows errors.
    """

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._waiting: dict[Hashable, _Waiting] = {}
        self._warned = 0

    @property
    def count(self) -> int:
        """The number of queued changes."""
        return len(self._waiting)

    def submit(self, key: Hashable, work: Callable[[], object], text: str = "", before: str | None = None) -> bool:
        """Make a change after the queued ones; it stays queued if it cannot be written.

        Args:
            key: identifies the change; it replaces a queued change of the same key.
            work: makes the change, and shows it.
            text: the text typed for it.
            before: the text that this replaces.

        Returns:
            Whether the change is in the store.
        """
        self._waiting[key] = _Waiting(work, text, before)
        refused = self._flush()
        return key not in self._waiting and key not in refused

    def retry(self) -> bool:
        """Retry the queued changes; returns whether all are written."""
        self._flush()
        return not self._waiting

    def pending_text(self, key: Hashable) -> str | None:
        """The text typed for a queued change; None if there is none of this key."""
        found = self._waiting.get(key)
        return found.text if found else None

    def text_before(self, key: Hashable) -> str | None:
        """The text that a queued change replaces; None if there is none of this key."""
        found = self._waiting.get(key)
        return found.before if found else None

    def may_quit(self) -> bool:
        """Whether to quit: no change is queued, or the user was warned already."""
        if self.retry() or self._warned == self.count:
            return True
        self._warned = self.count
        self._screen.notify_status(f"{self._count()} (press again to quit without saving)", hint=_RETRY, error=True)
        return False

    def badge(self) -> Content:
        """The warning in the status line: unsaved changes or a read-only store; empty otherwise."""
        if self._waiting:
            return Content.styled(sanitise_line(self._count()), "bold $error") + "  "
        return Content.styled("read-only  ", "bold $warning") if self._screen.session.read_only else Content("")

    def _count(self) -> str:
        return pluralise(self.count, "unsaved change")

    def _flush(self) -> set[Hashable]:
        """Make the queued changes until one fails; returns the keys of those that can never succeed."""
        refused: set[Hashable] = set()
        while self._waiting:
            key = next(iter(self._waiting))
            change = self._waiting.pop(key)
            try:
                change.work()
            except _TEMPORARY as error:
                self._waiting = {key: change, **self._waiting}
                self._screen.notify_status(
                    status_text.short_error_text(error, self._screen.session.paths.data), hint=_RETRY, error=True
                )
                break
            except ReadlistError as error:
                self._screen.notify_status(status_text.error_text(error), error=True)
                refused.add(key)
        return refused
