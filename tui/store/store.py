"""The store: papers, marks and the history of one data folder. All access to the data folder goes through it.

One action of the user is one change, one transaction, one line on disk, one undo. A line is appended and synced
first, and only then applied in memory. Several processes may have the folder open; each applies the others' changes.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from threading import RLock
from typing import TYPE_CHECKING, Any, Self

from tinydb import where
from tinydb.table import Document

from tui.errors import ReadlistError
from tui.model.change import Change, ChangeKind, diff
from tui.model.mark import UNTOUCHED
from tui.store import added_days, codec, conflict_copies, imported_sources, key_values, paper_digests, strict_json
from tui.store.catalogue import Catalogue
from tui.store.checkpoint import gc_paused
from tui.store.imported_file_integrity import SourceDigests
from tui.store.journal_table import Database
from tui.store.lock import Lock
from tui.store.undo_stacks import UndoStacks
from tui.store.undo_step import step_change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from tui.model.change import FieldValue
    from tui.model.mark import Mark
    from tui.model.paper import Paper
    from tui.store.checkpoint import Tables
    from tui.store.journal_format import Transaction
    from tui.store.strict_json import Json

    Plan = Callable[[Callable[[str], Mark]], Mapping[str, Mark]]
    ReadValues = Callable[[], Mapping[str, FieldValue]]

# Papers above which their objects are excluded from garbage collection for good.
_FREEZE_COUNT = 5_000


class Store:
    """An open data folder. Every method may be called from any thread.

    Attributes:
        data: the folder; created by the first change.
        revision: grows whenever marks, history, imported sources or values change.
        write_lock: while a thread holds it, no other thread can change or close the store.
        sources: the imported files.
    """

    def __init__(self, data: Path) -> None:
        self.data = data
        self.revision = 0
        self._guard = self.write_lock = RLock()
        self._lock = Lock(data / ".lock")
        self._catalogue = Catalogue(data / "papers.json", self._lock)
        self._database = Database(data / "marks.json", self._lock)
        self._journal = self._database.journal
        self._journal.on_transaction = self._on_transaction
        self._journal.on_reload = self._on_reload
        self._marks = self._database.texts("marks")
        self._digests = self._database.texts("known")
        self._imports = self._database.texts("imports")
        self._values = self._database.texts("meta")
        self._added = self._database.texts("added")
        self._history = self._database.table("history")
        self.sources = SourceDigests(data, self._database)
        self._decoded: dict[str, Mark] = {}
        self._marked_ids: frozenset[str] | None = None
        self._stacks = UndoStacks()
        self._changed_ids: set[str] = set()
        self._reload()

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

    # Papers

    def ids(self) -> tuple[str, ...]:
        """Every paper's id, in catalogue order."""
        return self._catalogue.ids()

    def paper(self, id: str) -> Paper:  # noqa: A002 - as the attribute of a paper
        """One paper.

        Raises:
            KeyError: there is no paper with this id.
        """
        return self._catalogue.paper(id)

    def papers(self) -> tuple[Paper, ...]:
        """All papers, in catalogue order. Faster than one by one for a long list."""
        ids = self.ids()
        with gc_paused(freeze=len(ids) > _FREEZE_COUNT):
            return tuple(map(self.paper, ids))

    def __contains__(self, id: object) -> bool:  # noqa: A002
        return id in self._catalogue

    @property
    def catalogue_meta(self) -> Mapping[str, Any]:
        """The ``meta`` of the last :meth:`replace_catalogue`; empty without a catalogue."""
        return self._catalogue.meta

    def replace_catalogue(self, papers: Iterable[Paper], meta: Mapping[str, Any]) -> None:
        """Replace all papers, atomically. Marks are kept, even those of papers that are gone.

        Raises:
            WriteError: the disk refused.
            StoreBusyError: another process holds the lock.
            StoreDamagedError: the catalogue on disk is damaged.
        """
        with self._guard:
            papers = tuple(papers)
            self._catalogue.replace(papers, meta)
            with suppress(ReadlistError), self._journal.transaction():
                paper_digests.update(self._digests, self._catalogue, dict.fromkeys(self.marked(), True))
                added_days.record(self._added, papers)
            self.sources.protect()

    def replace_catalogue_in_memory(self, papers: Iterable[Paper], meta: Mapping[str, Any]) -> None:
        """Replace all papers in memory only, until a process writes another catalogue."""
        with self._guard:
            self._catalogue.replace_in_memory(papers, meta)

    # Marks

    def mark(self, id: str) -> Mark:  # noqa: A002
        """The mark of one paper; ``UNTOUCHED`` if it has none, also for an unknown id."""
        decoded = self._decoded
        mark = decoded.get(id)
        if mark is None:
            # Readers need no lock: a transaction sets the new mark after the table has changed, so a mark that was
            # decoded too early never replaces a newer one.
            document = self._marks.find(id)
            mark = decoded.setdefault(id, codec.decode_mark(id, document) if document else UNTOUCHED)
        return mark

    def marked(self) -> frozenset[str]:
        """The ids with a mark, also of papers that are not in the catalogue."""
        with self._guard:
            if self._marked_ids is None:
                self._marked_ids = frozenset(self._marks.ids())
            return self._marked_ids

    def merged_ids(self) -> dict[str, str]:
        """The ids that the user merged into another paper, each with the id of that paper."""
        return {str(mark.doc_id): mark["part_of"] for mark in self._marks.search(where("part_of").exists())}

    def removed_ids(self) -> frozenset[str]:
        """The ids of the papers that the user removed from the list."""
        return frozenset([str(mark.doc_id) for mark in self._marks.search(where("removed").exists())])

    def pinned(self) -> dict[str, str]:
        """The names of records that the user assigned to a paper, each with the id of the paper."""
        found = self._marks.search(where("records").exists())
        return {name: str(mark.doc_id) for mark in found for name in mark["records"]}

    def canonical_id(self, id: str) -> str:  # noqa: A002
        """The id of the paper that the import merged this id into; the id itself if it was not merged."""
        return self._catalogue.canonical_id(id)

    def digested_papers(self) -> tuple[Paper, ...]:
        """The marked papers as their digests describe them, without the catalogue: id, title, first words."""
        return paper_digests.papers(self._digests)

    def commit(
        self,
        label: str,
        plan: Plan,
        *,
        at: str,
        imported: Mapping[str, bytes] | None = None,
        replaced: Iterable[str] = (),
        values_of: ReadValues | None = None,
        undoable: bool = True,
    ) -> Change | None:
        """Change marks, atomically, after applying the changes of other processes.

        Args:
            label: what the change does, in a few words.
            plan: given a reader of marks, returns the new marks by id; called once, under the lock.
            at: ISO 8601 UTC instant.
            imported: the bytes of the sources that this change imports, by name; copies of them are kept.
            replaced: names of sources that this change removes from the list; their copies are kept for an undo.
            values_of: returns values as pairs of texts, by name; called once, under the lock.
            undoable: whether the change is in the history. Otherwise it has number 0 and cannot be undone.

        Returns:
            The change; None if there is nothing to change, and then nothing was written.

        Raises:
            WriteError: the disk refused; nothing changed, neither on disk nor in memory.
            StoreBusyError: another process holds the lock, or has just imported a source with one of the names.
            StoreDamagedError: the files cannot be trusted.
        """
        with self._guard, self._journal.transaction():
            new = {id_: codec.storable_mark(mark) for id_, mark in plan(self.mark).items()}
            fields = {id_: diff(self.mark(id_), mark) for id_, mark in new.items()}
            change = Change(
                number=self._stacks.latest + 1 if undoable else 0,
                at=at,
                label=strict_json.replace_surrogates(label),
                marks=tuple((id_, changed) for id_, changed in fields.items() if changed),
                pages=(*((name, True) for name in imported or ()), *((name, False) for name in replaced)),
                value_changes=key_values.value_changes(self._values, values_of() if values_of else {}),
            )
            if not (change.marks or change.pages or change.value_changes):
                return None
            if imported:
                # Inside the transaction: until the line that records the copies is written, they are orphans, which
                # another process would set aside.
                imported_sources.store_copies(self.data, imported, self.all_source_names())
                self.sources.record(imported)
            self._write(change, new)
        if imported:
            self.sources.protect()
        return change

    def undo(self, *, at: str) -> Change | None:
        """Undo the newest change that is not undone; None if there is none. Errors are those of :meth:`commit`."""
        return self._undo_or_redo(ChangeKind.UNDO, at)

    def redo(self, *, at: str) -> Change | None:
        """Redo the newest undone change; None if there is none. Errors are those of :meth:`commit`."""
        return self._undo_or_redo(ChangeKind.REDO, at)

    def undoable(self) -> Change | None:
        """The change that :meth:`undo` would undo."""
        return self._change(self._stacks.undoable)

    def redoable(self) -> Change | None:
        """The change that :meth:`redo` would redo."""
        return self._change(self._stacks.redoable)

    def history(self, limit: int | None = None) -> tuple[Change, ...]:
        """The changes, newest first; at most ``limit`` of them."""
        with self._guard:
            changes = (self._change(number) for number in range(self._stacks.latest, 0, -1))
            return tuple(islice((change for change in changes if change is not None), limit))

    def source_names(self) -> tuple[str, ...]:
        """The names of the imported sources, in the order of their import."""
        return tuple(self._imports.ids())

    def import_times(self) -> dict[str, str]:
        """The ISO 8601 UTC instants at which the imported sources were imported, by name."""
        return {str(document.doc_id): str(document.get("at", "")) for document in self._imports}

    def source_path(self, name: str) -> Path:
        """The path of the copy of an imported source; the catalogue can be rebuilt from these copies."""
        return self.sources.path(name)

    def all_source_names(self) -> frozenset[str]:
        """The names of all sources that were ever imported, including undone imports."""
        return imported_sources.imported_names(self._imports.ids(), self._history.search(where("pages").exists()))

    def first_added(self) -> dict[str, str]:
        """The ISO 8601 UTC instant at which each paper was first added, by id."""
        return added_days.first_added(self._added)

    def _undo_or_redo(self, kind: ChangeKind, at: str) -> Change | None:
        with self._guard, self._journal.transaction():
            step = self.undoable() if kind is ChangeKind.UNDO else self.redoable()
            if step is None:
                return None
            number = self._stacks.latest + 1
            change, new = step_change(step, kind, number, at, self.mark, self._catalogue.canonical_id)
            self._write(change, new)
        return change

    def _write(self, change: Change, new: Mapping[str, Mark]) -> None:
        marks = {id_: codec.encode_mark(new[id_]) for id_ in change.ids}
        self._marks.replace(marks)
        paper_digests.update(self._digests, self._catalogue, {id_: bool(mark) for id_, mark in marks.items()})
        self._imports.replace(
            {name: {"at": change.at} if is_imported else None for name, is_imported in change.pages}
        )
        key_values.set_values(self._values, {value.field: value.new for value in change.value_changes})
        if change.number:
            self._history.insert(Document(codec.encode_change(change), change.number))

    def _change(self, number: int | None) -> Change | None:
        document = None if number is None else self._history.get(doc_id=number)
        return None if document is None else codec.decode_change(document.doc_id, document)

    # Values

    def get_value(self, name: str) -> Json:
        """The value of a name; None if it has none."""
        return key_values.get_value(self._values, name)

    def values(self, prefix: str) -> dict[str, Json]:
        """The values of all names with a prefix, by name."""
        return key_values.values(self._values, prefix)

    def set_value(self, name: str, value: Json) -> None:
        """Store a small value that belongs to no mark, such as the cursor position. None removes it.

        Args:
            name: its name.
            value: any JSON value.

        Raises:
            WriteError, StoreBusyError, StoreDamagedError: as :meth:`commit` does.
        """
        plain = strict_json.loads(strict_json.dumps(value))
        with self._guard:
            if self.get_value(name) != plain:
                key_values.set_values(self._values, {name: plain})

    # Other processes

    def poll(self) -> frozenset[str]:
        """Apply the changes of other processes.

        Returns:
            The ids whose mark other processes changed since the last call, also if a commit has already applied the
            change; all ids if the catalogue was replaced.

        Raises:
            StoreDamagedError: the files cannot be trusted; memory is unchanged.
        """
        with self._guard:
            self._journal.catch_up()
            if self._catalogue.catch_up():
                self._changed_ids.update(self.ids())
            changed = frozenset(self._changed_ids)
            self._changed_ids.clear()
            return changed

    def compact(self) -> None:
        """Move the journal into the checkpoint, and make a verified backup.

        Raises:
            WriteError, StoreBusyError, StoreDamagedError: as :meth:`commit` does.
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
            return integrity.report(self.data, self._database, self.all_source_names())

    def _on_transaction(self, transaction: Transaction, own: bool) -> None:
        for id_, document in transaction.put.get("marks", {}).items():
            if not own:
                self._changed_ids.add(id_)
            self._decoded[id_] = codec.decode_mark(id_, document) if document else UNTOUCHED
            if self._marked_ids is not None and (id_ in self._marked_ids) is not bool(document):
                self._marked_ids = None
        for number, document in transaction.put.get("history", {}).items():
            if document is not None:
                self._stacks.add(int(number), document)
        self.revision += 1

    def _on_reload(self, before: Tables) -> None:
        self._reload()
        old = before.get("marks", {})
        self._changed_ids.update(id_ for id_ in old.keys() | self.marked() if old.get(id_) != self._marks.find(id_))

    def _reload(self) -> None:
        self._decoded = {}
        self._marked_ids = None
        self._stacks = UndoStacks()
        for change in sorted(self._history, key=lambda change: change.doc_id):
            self._stacks.add(change.doc_id, change)
        self.revision += 1
