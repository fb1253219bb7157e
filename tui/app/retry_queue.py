"""Changes that the disk refused: kept, told of on the status line, and done in their order before any later one.

A change shows only when it is in the store, so what waits here is seen nowhere else. Must not know what a change is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from tui.app import status_text
from tui.errors import ReadlistError, StoreBusyError, StoreDamagedError, WriteError
from tui.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from tui.app.screens.main_screen import MainScreen

# What goes away again: room is made, another process ends, a file is put back or repaired.
_PASSING = (WriteError, StoreBusyError, StoreDamagedError)
_TRY_AGAIN = status_text.KeyHint("mark.save", "tries again")


class _Waiting(NamedTuple):
    """One change: how to make it, what was typed for it, and the text that this was typed over."""

    work: Callable[[], object]
    text: str
    before: str | None


class RetryQueue:
    """The way of changes into the store.

    Args:
        desk: shows what becomes of them.
    """

    def __init__(self, desk: MainScreen) -> None:
        self._desk = desk
        self._waiting: dict[Hashable, _Waiting] = {}
        self._warned = 0

    @property
    def count(self) -> int:
        """How many changes wait."""
        return len(self._waiting)

    def submit(self, what: Hashable, work: Callable[[], object], text: str = "", before: str | None = None) -> bool:
        """Make a change, behind those that wait; it waits as well where the disk refuses it.

        Args:
            what: names the change; a newer one of the same name takes the place of one that waits.
            work: makes the change, and shows it.
            text: what was typed for it.
            before: the text that this was typed over.

        Returns:
            Whether it is in the store.
        """
        self._waiting[what] = _Waiting(work, text, before)
        refused = self._flush()
        return what not in self._waiting and what not in refused

    def retry(self) -> bool:
        """Try what waits again; returns whether nothing waits any more."""
        self._flush()
        return not self._waiting

    def pending_text(self, what: Hashable) -> str | None:
        """What was typed for a change that waits; None where it does not wait."""
        found = self._waiting.get(what)
        return found.text if found else None

    def before_of(self, what: Hashable) -> str | None:
        """The text that a change that waits was typed over; None where it does not wait."""
        found = self._waiting.get(what)
        return found.before if found else None

    def may_quit(self) -> bool:
        """Whether the program may be left: nothing waits, or it was asked for again after being told what does."""
        if self.retry() or self._warned == self.count:
            return True
        self._warned = self.count
        self._desk.notify_status(f"{self._count()}; the same key again leaves without", hint=_TRY_AGAIN, fault=True)
        return False

    def badge(self) -> Content:
        """What is to be seen as long as it is so; empty where all is well."""
        if self._waiting:
            return Content.styled(sanitise_line(self._count()), "bold $error") + "  "
        return Content.styled("read-only  ", "bold $warning") if self._desk.session.read_only else Content("")

    def _count(self) -> str:
        return f"{self.count} change{'' if self.count == 1 else 's'} not saved"

    def _flush(self) -> set[Hashable]:
        """Do what waits, as far as it can be done; returns what can never be done."""
        refused: set[Hashable] = set()
        while self._waiting:
            what = next(iter(self._waiting))
            change = self._waiting.pop(what)
            try:
                change.work()
            except _PASSING as fault:
                self._waiting = {what: change, **self._waiting}
                self._desk.notify_status(
                    status_text.told_shortly(fault, self._desk.session.paths.data), hint=_TRY_AGAIN, fault=True
                )
                break
            except ReadlistError as fault:
                self._desk.notify_status(status_text.error_text(fault), fault=True)
                refused.add(what)
        return refused
