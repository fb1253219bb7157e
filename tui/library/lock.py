"""One writer at a time: an advisory lock of the kernel on a file that is never deleted.

The lock is not on a store file itself, which is replaced and would take its lock with it. The file says who holds the
lock, and how far the store has come: a store that is behind that mark has lost something, however sound it looks.
Must not know what is written under the lock.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.errors import CannotWriteError, ReadlistError, StoreBusyError
from tui.library import disk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WAIT = 5.0
_PAUSE_IN_LINE = 0.005
_PAUSE_AT_ITS_HEAD = 0.0005
_LINE = re.compile(rb"(\d+) (\S+) (\d+)\n")


class Lock:
    """The lock of one store.

    Attributes:
        path: the lock file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None
        self._line: int | None = None
        self._depth = 0
        self._signature = f"{os.getpid()} {datetime.now(UTC).isoformat(timespec='seconds')}"

    @contextmanager
    def held(self, wait: float = WAIT) -> Iterator[None]:
        """Hold the lock; may be nested.

        Args:
            wait: seconds to wait for another process.

        Raises:
            StoreBusyError: another process held it all that time.
            CannotWriteError: the folder cannot be made, or its file system has no locks.
        """
        if not self._depth:
            self._take(wait)
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if not self._depth and self._handle is not None:
                disk.unlock(self._handle)

    def high_water(self) -> int:
        """Number of a transaction that certainly was on the disk once; 0 where nothing is known of any."""
        found = self._line_in_it()
        return int(found[3]) if found else 0

    def set_high_water(self, sequence: int) -> None:
        """Note how far the store has come; by the holder of the lock, when it is on the disk.

        The note itself is not synced: it may be lost, and is then too low, never too high.
        """
        if self._handle is not None:
            disk.sign(self._handle, f"{self._signature} {sequence}\n")

    def close(self) -> None:
        """Give the handles back."""
        self._let_go()
        if self._line is not None:
            disk.close(self._line)
            self._line = None

    def _take(self, wait: float) -> None:
        with disk.writing(self.path):
            disk.make_folder(self.path.parent)
            if self._line is None:
                self._line = disk.open_folder(self.path.parent)
            deadline = time.monotonic() + wait
            try:
                self._until(deadline, self._stand_in_line, _PAUSE_IN_LINE)
                self._until(deadline, self._try, _PAUSE_AT_ITS_HEAD)
            finally:
                disk.unlock(self._line)

    def _until(self, deadline: float, succeeds: Callable[[], bool], pause: float) -> None:
        while not succeeds():
            if time.monotonic() >= deadline:
                raise StoreBusyError(
                    f"Another readlist ({self._holder()}) is writing to {self.path.parent} and does not finish.",
                    "Try again in a moment; if that process hangs, end it. Its lock ends with it.",
                )
            time.sleep(pause)

    def _stand_in_line(self) -> bool:
        """Be the one who waits for the lock; without a line, who just gave it back would mostly get it again."""
        try:
            return self._line is None or disk.try_lock(self._line)
        except OSError:
            # Some file systems lock no folders; the line is for fairness only.
            return True

    def _try(self) -> bool:
        if self._handle is None:
            self._handle = disk.open_lock(self.path)
        try:
            if not disk.try_lock(self._handle):
                return False
        except OSError as fault:
            raise CannotWriteError(
                f"The file system of {self.path.parent} has no locks: {fault.strerror}.",
                "Keep the store on a local disk: without locks two programs could overwrite each other.",
            ) from fault
        try:
            if disk.is_open_at(self._handle, self.path):
                self.set_high_water(self.high_water())
                return True
        except BaseException:
            self._let_go()
            raise
        # Somebody deleted the file: a lock on it would exclude nobody.
        self._let_go()
        return False

    def _line_in_it(self) -> re.Match[bytes] | None:
        with suppress(ReadlistError):
            return _LINE.match(disk.read(self.path, limit=100) or b"")
        return None

    def _let_go(self) -> None:
        if self._handle is not None:
            disk.close(self._handle)
            self._handle = None

    def _holder(self) -> str:
        found = self._line_in_it()
        if found is None:
            return "a process that left no name"
        return f"process {found[1].decode()}, started {found[2].decode(errors='replace')}"
