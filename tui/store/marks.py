"""The marks on disk: what the user did to each paper, including papers that are not in the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinydb import where

from tui.model.mark import UNTOUCHED, Status
from tui.store import codec

if TYPE_CHECKING:
    from collections.abc import Mapping
    from threading import RLock

    from tui.model.mark import Mark
    from tui.store.checkpoint import Document
    from tui.store.journal_table import Database


class Marks:
    """The marks by the ids of their papers; :class:`tui.store.history.ChangeHistory` changes them.

    Each is decoded when it is first read.

    Args:
        database: the store.
        guard: held while the store changes.
    """

    def __init__(self, database: Database, guard: RLock) -> None:
        self._table = database.texts("marks")
        self._guard = guard
        self._decoded: dict[str, Mark] = {}
        self._ids: frozenset[str] | None = None
        self._changed_by_others: set[str] = set()

    def get(self, paper_id: str) -> Mark:
        """The mark of one paper; ``UNTOUCHED`` if it has none, or for an unknown id."""
        decoded = self._decoded
        mark = decoded.get(paper_id)
        if mark is None:
            # Readers need no lock: a transaction sets the new mark after the table has changed, so a mark that was
            # decoded too early never replaces a newer one.
            document = self._table.find(paper_id)
            mark = decoded.setdefault(paper_id, codec.decode_mark(paper_id, document) if document else UNTOUCHED)
        return mark

    def ids(self) -> frozenset[str]:
        """The ids of all papers with a mark."""
        with self._guard:
            if self._ids is None:
                self._ids = frozenset(self._table.ids())
            return self._ids

    def merged_ids(self) -> dict[str, str]:
        """The ids that the user merged into another paper, each with the id of that paper."""
        return {str(mark.doc_id): mark["part_of"] for mark in self._table.search(where("part_of").exists())}

    def removed_ids(self) -> frozenset[str]:
        """The ids of the papers that the user removed from the list."""
        return frozenset([str(mark.doc_id) for mark in self._table.search(where("removed").exists())])

    def triaged_ids(self) -> frozenset[str]:
        """The ids of all papers with a status other than ``unread`` that are not removed; no mark is decoded."""
        unread = Status.UNREAD.value
        return frozenset(
            [
                str(mark.doc_id)
                for mark in self._table
                if mark.get("status", unread) != unread and not mark.get("removed")
            ]
        )

    def pinned(self) -> dict[str, str]:
        """The names of records that the user assigned to a paper, each with the id of the paper."""
        found = self._table.search(where("records").exists())
        return {name: str(mark.doc_id) for mark in found for name in mark["records"]}

    def write(self, marks: Mapping[str, Mark]) -> None:
        """Write marks by id, as a part of a transaction; one that is ``UNTOUCHED`` is removed."""
        self._table.replace({paper_id: codec.encode_mark(mark) for paper_id, mark in marks.items()})

    def take_changed_by_others(self) -> frozenset[str]:
        """The ids whose mark other processes changed since the last call."""
        changed = frozenset(self._changed_by_others)
        self._changed_by_others.clear()
        return changed

    def applied(self, documents: Mapping[str, Document | None], *, own: bool) -> None:
        """Follow a transaction that changed the table.

        Args:
            documents: the new documents by id; None for a mark that was removed.
            own: whether this process wrote the transaction.
        """
        for paper_id, document in documents.items():
            if not own:
                self._changed_by_others.add(paper_id)
            self._decoded[paper_id] = codec.decode_mark(paper_id, document) if document else UNTOUCHED
            if self._ids is not None and (paper_id in self._ids) is not bool(document):
                self._ids = None

    def reloaded(self, old: Mapping[str, Document]) -> None:
        """Follow a table that was read again, given the documents it had."""
        self._decoded, self._ids = {}, None
        ids = old.keys() | self.ids()
        self._changed_by_others.update(id_ for id_ in ids if old.get(id_) != self._table.find(id_))
