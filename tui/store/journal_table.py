"""TinyDB's tables over the journal: marks, history, values and imported sources are read and written through them.

Two inner names of TinyDB are used: ``Table._update_table``, through which every change of a table passes, is
overridden, and ``Table._next_id`` is reset. ``tests/store/test_tinydb_contract.py`` names what a new version breaks.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tinydb import TinyDB
from tinydb.table import Document, Table

from tui.store.storage import JournalStorage
from tui.store.table_draft import TableDraft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tinydb.queries import QueryLike

    Id = Any  # a number, or a text in most tables of the store


class JournalTable(Table):
    """A table in a :class:`JournalStorage`: a change passes only the changed documents to the storage.

    A change sees what other processes wrote, and is one line on disk, or part of the line of the running transaction.
    If it raises, nothing changes. Results of queries are cached as by TinyDB, until any process changes the store.

    Args:
        id_class: class of the document ids. Documents with text ids have to be inserted with their id.
    """

    _foreign = _cached = 0

    def __init__(
        self,
        storage: JournalStorage,
        name: str,
        cache_size: int = Table.default_query_cache_capacity,
        persist_empty: bool = False,
        *,
        id_class: type[Any] = int,
    ) -> None:
        self.document_id_class = id_class
        self._journal = storage
        super().__init__(storage, name, cache_size, persist_empty)

    def insert(self, document: Mapping[str, Any]) -> Id:
        """Insert one document; its id is chosen under the lock, so that no two processes choose the same."""
        with self._transaction():
            return super().insert(document)

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[Id]:
        """Update the documents that match, or insert one if none does, in one transaction."""
        with self._transaction():
            return super().upsert(document, cond)

    def search(self, cond: QueryLike) -> list[Document]:
        """All documents that match."""
        if self._cached != self._journal.revision:
            self._cached = self._journal.revision
            self.clear_cache()
        return super().search(cond)

    def replace(self, documents: Mapping[Any, Mapping[str, Any] | None]) -> None:
        """Replace whole documents by id, or insert them; one that is empty or None is removed."""

        def update(draft: TableDraft) -> None:
            for doc_id, new in documents.items():
                if new:
                    draft[doc_id] = new
                elif doc_id in draft:
                    del draft[doc_id]

        if documents:
            self._update_table(update)

    def find(self, doc_id: Id) -> Document | None:
        """One document by its id."""
        return self.get(doc_id=doc_id)

    def ids(self) -> list[Id]:
        """The ids of all documents."""
        return [document.doc_id for document in self]

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._transaction():
            tables = self._journal.read() or {}
            draft = TableDraft(tables.get(self.name, {}), self.document_id_class)
            updater(draft)
            changes = draft.changes()
            if changes or self.name not in tables:
                self._journal.stage(self.name, changes)
        self.clear_cache()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._journal.transaction():
            if self._foreign != self._journal.foreign:
                self._foreign = self._journal.foreign
                self._next_id = None
            yield


class Database(TinyDB):
    """A TinyDB in which every change is one durable line."""

    table_class = JournalTable  # type: ignore[assignment]  # its constructor has another argument
    default_storage_class = JournalStorage  # type: ignore[assignment]  # any storage does

    def texts(self, name: str) -> JournalTable:
        """A table whose document ids are texts."""
        return self.table(name, id_class=str)  # type: ignore[return-value]  # the class above

    @property
    def journal(self) -> JournalStorage:
        """The storage, with its transactions."""
        return self.storage  # type: ignore[return-value]
