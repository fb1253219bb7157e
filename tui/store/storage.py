"""TinyDB's storage over a checkpoint and a journal: a transaction costs one appended line, however large the store.

Extends TinyDB where its documentation says to (a ``Storage`` subclass). The decoded tables stay in memory; a line is
appended and synced first and applied second, from the very bytes that were written. Other processes append to the
same journal: every transaction first reads what they wrote, under the lock. A store that an earlier program wrote
opens as it is, and gets the form of this one with its first transaction. Must not know what the documents mean.
"""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tinydb.storages import Storage

from tui.errors import ReadlistError, StoreBusyError, StoreDamagedError, WriteError
from tui.store import backup, checkpoint, disk, file_matching, journal_format
from tui.store.checkpoint import Lineage
from tui.store.journal_file import JournalFile
from tui.store.journal_format import JournalFault, Transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from tui.store.checkpoint import Document, Tables
    from tui.store.journal_format import Changes, JournalScan
    from tui.store.lock import Lock

_LINES_BEFORE_COMPACTION = 500
_BYTES_BEFORE_COMPACTION = 4 << 20
_SECONDS_BEFORE_COMPACTION = 24 * 60 * 60
_READINGS = 20
_PAUSE = 0.005


class JournalStorage(Storage):
    """All tables of ``<name>.json`` and of the lines of ``<name>.journal`` behind it.

    Attributes:
        path: the checkpoint.
        sequence: number of the last transaction in memory.
        revision: grows whenever the tables in memory change.
        foreign: grows whenever another process changed them.
        notices: sentences a person should see.
        heard: called with every transaction applied and whether it is our own, or with None where all was read anew.
    """

    def __init__(self, path: Path, lock: Lock, *, touch: bool = True) -> None:
        """Read the store.

        Args:
            path: the checkpoint.
            lock: the lock of its folder.
            touch: whether an interrupted save may be set aside.

        Raises:
            StoreDamagedError: it cannot be trusted.
        """
        self.path = path
        self.sequence = 0
        self.revision = 0
        self.foreign = 0
        self.notices: list[str] = []
        self.heard: Callable[[Transaction | None, bool], None] = _nobody
        self._lock = lock
        self._tables: Tables = {}
        self._identity: bytes | None = None
        self._lineage: Lineage | None = None
        self._log = JournalFile(path.with_suffix(".journal"))
        self._written = (path.parent, path, self._log.path)
        self._staged: dict[str, dict[str, Document | None]] | None = None
        self._dropped: list[str] = []
        self._torn = False
        self._contained = False
        self._load(locked=False)
        self.notices += disk.exposed(path.parent)
        if (self._torn or self._contained) and touch:
            self._mend()

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
        # Who listens holds this storage: the two would keep each other, and all documents, in memory.
        self.heard = _nobody
        self._log.close()

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
        self._refuse_if_protected()
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
                self._append(staged, dropped)
                self._lock.set_high_water(self.sequence)

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
        return self._protected() is not None

    def _protected(self) -> Path | None:
        return next((path for path in self._written if not disk.is_writable(path)), None)

    def _refuse_if_protected(self) -> None:
        path = self._protected()
        if path is not None:
            raise WriteError(
                f"{path} is write-protected.",
                "Nothing was changed. Make it writable, or choose another folder with --data.",
            )

    # Reading what is on disk

    def catch_up(self, *, locked: bool = False) -> None:
        """Apply what other processes wrote since the last look. Without the lock an unfinished line is not there yet.

        Raises:
            StoreDamagedError: what is on disk cannot be trusted; memory stays as it was.
        """
        if self._log.unsure or disk.read(self.path, limit=checkpoint.IDENTITY) != self._identity:
            self._load(locked=locked)
        elif self._identity is not None:
            self._read_on(locked=locked)
        if locked and self._torn:
            self.notices += filter(None, (self._log.set_torn_line_aside(),))
            self._torn = False
        if locked and self._contained:
            with disk.translate_errors(self._log.path):
                self._log.empty()
            self._contained = False
        if locked and self._log.unsure:
            self._compact()

    def _read_on(self, *, locked: bool) -> None:
        scan = self._log.read_on()
        if scan is None or not scan.continues(self.sequence, self._base):
            self._load(locked=locked)
            return
        self._torn = scan.fault is JournalFault.TORN
        self._log.advance(scan)
        self.foreign += bool(scan.transactions)
        for transaction in scan.transactions:
            self._apply(transaction)

    def _load(self, *, locked: bool) -> None:
        """Read checkpoint and journal such that they belong together, and only then let go of what was in memory."""
        fault: ReadlistError = StoreBusyError(f"{self.path} changes faster than it can be read.", "Try again.")
        for _ in range(_READINGS):
            # First, since it grows: what is read after it can be behind it only where something was lost.
            high_water = self._lock.high_water()
            whole = disk.read(self.path)
            lines = self._log.read()
            if disk.read(self.path, limit=checkpoint.IDENTITY) != (whole and whole[: checkpoint.IDENTITY]):
                continue
            if whole is None:
                self._expect_nothing(lines, high_water)
                return
            base = checkpoint.unpack(whole, self.path)
            scan = journal_format.scan(lines or b"")
            misfit = file_matching.find_mismatch(self.path, base.heading, lines, scan, high_water)
            if misfit is None:
                if lines is None:
                    self.notices.append(f"{self._log.path.name} was missing; changes may be lost.")
                self._adopt(base, scan, lines or b"")
                return
            fault = misfit
            if locked:
                break
            # A writer that is just taking back a failed line can look like damage to a reader without the lock.
            time.sleep(_PAUSE)
        raise fault

    def _expect_nothing(self, lines: bytes | None, high_water: int) -> None:
        """There is no checkpoint: fine where there never was one, damage everywhere else."""
        if lines or high_water or self._identity is not None or backup.list_backups(self.path):
            raise StoreDamagedError(
                f"{self.path} is missing, and something else of the store is there or was.", checkpoint.REPAIR_HINT
            )

    def _adopt(self, base: checkpoint.Checkpoint, scan: JournalScan, lines: bytes) -> None:
        self.foreign += self._identity is not None
        self._tables, self._identity, self.sequence = base.tables, base.identity, base.sequence
        self._lineage = base.lineage
        # A crash between writing a checkpoint and emptying the journal leaves the lines that went into it.
        self._contained = file_matching.contains(base.heading, lines)
        self._torn = scan.fault is JournalFault.TORN and not self._contained
        if self._contained:
            self._log.skip(lines)
            scan = journal_format.NOTHING
        else:
            self._log.adopt(scan)
        for transaction in scan.transactions:
            # The same crash of an earlier program, which did not name what went into a checkpoint.
            if transaction.sequence > base.sequence:
                journal_format.apply(transaction, self._tables)
                self.sequence = transaction.sequence
        self.revision += 1
        self.heard(None, False)

    def _apply(self, transaction: Transaction, own: bool = False) -> None:
        journal_format.apply(transaction, self._tables)
        self.sequence = transaction.sequence
        self.revision += 1
        self.heard(transaction, own)

    def _mend(self) -> None:
        """At opening: set an interrupted save aside now, unless somebody is just writing or nobody may."""
        if self.read_only:
            if self._torn:
                self.notices.append(
                    f"The last line of {self._log.path.name} is incomplete (an interrupted save); left there."
                )
            return
        with suppress(ReadlistError), self._lock.held(wait=0):
            self.catch_up(locked=True)

    # Writing

    @property
    def _base(self) -> str:
        """What the lines of the journal call the checkpoint that they continue."""
        return checkpoint.name_of(self._identity) if self._identity and self._lineage else ""

    def _append(self, staged: Changes, dropped: tuple[str, ...]) -> None:
        with disk.translate_errors(self._log.path):
            if self._identity is None:
                self._begin()
            elif self._lineage is None:
                # The store of an earlier program, which from here on refuses it instead of misunderstanding it.
                self._compact()
            store = self._lineage.store if self._lineage else ""
            written = self._log.append(
                journal_format.pack(Transaction(self.sequence + 1, staged, dropped, store, self._base))
            )
        for said in written.transactions:
            self._apply(said, own=True)

    def _begin(self) -> None:
        """Make the files of a store that never was. The empty journal comes first: alone, it is no sign of a loss."""
        self._log.begin()
        self._replace(Lineage(file_matching.new_id()))

    def _replace(self, lineage: Lineage) -> list[bytes]:
        """Write what is in memory as the checkpoint."""
        parts = checkpoint.pack(self.sequence, self._tables, lineage)
        disk.replace(self.path, parts, follow=True)
        self._identity, self._lineage = parts[0], lineage
        return parts

    @property
    def wants_compaction(self) -> bool:
        """Whether to fold the journal into the checkpoint: it is long, or a day has gone without a backup."""
        return (
            self._log.lines > _LINES_BEFORE_COMPACTION
            or self._log.end > _BYTES_BEFORE_COMPACTION
            or (self._log.lines > 0 and disk.age(self.path) > _SECONDS_BEFORE_COMPACTION)
        )

    def compact(self) -> None:
        """Write everything as a new checkpoint, keep a verified copy of it as a backup, and empty the journal.

        Raises:
            CannotWriteError: the disk refused; the store is as good as before.
        """
        if self._identity is None:
            return
        self._refuse_if_protected()
        with self._lock.held():
            self.catch_up(locked=True)
            self._compact()

    def _compact(self) -> None:
        self._clear_leftovers()
        store = self._lineage.store if self._lineage else file_matching.new_id()
        previous = checkpoint.name_of(self._identity or b"")
        lineage = Lineage(store, previous, checkpoint.digest(self._log.read() or b""))
        with disk.translate_errors(self.path):
            parts = self._replace(lineage)
        with disk.translate_errors(self._log.path):
            self._log.empty()
        self.notices += backup.create(self.path, self.sequence, parts)

    def _clear_leftovers(self) -> None:
        data = self.path.parent
        for folder in disk.folders_in(data):
            disk.clear_leftovers(folder)
        # Where a link leads out of the folder, only what is named after a file of the store.
        for place in (self.path.resolve(), self._log.path.resolve(), backup.folder_of(self.path) / self.path.stem):
            disk.clear_leftovers(place.parent, place.name)


def _nobody(transaction: Transaction | None, own: bool) -> None:
    """Hear nothing."""
