"""A TinyDB storage over a checkpoint and a journal: a transaction appends one line, however large the store is.

Extends TinyDB as its documentation describes (a ``Storage`` subclass). The decoded tables stay in memory; a line is
appended and synced first and then applied, from the very bytes that were written. Other processes append to the same
journal: every transaction first reads what they wrote, under the lock. A store of an earlier version is opened
unchanged, and is upgraded by its first transaction.
"""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from tinydb.storages import Storage

from tui.errors import ReadlistError, StoreBusyError, StoreDamagedError, WriteError
from tui.store import backup, checkpoint, disk, file_matching, journal_format
from tui.store.checkpoint import Lineage
from tui.store.journal_file import JournalFile
from tui.store.journal_format import JournalFault, Transaction
from tui.store.table_draft import TableDraft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from tui.store.checkpoint import Document, Tables
    from tui.store.journal_format import Changes, JournalScan
    from tui.store.lock import Lock

_LINES_BEFORE_COMPACTION = 500
_BYTES_BEFORE_COMPACTION = 4 << 20
_SECONDS_BEFORE_COMPACTION = 24 * 60 * 60
_READ_ATTEMPTS = 20
_PAUSE = 0.005


class JournalStorage(Storage):
    """All tables of ``<name>.json``, with the changes of the lines of ``<name>.journal``.

    Attributes:
        path: the checkpoint.
        sequence: number of the last transaction in memory.
        revision: grows whenever the tables may have changed, including at the end of a transaction that failed.
        foreign: grows whenever another process changes them.
        notices: warnings for the user.
        on_transaction: called with every transaction that is applied, and whether this process wrote it.
        on_reload: called with the tables as they were, when everything was read again.
    """

    def __init__(self, path: Path, lock: Lock, *, tidy: bool = True) -> None:
        """Read the store.

        Args:
            path: the checkpoint.
            lock: the lock of its folder.
            tidy: whether to set an interrupted save aside and to empty a journal that is contained in the checkpoint.

        Raises:
            StoreDamagedError: it cannot be trusted.
        """
        self.path = path
        self.sequence = 0
        self.revision = 0
        self.foreign = 0
        self.notices: list[str] = []
        self.on_transaction: Callable[[Transaction, bool], None] = _ignore
        self.on_reload: Callable[[Tables], None] = _ignore
        self._lock = lock
        self._tables: Tables = {}
        self._identity: bytes | None = None
        self._lineage: Lineage | None = None
        self._journal = JournalFile(path.with_suffix(".journal"))
        self._writable_paths = (path.parent, path, self._journal.path)
        self._in_transaction = False
        self._drafts: dict[str, TableDraft] = {}
        self._dropped: set[str] = set()
        self._is_torn = False
        self._is_contained = False
        self._load(locked=False)
        self.notices += disk.exposed(path.parent)
        if (self._is_torn or self._is_contained) and tidy:
            self._tidy()

    # The interface of a TinyDB storage

    def read(self) -> Tables | None:
        """All tables, changed ones as the running transaction has them. Documents are not copies."""
        if self._identity is None and not self._drafts:
            return None
        if not self._in_transaction:
            return dict(self._tables)
        tables: dict[str, Any] = self._tables | self._drafts
        for name in self._dropped - self._drafts.keys():
            tables.pop(name, None)
        return tables

    def write(self, data: Mapping[str, Mapping[str, Document]]) -> None:
        """Replace the tables by ``data``; only the differences are written to the disk."""
        with self.transaction():
            present = self.read() or {}
            for name in present.keys() - data.keys():
                self._dropped.add(name)
                self._drafts.pop(name, None)
            for name, table in data.items():
                old = present.get(name, {})
                changes: dict[str, Document | None] = dict.fromkeys(old.keys() - table.keys())
                changes |= {key: document for key, document in table.items() if old.get(key) != document}
                if changes or name not in present:
                    self.stage(name, changes)

    def close(self) -> None:
        """Close the journal. Everything is on the disk already."""
        # Break the reference cycle between the listeners and this storage, which keeps all documents in memory.
        self.on_transaction = self.on_reload = _ignore
        self._journal.close()

    # Transactions

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write everything staged inside as one line; nothing if the body raises. May be nested.

        Raises:
            WriteError: the disk refused; nothing changed.
            StoreBusyError: another process holds the lock.
            StoreDamagedError: the files as other processes left them cannot be trusted.
        """
        if self._in_transaction:
            yield
            return
        self._refuse_if_protected()
        with self._lock.held():
            self.catch_up(locked=True)
            self._in_transaction = True
            try:
                yield
                kept = self._tables.keys() - self._dropped
                changes = {name: draft.changes() for name, draft in self._drafts.items()}
                staged = {name: changed for name, changed in changes.items() if changed or name not in kept}
                dropped = tuple(sorted(self._dropped))
            finally:
                self._in_transaction, self._drafts, self._dropped = False, {}, set()
                self.revision += 1
            if staged or dropped:
                self._append(staged, dropped)
                self._lock.set_high_water(self.sequence)

    def stage(self, table: str, changes: Mapping[str, Document | None]) -> None:
        """Add documents to the running transaction; None removes one. No changes make an empty table."""
        if not self._in_transaction:
            raise RuntimeError("documents can only be staged inside a transaction")
        if table not in self._drafts:
            self._drafts[table] = TableDraft({} if table in self._dropped else self._tables.get(table, {}))
        self._drafts[table].stage(changes)

    @property
    def read_only(self) -> bool:
        """Whether the store can only be read: its folder or one of its files is write-protected."""
        return self._find_protected() is not None

    def _find_protected(self) -> Path | None:
        return next((path for path in self._writable_paths if not disk.is_writable(path)), None)

    def _refuse_if_protected(self) -> None:
        path = self._find_protected()
        if path is not None:
            raise WriteError(
                f"{path} is write-protected",
                "make it writable, or choose another folder with --data (nothing was changed)",
            )

    # Reading

    def catch_up(self, *, locked: bool = False) -> None:
        """Apply what other processes wrote since the last call. Without the lock, an unfinished line is ignored.

        Raises:
            StoreDamagedError: the files cannot be trusted; memory is unchanged.
        """
        if self._journal.needs_rewrite or disk.read(self.path, limit=checkpoint.IDENTITY) != self._identity:
            self._load(locked=locked)
        elif self._identity is not None:
            self._read_new(locked=locked)
        if locked and self._is_torn:
            self.notices += filter(None, (self._journal.set_torn_line_aside(),))
            self._is_torn = False
        if locked and self._is_contained:
            with disk.translate_errors(self._journal.path):
                self._journal.empty()
            self._is_contained = False
        if locked and self._journal.needs_rewrite:
            self._compact()

    def _read_new(self, *, locked: bool) -> None:
        scan = self._journal.read_new()
        if scan is None or not scan.continues(self.sequence, self._base):
            self._load(locked=locked)
            return
        self._is_torn = scan.fault is JournalFault.TORN
        self._journal.advance(scan)
        self.foreign += bool(scan.transactions)
        for transaction in scan.transactions:
            self._apply(transaction)

    def _load(self, *, locked: bool) -> None:
        """Read a checkpoint and a journal that belong together, and only then replace what is in memory."""
        error: ReadlistError = StoreBusyError(f"{self.path} is changing faster than it can be read", "try again")
        for _ in range(_READ_ATTEMPTS):
            # Read this first, because it grows: what is read later has a lower number only if something was lost.
            high_water = self._lock.high_water()
            whole = disk.read(self.path)
            journal = self._journal.read()
            if disk.read(self.path, limit=checkpoint.IDENTITY) != (whole and whole[: checkpoint.IDENTITY]):
                continue
            if whole is None:
                self._require_new(journal, high_water)
                return
            base = checkpoint.unpack(whole, self.path)
            scan = journal_format.scan(journal or b"")
            mismatch = file_matching.find_mismatch(self.path, base.header, journal, scan, high_water)
            if mismatch is None:
                if journal is None:
                    self.notices.append(f"{self._journal.path.name} was missing; changes may have been lost")
                self._adopt(base, scan, journal or b"")
                return
            error = mismatch
            if locked:
                break
            # Without the lock, a writer that is just rolling back a failed line can look like damage.
            time.sleep(_PAUSE)
        raise error

    def _require_new(self, journal: bytes | None, high_water: int) -> None:
        """Accept that there is no checkpoint only if there never was a store.

        Raises:
            StoreDamagedError: there was one.
        """
        if journal or high_water or self._identity is not None or backup.list_backups(self.path):
            raise StoreDamagedError(
                f"{self.path} is missing, but other files of the store exist", checkpoint.REPAIR_HINT
            )

    def _adopt(self, base: checkpoint.Checkpoint, scan: JournalScan, journal: bytes) -> None:
        before = self._tables
        self.foreign += self._identity is not None
        self._tables, self._identity, self.sequence = base.tables, base.identity, base.sequence
        self._lineage = base.lineage
        # A crash between writing a checkpoint and emptying the journal leaves lines that the checkpoint contains.
        self._is_contained = file_matching.contains(base.header, journal)
        self._is_torn = scan.fault is JournalFault.TORN and not self._is_contained
        if self._is_contained:
            self._journal.skip(journal)
            scan = journal_format.EMPTY_SCAN
        else:
            self._journal.adopt(scan)
        for transaction in scan.transactions:
            # The same crash of an earlier version, whose checkpoints did not name the journal that they contain.
            if transaction.sequence > base.sequence:
                journal_format.apply(transaction, self._tables)
                self.sequence = transaction.sequence
        self.revision += 1
        self.on_reload(before)

    def _apply(self, transaction: Transaction, own: bool = False) -> None:
        journal_format.apply(transaction, self._tables)
        self.sequence = transaction.sequence
        self.revision += 1
        self.on_transaction(transaction, own)

    def _tidy(self) -> None:
        """Set an interrupted save aside, unless another process is just writing or the store is read-only."""
        if self.read_only:
            if self._is_torn:
                self.notices.append(
                    f"the last line of {self._journal.path.name} is incomplete (an interrupted save) and was ignored"
                )
            return
        with suppress(ReadlistError), self._lock.held(wait=0):
            self.catch_up(locked=True)

    # Writing

    @property
    def _base(self) -> str:
        """The name of the checkpoint in the lines of the journal that continue it."""
        return checkpoint.short_name(self._identity) if self._identity and self._lineage else ""

    def _append(self, staged: Changes, dropped: tuple[str, ...]) -> None:
        with disk.translate_errors(self._journal.path):
            if self._identity is None:
                self._create()
            elif self._lineage is None:
                # A store of an earlier version, which from now on refuses the store instead of misreading it.
                self._compact()
            store = self._lineage.store if self._lineage else ""
            scan = self._journal.append(
                journal_format.pack(Transaction(self.sequence + 1, staged, dropped, store, self._base))
            )
        for transaction in scan.transactions:
            self._apply(transaction, own=True)

    def _create(self) -> None:
        """Create the files of a new store. The empty journal is first, because alone it does not count as a loss."""
        self._journal.create_if_missing()
        self._replace(Lineage(file_matching.new_id()))

    def _replace(self, lineage: Lineage) -> list[bytes]:
        """Write the tables in memory as the checkpoint."""
        parts = checkpoint.pack(self.sequence, self._tables, lineage)
        disk.replace(self.path, parts, follow=True)
        self._identity, self._lineage = parts[0], lineage
        return parts

    @property
    def needs_compaction(self) -> bool:
        """Whether the journal is long, or the last backup is more than a day old."""
        return (
            self._journal.lines > _LINES_BEFORE_COMPACTION
            or self._journal.end > _BYTES_BEFORE_COMPACTION
            or (self._journal.lines > 0 and disk.age(self.path) > _SECONDS_BEFORE_COMPACTION)
        )

    def compact(self) -> None:
        """Write everything as a new checkpoint, keep a verified copy of it as a backup, and empty the journal.

        Raises:
            WriteError: the disk refused; the store is unharmed.
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
        previous = checkpoint.short_name(self._identity or b"")
        lineage = Lineage(store, previous, checkpoint.digest(self._journal.read() or b""))
        with disk.translate_errors(self.path):
            parts = self._replace(lineage)
        with disk.translate_errors(self._journal.path):
            self._journal.empty()
        self.notices += backup.create(self.path, self.sequence, parts)

    def _clear_leftovers(self) -> None:
        data = self.path.parent
        for folder in disk.folders_in(data):
            disk.clear_leftovers(folder)
        # If a link leads out of the folder, only files that are named after a file of the store.
        for path in (
            self.path.resolve(),
            self._journal.path.resolve(),
            backup.folder_of(self.path) / self.path.stem,
        ):
            disk.clear_leftovers(path.parent, path.name)


def _ignore(*_: object) -> None:
    """Do nothing."""
