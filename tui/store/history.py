"""The history: every change of the marks, sources and values, and its undo and redo.

One action of the user is one change, one transaction, one line on disk, one undo.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from tinydb.table import Document

from tui.model.change import Change, ChangeKind, diff
from tui.model.mark import UNTOUCHED
from tui.store import codec, strict_json
from tui.store.undo_stacks import UndoStacks
from tui.store.undo_step import step_change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from threading import RLock

    from tui.model.change import FieldValue
    from tui.model.mark import Mark
    from tui.store.catalogue import Catalogue
    from tui.store.imported_sources import ImportedSources
    from tui.store.journal_table import Database
    from tui.store.key_values import KeyValues
    from tui.store.marks import Marks

    Plan = Callable[[Callable[[str], Mark]], Mapping[str, Mark]]
    ReadValues = Callable[[], Mapping[str, FieldValue]]


class ChangeHistory:
    """The changes of one store. All changes that the user can undo are made by :meth:`commit`.

    Args:
        database: the store.
        guard: held while the store changes.
        catalogue: the papers.
        marks: the marks.
        sources: the imported files.
        values: the values.
    """

    def __init__(
        self,
        database: Database,
        guard: RLock,
        catalogue: Catalogue,
        marks: Marks,
        sources: ImportedSources,
        values: KeyValues,
    ) -> None:
        self._journal = database.journal
        self._table = database.table("history")
        self._guard = guard
        self._catalogue, self._marks, self._sources, self._values = catalogue, marks, sources, values
        self._stacks = UndoStacks()
        self.reloaded()

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
            new = {id_: codec.storable_mark(mark) for id_, mark in plan(self._marks.get).items()}
            fields = {id_: diff(self._marks.get(id_), mark) for id_, mark in new.items()}
            change = Change(
                number=self._stacks.latest + 1 if undoable else 0,
                at=at,
                label=strict_json.replace_surrogates(label),
                marks=tuple((id_, changed) for id_, changed in fields.items() if changed),
                pages=(*((name, True) for name in imported or ()), *((name, False) for name in replaced)),
                value_changes=self._values.changes(values_of() if values_of else {}),
            )
            if not (change.marks or change.pages or change.value_changes):
                return None
            self._sources.store(imported or {})
            self._write(change, new)
        if imported:
            self._sources.protect(imported)
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

    @property
    def latest(self) -> int:
        """The number of the newest change; 0 if there is none."""
        return self._stacks.latest

    def changes(self, limit: int | None = None) -> tuple[Change, ...]:
        """The changes, newest first; at most ``limit`` of them."""
        with self._guard:
            changes = (self._change(number) for number in range(self._stacks.latest, 0, -1))
            return tuple(islice((change for change in changes if change is not None), limit))

    def applied(self, documents: Mapping[str, Mapping[str, Any] | None]) -> None:
        """Follow a transaction that wrote these documents, by the numbers of their changes."""
        for number, document in documents.items():
            if document is not None:
                self._stacks.add(int(number), document)

    def reloaded(self) -> None:
        """Follow a table that was read again."""
        self._stacks = UndoStacks()
        for change in sorted(self._table, key=lambda change: change.doc_id):
            self._stacks.add(change.doc_id, change)

    def _undo_or_redo(self, kind: ChangeKind, at: str) -> Change | None:
        with self._guard, self._journal.transaction():
            step = self.undoable() if kind is ChangeKind.UNDO else self.redoable()
            if step is None:
                return None
            number = self._stacks.latest + 1
            change, new = step_change(step, kind, number, at, self._marks.get, self._catalogue.canonical_id)
            self._write(change, new)
        return change

    def _write(self, change: Change, new: Mapping[str, Mark]) -> None:
        marks = {id_: new[id_] for id_ in change.ids}
        self._marks.write(marks)
        self._catalogue.update_digests({id_: mark != UNTOUCHED for id_, mark in marks.items()})
        self._sources.set_imported(dict(change.pages), change.at)
        self._values.write({value.field: value.new for value in change.value_changes})
        if change.number:
            self._table.insert(Document(codec.encode_change(change), change.number))

    def _change(self, number: int | None) -> Change | None:
        document = None if number is None else self._table.get(doc_id=number)
        return None if document is None else codec.decode_change(document.doc_id, document)
