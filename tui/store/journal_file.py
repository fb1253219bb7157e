"""The journal as a file: how much of it was read, and how to append to it durably."""

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
    """A journal file that was read up to some good line.

    Attributes:
        path: the file.
        lines: how many lines were read.
        end: offset after them.
        needs_rewrite: whether a sync failed, so that the file has to be read again and rewritten.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = self.end = 0
        self.needs_rewrite = False
        self._last = 0
        self._header = b""
        self._handle: int | None = None

    def read(self) -> bytes | None:
        """Read the whole file; None if there is none."""
        return disk.read(self.path)

    def adopt(self, scan: JournalScan) -> None:
        """Start over with the lines that a scan of the whole file found."""
        self.lines = self.end = self._last = 0
        self._header = b""
        self.advance(scan)

    def skip(self, data: bytes) -> None:
        """Skip all bytes of the file. They have to be cut off before a line is appended."""
        self.lines = self._last = 0
        self._header, self.end = data[: journal_format.HEADER_SIZE], len(data)

    def read_new(self) -> JournalScan | None:
        """Scan the lines after those read; None if those are gone (rolled back, or moved to the checkpoint).

        Raises:
            StoreDamagedError: the file disappeared.
        """
        data = disk.read(self.path, self._last)
        if data is None and self.end:
            raise StoreDamagedError(
                f"{self.path} disappeared while it was in use",
                "put it back (the running programs still have its contents)",
            )
        data, read = data or b"", self.end - self._last
        return journal_format.scan(data[read:]) if len(data) >= read and data.startswith(self._header) else None

    def advance(self, scan: JournalScan) -> None:
        """Count the lines that :meth:`read_new` found as read."""
        if scan.transactions:
            self._last, self._header = self.end + scan.last, scan.header
            self.lines += len(scan.transactions)
            self.end += scan.end

    def create_if_missing(self) -> None:
        """Create the file if there is none."""
        if disk.read(self.path, limit=0) is None:
            disk.create(self.path, b"")

    def append(self, line: bytes) -> JournalScan:
        """Append a line, and return its scan once it is on the disk.

        Raises:
            OSError: the line was rolled back, as far as the disk allowed it.
        """
        handle = self._append_handle()
        try:
            disk.write(handle, line)
        except OSError:
            self._roll_back(handle)
            raise
        try:
            disk.sync(handle)
        except OSError:
            self.needs_rewrite = True
            self._roll_back(handle)
            self.close()
            raise
        scan = journal_format.scan(line)
        self.advance(scan)
        return scan

    def set_torn_line_aside(self) -> str | None:
        """Move the bytes after the lines read to another file; return a notice if there were any.

        Raises:
            WriteError: the disk refused; nothing was cut off.
        """
        rest = disk.read(self.path, self.end)
        if not rest:
            return None
        target = disk.next_free(self.path, JournalFault.TORN.value)
        with disk.translate_errors(target):
            disk.create(target, rest)
        with disk.translate_errors(self.path):
            disk.truncate(self._append_handle(), self.end)
        return (
            f"set the incomplete last line of {self.path.name} aside as {target.name} "
            f"({len(rest)} bytes of an interrupted save; all lines before it are intact)"
        )

    def empty(self) -> None:
        """Remove all lines, durably.

        Raises:
            OSError: the lines may still be there or not.
        """
        handle = self._append_handle()
        disk.truncate(handle, 0)
        try:
            disk.sync(handle)
        except OSError:
            self.close()
            raise
        self.adopt(journal_format.EMPTY_SCAN)
        self.needs_rewrite = False

    def close(self) -> None:
        """Close the handle of the file."""
        if self._handle is not None:
            disk.close(self._handle)
            self._handle = None

    def _roll_back(self, handle: int) -> None:
        # If even this fails, the next transaction finds the incomplete line and sets it aside.
        with suppress(OSError):
            disk.truncate(handle, self.end)

    def _append_handle(self) -> int:
        if self._handle is not None and not disk.is_open_at(self._handle, self.path):
            self.close()
        if self._handle is None:
            self.create_if_missing()
            self._handle = disk.open_for_appending(self.path)
            if disk.has_another_name(self._handle):
                self.close()
                disk.replace(self.path, [self.read() or b""], follow=True)
                self._handle = disk.open_for_appending(self.path)
        return self._handle
