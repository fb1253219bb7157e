"""The line of those who wait for the lock, so that who came first is served first.

Whoever just gave a lock back would mostly get it again, and one of many writers could wait for ever. So who waits for
the lock itself holds a lock on the folder, and all others wait for that one; the kernel serves them in the order they
came. It knows no deadline, hence a thread. Must not know what is locked.
"""

from __future__ import annotations

from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from tui.store import disk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LOOK = 0.05


class LockQueue:
    """The line before the lock of one folder.

    Args:
        folder: it must exist when somebody stands in the line.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handle: int | None = None

    def wait_turn(self, persevere: Callable[[], None]) -> None:
        """Return when this process is the first in the line.

        Args:
            persevere: called now and then while others are before us; raises where waiting shall end.

        Raises:
            OSError: the folder cannot be opened.
        """
        if self._handle is None:
            self._handle = disk.open_folder(self._folder)
        try:
            if disk.try_lock(self._handle):
                return
        except OSError:
            # Some file systems lock no folders; the line is for fairness only.
            return
        persevere()
        place = _Ticket(self._folder)
        try:
            while not place.is_first(_LOOK):
                persevere()
        except BaseException:
            place.give_up()
            raise
        disk.close(self._handle)
        self._handle = place.handle

    def leave(self) -> None:
        """Let the next one be the first."""
        if self._handle is not None:
            disk.unlock(self._handle)

    def close(self) -> None:
        """Give the handle back."""
        if self._handle is not None:
            disk.close(self._handle)
            self._handle = None


class _Ticket:
    """One who waits, in a thread that may outlive the waiting and then lets the next one pass.

    Attributes:
        handle: holds the lock once this is the first place.
    """

    def __init__(self, folder: Path) -> None:
        self.handle = disk.open_folder(folder)
        self._first = Event()
        self._guard = Lock()
        self._given_up = False
        Thread(target=self._wait, name="readlist-line", daemon=True).start()

    def is_first(self, seconds: float) -> bool:
        return self._first.wait(seconds)

    def give_up(self) -> None:
        with self._guard:
            self._given_up = True
            if self._first.is_set():
                disk.close(self.handle)

    def _wait(self) -> None:
        disk.wait_for_lock(self.handle)
        with self._guard:
            if self._given_up:
                disk.close(self.handle)
            else:
                self._first.set()
