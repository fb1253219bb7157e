"""The journal as a file: how far it was read, and appending to it durably. Must not know what its lines mean."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tui.errors import StoreDamagedError
from tui.store import disk, journal_format
from tui.store.journal_format import JournalFault

if TYPE_CHECKING:
    from pathlib import Path

    from tui.store.journal_format import JournalScan


class JournalFile:
    """One journal file, known up to a good line.

    Attributes:
        path: the file.
        lines: how many lines are known.
        end: offset behind them.
        unsure: a sync has failed: what is on the disk has to be read again and written anew.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = self.end = 0
        self.unsure = False
        self._last = 0
        self._heading = b""
        self._handle: int | None = None

    def read(self) -> bytes | None:
        """All of the file; None where there is none."""
        return disk.read(self.path)

    def adopt(self, scan: JournalScan) -> None:
        """Know the lines that a scan of the whole file found."""
        self.lines = self.end = self._last = 0
        self._heading = b""
        self.advance(scan)

    def skip(self, data: bytes) -> None:
        """Know all bytes of the file as ones that say nothing; they have to be cut off before something is added."""
        self.lines = self._last = 0
        self._heading, self.end = data[: journal_format.HEADING], len(data)

    def read_on(self) -> JournalScan | None:
        """The lines behind the known ones; None where those are no longer there (taken back, or folded away).

        Raises:
            StoreDamagedError: the file vanished.
        """
        data = disk.read(self.path, self._last)
        if data is None and self.end:
            raise StoreDamagedError(
                f"{self.path} vanished while it was in use.",
                "Put it back; what it held is still in the programs that are running.",
            )
        data, known = data or b"", self.end - self._last
        return journal_format.scan(data[known:]) if len(data) >= known and data.startswith(self._heading) else None

    def advance(self, scan: JournalScan) -> None:
        """Know the lines that :meth:`read_on` found, too."""
        if scan.transactions:
            self._last, self._heading = self.end + scan.last, scan.heading
            self.lines += len(scan.transactions)
            self.end += scan.end

    def begin(self) -> None:
        """Make the file where there is none."""
        if disk.read(self.path, limit=0) is None:
            disk.create(self.path, b"")

    def append(self, line: bytes) -> JournalScan:
        """Write a line behind the known ones; return what it says when it is on the disk.

        Raises:
            OSError: the line has been taken back, as far as the disk lets that be done.
        """
        handle = self._appending()
        try:
            disk.write(handle, line)
        except OSError:
            self._take_back(handle)
            raise
        try:
            disk.sync(handle)
        except OSError:
            self.unsure = True
            self._take_back(handle)
            self.close()
            raise
        scan = journal_format.scan(line)
        self.advance(scan)
        return scan

    def set_torn_line_aside(self) -> str | None:
        """Move what stands behind the known lines into a file of its own; say so, if there was something.

        Raises:
            CannotWriteError: the disk refused; nothing was cut off.
        """
        rest = disk.read(self.path, self.end)
        if not rest:
            return None
        place = disk.next_free(self.path, JournalFault.TORN.value)
        with disk.translate_errors(place):
            disk.create(place, rest)
        with disk.translate_errors(self.path):
            disk.truncate(self._appending(), self.end)
        return (
            f"The last line of {self.path.name} was incomplete ({len(rest)} bytes of an interrupted save); "
            f"it was set aside as {place.name}, and the {self.lines} lines before it are good."
        )

    def empty(self) -> None:
        """Cut every line off, durably.

        Raises:
            OSError: the lines may be there or not.
        """
        handle = self._appending()
        disk.truncate(handle, 0)
        try:
            disk.sync(handle)
        except OSError:
            self.close()
            raise
        self.adopt(journal_format.NOTHING)
        self.unsure = False

    def close(self) -> None:
        """Give the file's handle back."""
        if self._handle is not None:
            disk.close(self._handle)
            self._handle = None

    def _take_back(self, handle: int) -> None:
        # Where even this fails, the next transaction finds the incomplete line and sets it aside.
        with suppress(OSError):
            disk.truncate(handle, self.end)

    def _appending(self) -> int:
        if self._handle is not None and not disk.is_open_at(self._handle, self.path):
            self.close()
        if self._handle is None:
            self.begin()
            self._handle = disk.open_for_appending(self.path)
            if disk.has_another_name(self._handle):
                self.close()
                disk.replace(self.path, [self.read() or b""], follow=True)
                self._handle = disk.open_for_appending(self.path)
        return self._handle
