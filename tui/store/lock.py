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

from tui.errors import ReadlistError, StoreBusyError, WriteError
from tui.store import disk
from tui.store.lock_queue import LockQueue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WAIT = 5.0
_WAITS = 6
_PAUSE = 0.0005
_NOTE = re.compile(rb"(\d+) (\S+) (\d+)\n")


class Lock:
    """The lock of one store.

    Attributes:
        path: the lock file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._folder = path.parent
        self._handle: int | None = None
        self._line = LockQueue(path.parent)
        self._depth = 0
        self._signature = f"{os.getpid()} {datetime.now(UTC).isoformat(timespec='seconds')}".encode()

    @contextmanager
    def held(self, wait: float = WAIT) -> Iterator[None]:
        """Hold the lock; may be nested.

        Args:
            wait: seconds to wait for a process that does not go on. While others write, one after another, six times
                as long.

        Raises:
            StoreBusyError: others held it all that time.
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
        return _sequence_in(self._note())

    def set_high_water(self, sequence: int) -> None:
        """Note how far the store has come; by the holder of the lock, when it is on the disk.

        The note itself is not synced: it may be lost, and is then too low, never too high.
        """
        if self._handle is not None:
            self._sign(sequence, b"")

    def close(self) -> None:
        """Give the handles back."""
        self._let_go()
        self._line.close()

    def _take(self, wait: float) -> None:
        with disk.translate_errors(self.path):
            self._open()
            patience = _Deadline(wait, self._note, self._folder)
            try:
                self._line.wait_turn(patience)
                while not self._try():
                    patience()
                    time.sleep(_PAUSE)
            except StoreBusyError:
                # Who is before us in the line may have been stopped there, while nobody holds the lock.
                if not self._try():
                    raise
            finally:
                self._line.leave()

    def _open(self) -> int:
        if self._handle is None:
            disk.make_folder(self._folder)
            self._handle = disk.open_lock(self.path)
        return self._handle

    def _try(self) -> bool:
        handle = self._open()
        try:
            if not disk.try_lock(handle):
                return False
        except OSError as fault:
            raise WriteError(
                f"The file system of {self._folder} has no locks: {fault.strerror}.",
                "Keep the store on a local disk: without locks two programs could overwrite each other.",
            ) from fault
        try:
            if disk.is_open_at(handle, self.path):
                note = disk.read_lock_note(handle)
                if disk.has_another_name(handle):
                    # Who waits for the old file finds, when it is his, that it is no longer the one.
                    disk.replace(self.path, [note] if _NOTE.fullmatch(note) else ())
                    self._let_go()
                    return False
                self._sign(_sequence_in(note), note)
                return True
        except BaseException:
            self._let_go()
            raise
        # Somebody deleted the file: a lock on it would exclude nobody.
        self._let_go()
        return False

    def _sign(self, sequence: int, over: bytes) -> None:
        """Say who holds the lock and how far the store has come, where another note says something else."""
        note = b"%s %d\n" % (self._signature, sequence)
        if note != over and self._handle is not None:
            # The number only grows: a rest of the note before has to be cut off only where somebody else wrote it.
            disk.write_lock_note(self._handle, note, cut=len(over) > len(note))

    def _note(self) -> bytes:
        with suppress(ReadlistError):
            return disk.read(self.path, limit=disk.NOTE_LIMIT) or b""
        return b""

    def _let_go(self) -> None:
        if self._handle is not None:
            disk.close(self._handle)
            self._handle = None


class _Deadline:
    """Lasts while something goes on: every holder writes into the lock file who it is and how far it came."""

    def __init__(self, seconds: float, note: Callable[[], bytes], folder: Path) -> None:
        self._seconds = seconds
        self._note = note
        self._folder = folder
        self._seen: bytes | None = None
        self._began = time.monotonic()
        self._moved = self._began

    def __call__(self) -> None:
        """Wait on.

        Raises:
            StoreBusyError: nothing went on for so many seconds, or others were served six times as long.
        """
        now, note = time.monotonic(), self._note()
        if note != self._seen:
            # What it says at the first look is no news.
            self._moved = self._began if self._seen is None else now
            self._seen = note
        if now - self._moved >= self._seconds:
            raise StoreBusyError(
                f"Another readlist ({_who(note)}) is writing to {self._folder} and does not finish.",
                "Try again in a moment; if that process hangs, end it. Its lock ends with it.",
            )
        if now - self._began >= self._seconds * _WAITS:
            raise StoreBusyError(
                f"Other readlists (the last one: {_who(note)}) write to {self._folder} all the time.",
                "Nothing was changed. Try again when there are fewer of them.",
            )


def _sequence_in(note: bytes) -> int:
    found = _NOTE.match(note)
    return int(found[3]) if found else 0


def _who(note: bytes) -> str:
    found = _NOTE.match(note)
    if found is None:
        return "a process that left no name"
    return f"process {found[1].decode()}, started {found[2].decode(errors='replace')}"
