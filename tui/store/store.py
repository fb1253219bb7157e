"""The store: papers, marks and the history of one data folder. All access to the data folder goes through it.

One action of the user is one change, one transaction, one line on disk, one undo. A line is appended and synced
first, and only then applied in memory. Several processes may have the folder open; each applies the others' changes.
"""

from __future__ import annotations

from contextlib import suppress
from threading import RLock
from typing import TYPE_CHECKING, Self

from tui.errors import ReadlistError
from tui.store import conflict_copies
from tui.store.catalogue import Catalogue
from tui.store.history import ChangeHistory
from tui.store.imported_sources import ImportedSources
from tui.store.journal_table import Database
from tui.store.key_values import KeyValues
from tui.store.lock import Lock
from tui.store.marks import Marks

if TYPE_CHECKING:
    from pathlib import Path

    from tui.store.checkpoint import Tables
    from tui.store.journal_format import Transaction


class Store:
    """An open data folder. Every method of it and of its parts may be called from any thread.

    Attributes:
        data: the folder; created by the first change.
        revision: grows whenever marks, history, imported sources or values change.
        write_lock: while a thread holds it, no other thread can change or close the store.
        catalogue: the papers.
        marks: what the user did to them.
        history: all changes; makes new ones, and undoes them.
        sources: the imported files.
        values: small values that belong to no mark.
    """

    def __init__(self, data: Path) -> None:
        self.data = data
        self.revision = 0
        self._guard = self.write_lock = RLock()
        self._lock = Lock(data / ".lock")
        self._database = Database(data / "marks.json", self._lock)
        self._journal = self._database.journal
        self.sources = ImportedSources(data, self._database)
        self.catalogue = Catalogue(data / "papers.json", self._lock, self._database, self._guard, self.sources)
        self.marks = Marks(self._database, self._guard)
        self.values = KeyValues(self._database, self._guard)
        self.history = ChangeHistory(
            self._database, self._guard, self.catalogue, self.marks, self.sources, self.values
        )
        self._journal.on_transaction = self._on_transaction
        self._journal.on_reload = self._on_reload

    @classmethod
    def open(cls, data: Path) -> Self:
        """Open a folder. Without a store in it, the store is empty, and nothing is written yet.

        Raises:
            StoreDamagedError: the store cannot be trusted; nothing was overwritten.
            StoreBusyError: another process keeps it busy.
            WriteError: a file of the store is not a regular file.
        """
        return cls(data)

    @staticmethod
    def repair(data: Path, *, dry_run: bool = False, backup_name: str | None = None) -> tuple[str, ...]:
        """Repair a folder without deleting anything; see :func:`tui.store.repair.repair`."""
        from tui.store import repair, source_repair  # noqa: PLC0415 - not needed unless the store is damaged

        messages = repair.repair(data, dry_run=dry_run, backup_name=backup_name)
        return (*messages, *source_repair.repair_sources(data, dry_run=dry_run))

    def close(self) -> None:
        """Compact a long journal, and close the folder. There is nothing to save."""
        with self._guard:
            self.compact_if_due()
            self._database.close()
            self._lock.close()

    @property
    def read_only(self) -> bool:
        """Whether marks cannot be changed, because the folder or a file of the store is write-protected."""
        return self._journal.read_only

    @property
    def notices(self) -> tuple[str, ...]:
        """Warnings for the user about the state of the store."""
        return (*self._journal.notices, *conflict_copies.find_conflict_copies(self.data))

    def poll(self) -> frozenset[str]:
        """Apply the changes of other processes.

        Returns:
            The ids whose mark other processes changed since the last call, even if a commit has already applied the
            change; all ids if the catalogue was replaced.

        Raises:
            StoreDamagedError: the files cannot be trusted; memory is unchanged.
        """
        with self._guard:
            self._journal.catch_up()
            replaced = self.catalogue.ids() if self.catalogue.catch_up() else ()
            return self.marks.take_changed_by_others().union(replaced)

    def compact(self) -> None:
        """Move the journal into the checkpoint, and make a verified backup.

        Raises:
            WriteError: the disk refused; nothing changed.
            StoreBusyError: another process holds the lock.
            StoreDamagedError: the files cannot be trusted.
        """
        with self._guard:
            self.sources.protect()
            self._journal.compact()

    def compact_if_due(self) -> None:
        """Compact a long journal; never raises."""
        with self._guard:
            if self._journal.needs_compaction:
                # Everything is on the disk already, so a compaction that fails can wait for the next run.
                with suppress(ReadlistError):
                    self.compact()

    def check(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The damage in the folder, and other remarks about it, one message each."""
        from tui.store import integrity  # noqa: PLC0415 - see ``repair``

        with self._guard:
            return integrity.report(self.data, self._database, self.sources.all_names())

    def _on_transaction(self, transaction: Transaction, own: bool) -> None:
        self.marks.applied(transaction.put.get("marks", {}), own=own)
        self.history.applied(transaction.put.get("history", {}))
        self.revision += 1

    def _on_reload(self, before: Tables) -> None:
        self.marks.reloaded(before.get("marks", {}))
        self.history.reloaded()
        self.revision += 1
