"""The lock that allows one writer at a time: an advisory lock of the kernel on a file that is never deleted.

The lock is not on a file of the store itself, because replacing the file would drop the lock. The lock file names the
holder and the last sequence number on the disk (the high-water mark): a store with a lower number has lost changes,
even if it looks sound.
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

#: Seconds to wait for a holder that makes no progress.
WAIT = 5.0
# How many times as long to wait while other holders make progress.
_BUSY_FACTOR = 6
_POLL_SECONDS = 0.0005
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
        self._queue = LockQueue(path.parent)
        self._depth = 0
        self._holder = f"{os.getpid()} {datetime.now(UTC).isoformat(timespec='seconds')}".encode()

    @contextmanager
    def held(self, wait: float = WAIT) -> Iterator[None]:
        """Hold the lock; may be nested.

        Args:
            wait: seconds to wait for a holder that makes no progress. While others write in turn, six times as long.

        Raises:
            StoreBusyError: other processes held it all that time.
            WriteError: the folder cannot be created, or its file system has no locks.
        """
        if not self._depth:
            self._acquire(wait)
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if not self._depth and self._handle is not None:
                disk.unlock(self._handle)

    def high_water(self) -> int:
        """Number of a transaction that certainly was on the disk once; 0 if none is known."""
        return _sequence_in(self._note())

    def set_high_water(self, sequence: int) -> None:
        """Note the number of the last transaction on the disk; by the holder of the lock.

        The note itself is not synced: if it is lost, the mark is too low, but never too high.
        """
        if self._handle is not None:
            self._write_note(sequence, b"")

    def close(self) -> None:
        """Close the handles."""
        self._close_handle()
        self._queue.close()

    def _acquire(self, wait: float) -> None:
        with disk.translate_errors(self.path):
            self._open()
            deadline = _Deadline(wait, self._note, self._folder)
            try:
                self._queue.wait_turn(deadline.check)
                while not self._try_acquire():
                    deadline.check()
                    time.sleep(_POLL_SECONDS)
            except StoreBusyError:
                # The process before this one in the queue may be suspended, while nobody holds the lock.
                if not self._try_acquire():
                    raise
            finally:
                self._queue.leave()

    def _open(self) -> int:
        if self._handle is None:
            disk.make_folder(self._folder)
            self._handle = disk.open_lock(self.path)
        return self._handle

    def _try_acquire(self) -> bool:
        handle = self._open()
        try:
            if not disk.try_lock(handle):
                return False
        except OSError as error:
            raise WriteError(
                f"the file system of {self._folder} does not support locks: {error.strerror}",
                "keep the data folder on a local disk, because without locks two programs could overwrite "
                "each other's changes",
            ) from error
        try:
            if disk.is_open_at(handle, self.path):
                note = disk.read_lock_note(handle)
                if disk.has_another_name(handle):
                    # A process that waits for the old file notices, once it has the lock, that the file was replaced.
                    disk.replace(self.path, [note] if _NOTE.fullmatch(note) else ())
                    self._close_handle()
                    return False
                self._write_note(_sequence_in(note), note)
                return True
        except BaseException:
            self._close_handle()
            raise
        # The file was deleted or replaced: a lock on it would exclude nobody.
        self._close_handle()
        return False

    def _write_note(self, sequence: int, old: bytes) -> None:
        """Note the holder of the lock and the high-water mark, unless the old note has the same."""
        note = b"%s %d\n" % (self._holder, sequence)
        if note != old and self._handle is not None:
            # The number only grows, so the old note can be longer only if another process wrote it.
            disk.write_lock_note(self._handle, note, shorten=len(old) > len(note))

    def _note(self) -> bytes:
        with suppress(ReadlistError):
            return disk.read(self.path, limit=disk.NOTE_LIMIT) or b""
        return b""

    def _close_handle(self) -> None:
        if self._handle is not None:
            disk.close(self._handle)
            self._handle = None


class _Deadline:
    """Timeout that restarts when the note in the lock file changes, because then its holders make progress."""

    def __init__(self, seconds: float, note: Callable[[], bytes], folder: Path) -> None:
        self._seconds = seconds
        self._note = note
        self._folder = folder
        self._last_note: bytes | None = None
        self._started = time.monotonic()
        self._last_progress = self._started

    def check(self) -> None:
        """Return if waiting may continue.

        Raises:
            StoreBusyError: no holder made progress for the timeout, or the total wait is too long.
        """
        now, note = time.monotonic(), self._note()
        if note != self._last_note:
            # The first note that is read does not count as progress.
            self._last_progress = self._started if self._last_note is None else now
            self._last_note = note
        if now - self._last_progress >= self._seconds:
            raise StoreBusyError(
                f"another instance of readlist ({_describe_holder(note)}) has been writing to {self._folder} "
                "for too long",
                "try again in a moment, or end that process if it is stuck (this also releases its lock)",
            )
        if now - self._started >= self._seconds * _BUSY_FACTOR:
            raise StoreBusyError(
                f"other readlist processes (last: {_describe_holder(note)}) keep writing to {self._folder}",
                "try again when fewer of them are running (nothing was changed)",
            )


def _sequence_in(note: bytes) -> int:
    match = _NOTE.match(note)
    return int(match[3]) if match else 0


def _describe_holder(note: bytes) -> str:
    match = _NOTE.match(note)
    if match is None:
        return "unknown process"
    return f"process {match[1].decode()}, started {match[2].decode(errors='replace')}"
