"""A TinyDB table that passes only changes to its storage (``_update_table`` is documented as overridable)."""

from __future__ import annotations

from collections.abc import MutableMapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from tinydb import TinyDB
from tinydb.table import Document, Table

from tui.store.storage import JournalStorage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tinydb.queries import QueryLike

    Id = Any


class JournalTable(Table):
    """A table of documents with text ids in a :class:`JournalStorage`.

    An update sees the changes of other processes, and is one line on disk. If an updater raises, nothing changes.
    """

    document_id_class: type[Any] = str

    _storage: JournalStorage
    _next_id: Any
    _seen = (-1, -1)

    def insert(self, document: Mapping[str, Any]) -> Id:
        """Insert one document; its id is chosen under the lock, so that no two processes choose the same."""
        with self._storage.transaction():
            return super().insert(document)

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[Any]:
        """Update the documents that match, or insert one if none does, in one transaction."""
        with self._storage.transaction():
            return super().upsert(document, cond)

    def search(self, cond: QueryLike) -> list[Document]:
        """All documents that match; results cached before a change of another process are not used."""
        self._drop_stale_cache()
        return super().search(cond)

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        return self._storage.table(self.name)  # type: ignore[return-value]  # TinyDB only reads it

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._storage.transaction():
            view = _Overlay(self._storage.table(self.name), self.document_id_class)
            updater(view)
            changes = view.changes()
            if changes or not self._storage.has_table(self.name):
                self._storage.stage(self.name, changes)
        self.clear_cache()

    def _get_next_id(self) -> Id:
        self._drop_stale_cache()
        number = self._next_id or 1 + max((int(key) for key in self._read_table() if key.isdecimal()), default=0)
        self._next_id = number + 1
        return self.document_id_class(number)

    def _drop_stale_cache(self) -> None:
        seen = (self._storage.foreign, self._storage.revision)
        if seen[0] != self._seen[0]:
            self._next_id = None
        if seen != self._seen:
            self.clear_cache()
        self._seen = seen


class Database(TinyDB):
    """A TinyDB in which every update is one durable line."""

    table_class = JournalTable
    default_storage_class = JournalStorage  # type: ignore[assignment]  # any storage does


class _Overlay(MutableMapping[Any, dict[str, Any]]):
    """A table as its updater sees it: documents are copied on access, and the table is not copied."""

    def __init__(self, base: Mapping[str, Mapping[str, Any]], id_class: type[Any]) -> None:
        self._base = base
        self._id_class = id_class
        self._touched: dict[str, dict[str, Any] | None] = {}

    def changes(self) -> dict[str, dict[str, Any] | None]:
        """The documents that changed; None for one that was removed."""
        return {key: document for key, document in self._touched.items() if self._base.get(key) != document}

    def __getitem__(self, key: Id) -> dict[str, Any]:
        name = str(key)
        if name not in self._touched:
            self._touched[name] = deepcopy(dict(self._base[name]))
        document = self._touched[name]
        if document is None:
            raise KeyError(key)
        return document

    def __setitem__(self, key: Id, document: Mapping[str, Any]) -> None:
        self._touched[str(key)] = dict(document)

    def __delitem__(self, key: Id) -> None:
        if key not in self:
            raise KeyError(key)
        self._touched[str(key)] = None

    def __contains__(self, key: object) -> bool:
        name = str(key)
        return self._touched[name] is not None if name in self._touched else name in self._base

    def __iter__(self) -> Iterator[Any]:
        for name in self._base:
            if self._touched.get(name, ...) is not None:
                yield self._id_class(name)
        for name, document in self._touched.items():
            if document is not None and name not in self._base:
                yield self._id_class(name)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Remove every document."""
        self._touched = dict.fromkeys(self._base)
