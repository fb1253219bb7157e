"""TinyDB's storage over a checkpoint and a journal: a transaction costs one appended line, however large the store.

Extends TinyDB where its documentation says to (a ``Storage`` subclass). The decoded tables stay in memory; a line is
appended and synced first and applied second, from the very bytes that were written. Other processes append to the
same journal: every transaction first reads what they wrote, under the lock. Must not know what the documents mean.
"""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tinydb.storages import Storage

from tui.errors import CannotWriteError, ReadlistError, StoreBusyError, StoreDamagedError
from tui.library import backup, checkpoint, disk, journal
from tui.library.journal import Fault, Transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tui.library.checkpoint import Document, Tables
    from tui.library.journal import Scan
    from tui.library.lock import Lock

_LINES_BEFORE_COMPACTION = 500
_BYTES_BEFORE_COMPACTION = 4 << 20
_READINGS = 20
_PAUSE = 0.005


class JournalStorage(Storage):
    """All tables of ``<name>.json`` and of the lines of ``<name>.journal`` behind it.

    Attributes:
        path: the checkpoint.
        journal: the journal.
        sequence: number of the last transaction in memory.
        revision: grows whenever the tables in memory change.
        foreign: grows whenever another process changed them.
        notices: sentences a person should see.
        heard: called with every transaction applied and whether it is our own, or with None where all was read anew.
    """

    def __init__(self, path: Path, lock: Lock) -> None:
        """Read the store.

        Raises:
            StoreDamagedError: it cannot be trusted.
        """
        self.path = path
        self.journal = path.with_suffix(".journal")
        self.sequence = 0
        self.revision = 0
        self.foreign = 0
        self.notices: list[str] = []
        self.heard: Callable[[Transaction | None, bool], None] = _nobody
        self._lock = lock
        self._tables: Tables = {}
        self._identity: bytes | None = None
        self._last = self._end = self._lines = 0
        self._heading = b""
        self._handle: int | None = None
        self._staged: dict[str, dict[str, Document | None]] | None = None
        self._dropped: list[str] = []
        self._unsure = False
        self._torn = False
        self._load(locked=False)
        if self._torn:
            self._set_torn_line_aside()

    # What TinyDB asks of a storage

    def read(self) -> Tables | None:
        """All tables, with what the running transaction has staged; the tables themselves are the storage's own."""
        if self._identity is None and not self._staged:
            return None
        tables = {name: table for name, table in self._tables.items() if name not in self._dropped}
        for name, changes in (self._staged or {}).items():
            merged = {**tables.get(name, {}), **changes}
            tables[name] = {key: document for key, document in merged.items() if document is not None}
        return tables

    def write(self, data: Mapping[str, Mapping[str, Document]]) -> None:
        """Make the tables be ``data``; only what differs goes to disk."""
        with self.transaction():
            present = self.read() or {}
            for name in present.keys() - data.keys():
                self.drop(name)
            for name, table in data.items():
                old = present.get(name, {})
                changes: dict[str, Document | None] = dict.fromkeys(old.keys() - table.keys())
                changes |= {key: document for key, document in table.items() if old.get(key) != document}
                if changes or name not in present:
                    self.stage(name, changes)

    def close(self) -> None:
        """Give the journal's handle back; everything has been on disk since its transaction."""
        if self._handle is not None:
            disk.close(self._handle)
            self._handle = None

    # Transactions

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything staged inside becomes one line, or nothing where the body raises. May be nested.

        Raises:
            CannotWriteError: the disk refused; nothing changed.
            StoreBusyError: another process holds the lock.
            StoreDamagedError: what other processes left cannot be trusted.
        """
        if self._staged is not None:
            yield
            return
        self.refuse_if_read_only()
        with self._lock.held():
            self.catch_up(locked=True)
            self._staged = {}
            try:
                yield
                staged, dropped = self._staged, tuple(self._dropped)
            finally:
                self._staged = None
                self._dropped = []
            if staged or dropped:
                self._append(Transaction(self.sequence + 1, staged, dropped))

    def stage(self, table: str, changes: Mapping[str, Document | None]) -> None:
        """Add documents to the running transaction; None removes one. An empty mapping makes an empty table."""
        if self._staged is None:
            raise RuntimeError("documents are staged inside a transaction")
        self._staged.setdefault(table, {}).update(changes)

    def drop(self, table: str) -> None:
        """Remove a whole table in the running transaction."""
        if self._staged is None:
            raise RuntimeError("tables are dropped inside a transaction")
        self._staged.pop(table, None)
        self._dropped.append(table)

    def table(self, name: str) -> Mapping[str, Document]:
        """The documents of one table, not a copy, unless the running transaction has changed it."""
        if self._staged is not None and (name in self._staged or name in self._dropped):
            return (self.read() or {}).get(name, {})
        return self._tables.get(name, {})

    def has_table(self, name: str) -> bool:
        """Whether the table exists, be it empty."""
        return name in (self._staged or ()) or (name in self._tables and name not in self._dropped)

    @property
    def read_only(self) -> bool:
        """Whether the store can only be read: its folder or one of its files is write-protected."""
        return not all(disk.is_writable(path) for path in (self.path.parent, self.path, self.journal))

    def refuse_if_read_only(self) -> None:
        """Raise CannotWriteError where the store can only be read."""
        for path in (self.path.parent, self.path, self.journal):
            if not disk.is_writable(path):
                raise CannotWriteError(
                    f"{path} is write-protected.",
                    "Nothing was changed. Make it writable, or choose another folder with --data.",
                )

    # Reading what is on disk

    def catch_up(self, *, locked: bool = False) -> None:
        """Apply what other processes wrote since the last look. Without the lock an unfinished line is not there yet.

        Raises:
            StoreDamagedError: what is on disk cannot be trusted; memory stays as it was.
        """
        if self._unsure or disk.read(self.path, limit=checkpoint.IDENTITY) != self._identity:
            self._load(locked=locked)
        elif self._identity is not None:
            self._read_on(locked=locked)
        if locked and self._torn:
            self._cut_torn_line()
        if locked and self._unsure:
            self._compact()
            self._unsure = False

    def _read_on(self, *, locked: bool) -> None:
        data = disk.read(self.journal, self._last)
        if data is None and self._end:
            raise StoreDamagedError(
                f"{self.journal} vanished while it was in use.",
                "Put it back; what it held is still in the programs that are running.",
            )
        if not (data or b"").startswith(self._heading):
            self._load(locked=locked)
            return
        base = self._last
        scan = journal.scan((data or b"")[self._end - base :])
        if not _continues(self.sequence, scan):
            self._load(locked=locked)
            return
        self._torn = scan.fault is Fault.TORN
        if not scan.transactions:
            return
        self.foreign += 1
        self._lines += len(scan.transactions)
        heading = (data or b"")[self._end - base + scan.last :][: journal.HEADING]
        self._advance(self._end + scan.last, self._end + scan.end, heading)
        for transaction in scan.transactions:
            self._apply(transaction)

    def _load(self, *, locked: bool) -> None:
        """Read checkpoint and journal such that they belong together, and only then let go of what was in memory."""
        fault: ReadlistError = StoreBusyError(f"{self.path} changes faster than it can be read.", "Try again.")
        for _ in range(_READINGS):
            whole = disk.read(self.path)
            data = disk.read(self.journal)
            if disk.read(self.path, limit=checkpoint.IDENTITY) != (whole and whole[: checkpoint.IDENTITY]):
                continue
            if whole is None:
                self._expect_nothing(data)
                return
            base = checkpoint.unpack(whole, self.path)
            scan = journal.scan(data or b"")
            if _continues(base.sequence, scan):
                self._adopt(base, data, scan)
                return
            fault = self._misfit(scan)
            if locked:
                break
            # A writer that is just taking back a failed line can look like damage to a reader without the lock.
            time.sleep(_PAUSE)
        raise fault

    def _misfit(self, scan: Scan) -> StoreDamagedError:
        if scan.fault is Fault.DAMAGED:
            what = f"line {len(scan.transactions) + 1} is not as it was written"
        else:
            what = f"it does not continue {self.path.name}, changes are missing"
        return StoreDamagedError(f"{self.journal} is damaged: {what}.", checkpoint.REPAIR_HINT)

    def _expect_nothing(self, data: bytes | None) -> None:
        """There is no checkpoint: fine where there never was one, damage everywhere else."""
        if data or self._identity is not None or backup.present(self.path):
            raise StoreDamagedError(
                f"{self.path} is missing, and something else of the store is there or was.", checkpoint.REPAIR_HINT
            )

    def _adopt(self, base: checkpoint.Checkpoint, data: bytes | None, scan: Scan) -> None:
        if data is None:
            self.notices.append(
                f"{self.journal.name} was missing: changes made after {self.path.name} was last written are not here."
            )
        again = self._identity is not None
        self._tables, self._identity, self.sequence = base.tables, base.identity, base.sequence
        self._torn = scan.fault is Fault.TORN
        self._lines = 0
        self._advance(scan.last, scan.end, (data or b"")[scan.last : scan.end][: journal.HEADING])
        hearer, self.heard = self.heard, _nobody
        for transaction in scan.transactions:
            self._lines += 1
            # A crash between writing a checkpoint and emptying the journal leaves lines that are in both.
            if transaction.sequence > base.sequence:
                self._apply(transaction)
        self.heard = hearer
        self.revision += 1
        self.foreign += again
        self.heard(None, False)

    def _advance(self, last: int, end: int, heading: bytes) -> None:
        self._last, self._end, self._heading = last, end, heading

    def _apply(self, transaction: Transaction, own: bool = False) -> None:
        journal.apply(transaction, self._tables)
        self.sequence = transaction.sequence
        self.revision += 1
        self.heard(transaction, own)

    def _set_torn_line_aside(self) -> None:
        """At opening: mend an interrupted save now, unless somebody is just writing or nobody may."""
        if self.read_only:
            self.notices.append(
                f"The last line of {self.journal.name} is incomplete (an interrupted save); left there."
            )
            return
        with suppress(ReadlistError), self._lock.held(wait=0):
            self.catch_up(locked=True)

    def _cut_torn_line(self) -> None:
        rest = disk.read(self.journal, self._end) or b""
        if rest:
            place = disk.next_free(self.journal, Fault.TORN.value)
            with disk.writing(place):
                disk.create(place, rest)
            with disk.writing(self.journal):
                disk.cut(self._journal_handle(), self._end)
            self.notices.append(
                f"The last line of {self.journal.name} was incomplete ({len(rest)} bytes of an interrupted save); "
                f"it was set aside as {place.name}, and the {self._lines} lines before it are good."
            )
        self._torn = False

    # Writing

    def _append(self, transaction: Transaction) -> None:
        line = journal.pack(transaction)
        with disk.writing(self.journal):
            if self._identity is None:
                self._begin()
            handle = self._journal_handle()
            try:
                disk.write(handle, line)
            except OSError:
                self._take_back(handle)
                raise
            try:
                disk.sync(handle)
            except OSError:
                # The handle must not be synced again, and what it wrote is anybody's guess: read the disk before
                # anything else, and write everything anew.
                self._unsure = True
                self._take_back(handle)
                self.close()
                raise
        self._lines += 1
        self._advance(self._end, self._end + len(line), line[: journal.HEADING])
        written = journal.unpack(line[:-1])
        if written is None:
            raise RuntimeError("a journal line cannot be read back")
        self._apply(written, own=True)

    def _take_back(self, handle: int) -> None:
        # Where even this fails, the next transaction finds the incomplete line and sets it aside.
        with suppress(OSError):
            disk.cut(handle, self._end)

    def _begin(self) -> None:
        """Make the files of a store that never was. The empty journal comes first: alone, it is no sign of a loss."""
        if disk.read(self.journal) is None:
            disk.create(self.journal, b"")
        parts = checkpoint.pack(self.sequence, self._tables)
        disk.replace(self.path, parts)
        self._identity = parts[0]

    def _journal_handle(self) -> int:
        if self._handle is not None and not disk.is_open_at(self._handle, self.journal):
            self.close()
        if self._handle is None:
            if disk.read(self.journal, limit=0) is None:
                disk.create(self.journal, b"")
            self._handle = disk.open_for_appending(self.journal)
        return self._handle

    # Compaction

    @property
    def wants_compaction(self) -> bool:
        """Whether the journal is long enough to be worth folding into the checkpoint."""
        return self._lines > _LINES_BEFORE_COMPACTION or self._end > _BYTES_BEFORE_COMPACTION

    def compact(self) -> None:
        """Write everything as a new checkpoint, keep a verified copy of it as a backup, and empty the journal.

        Raises:
            CannotWriteError: the disk refused; the store is as good as before.
        """
        if self._identity is None:
            return
        self.refuse_if_read_only()
        with self._lock.held():
            self.catch_up(locked=True)
            self._compact()

    def _compact(self) -> None:
        self._clear_leftovers()
        parts = checkpoint.pack(self.sequence, self._tables)
        with disk.writing(self.path):
            disk.replace(self.path, parts)
        self._identity = parts[0]
        with disk.writing(self.journal):
            handle = self._journal_handle()
            disk.cut(handle, 0)
            try:
                disk.sync(handle)
            except OSError:
                self.close()
                raise
        self._lines = 0
        self._advance(0, 0, b"")
        self.notices += backup.take(self.path, self.sequence, parts)

    def _clear_leftovers(self) -> None:
        folders = {self.path.resolve().parent, self.path.parent, *filter(Path.is_dir, self.path.parent.iterdir())}
        for folder in folders:
            for path in disk.leftovers(folder):
                with suppress(OSError):
                    disk.remove(path)


def _continues(sequence: int, scan: Scan) -> bool:
    """Whether the lines go on where a checkpoint ends; lines that are in it already may come first."""
    numbers = [transaction.sequence for transaction in scan.transactions]
    new = [number for number in numbers if number > sequence]
    return (
        scan.fault is not Fault.DAMAGED
        and new == list(range(sequence + 1, sequence + 1 + len(new)))
        and numbers[len(numbers) - len(new) :] == new
    )


def _nobody(transaction: Transaction | None, own: bool) -> None:
    """Hear nothing."""
