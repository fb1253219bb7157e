"""Entries: papers with their marks, with corrections applied and merged papers combined.

The single place where that is done, so that lists, queries and exports agree. The catalogue holds only what the
sources have, and the marks only what the user did, so that neither reading the sources again nor an undo has anything
to repair here.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from tui.model.entry import Entry
from tui.session.source_names import shown_names, with_shown_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tui.model.mark import Mark
    from tui.store.store import Store

    _Links = tuple[Mapping[str, str], Mapping[str, list[str]]]


class Entries:
    """The entries of one reading list.

    Args:
        store: the open store.

    Attributes:
        revision: grows whenever a paper changes, or which papers there are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._cache: dict[str, Entry] = {}
        self._ids: tuple[str, ...] | None = None
        self._links: _Links | None = None
        self._removed: frozenset[str] | None = None
        self._source_names: Mapping[str, str] | None = None
        self.revision = 0

    def ids(self) -> tuple[str, ...]:
        """Every paper's id, in the order of the sources, without removed papers and those merged into another."""
        if self._ids is None:
            ids, removed = self.ids_with_removed(), self.removed()
            self._ids = tuple([paper_id for paper_id in ids if paper_id not in removed]) if removed else ids
        return self._ids

    def ids_with_removed(self) -> tuple[str, ...]:
        """As ``ids``, with the removed papers."""
        merged, ids = self._merged()[0], self._store.catalogue.ids()
        return tuple([paper_id for paper_id in ids if paper_id not in merged]) if merged else ids

    def removed(self) -> frozenset[str]:
        """The ids of the papers that the user removed."""
        if self._removed is None:
            self._removed = self._store.marks.removed_ids()
        return self._removed

    def entry(self, paper_id: str) -> Entry:
        """The paper and its mark.

        Raises:
            KeyError: there is no such paper.
        """
        entry = self._cache.get(paper_id)
        if entry is None:
            entry = self._cache[paper_id] = self.read_entry(paper_id)
        return entry

    def mark(self, paper_id: str) -> Mark:
        """The mark of a paper, without reading the paper."""
        return self._store.marks.get(paper_id)

    def marked_ids(self) -> frozenset[str]:
        """The ids of all papers with a mark, also of papers that are not in the list."""
        return self._store.marks.ids()

    def canonical_id(self, paper_id: str) -> str:
        """The paper that this id was merged into, by the sources or by the user; the id itself if none."""
        canonical = self._store.catalogue.canonical_id(paper_id)
        return self._merged()[0].get(canonical, canonical)

    def owner(self, paper_id: str, mark: Callable[[str], Mark]) -> str:
        """The paper that an edit of this paper applies to, by marks that may be newer than those cached here.

        Args:
            paper_id: the paper.
            mark: reads a mark under the write lock.
        """
        start = paper = self._store.catalogue.canonical_id(paper_id)
        seen = {paper}
        while (whole := mark(paper).part_of) is not None:
            paper = self._store.catalogue.canonical_id(whole)
            if paper in seen:
                return start
            seen.add(paper)
        return paper if paper in self._store.catalogue else start

    def marks_changed(self, ids: Iterable[str]) -> bool:
        """Update after changes of these marks; returns whether that changed a paper, or which papers there are."""
        changed = is_membership = False
        removed = self.removed()
        for paper_id in ids:
            before = self._cache.pop(paper_id, None)
            mark = self._store.marks.get(paper_id)
            is_membership = is_membership or mark.removed is not (paper_id in removed)
            merged = mark.part_of is not None or paper_id in self._merged()[0]
            changed = changed or merged or (before is not None and _changes_paper(before.mark, mark))
        if changed:
            self.invalidate()
        elif is_membership:  # the entries of all other papers are still right
            self._ids = self._removed = None
            self.revision += 1
        return changed or is_membership

    def invalidate(self) -> None:
        """Drop everything cached, after the catalogue changed."""
        self._cache.clear()
        self._ids = self._removed = self._source_names = None
        self._links = None
        self.revision += 1

    def _merged(self) -> _Links:
        """Each merged paper to the one it was merged into; and those with their parts, in a fixed order."""
        if self._links is None:
            store = self._store
            links = {
                part: store.catalogue.canonical_id(whole)
                for part, whole in store.marks.merged_ids().items()
                if part in store.catalogue
            }
            wholes = {
                part: whole for part in links if (whole := _end(links, part)) != part and whole in store.catalogue
            }
            parts: dict[str, list[str]] = {}
            for part in sorted(wholes, key=lambda part: (store.catalogue.paper(part).sources, part)):
                parts.setdefault(wholes[part], []).append(part)
            self._links = wholes, parts
        return self._links

    def read_entry(self, paper_id: str) -> Entry:
        """Read the paper and its mark from the store, bypassing the cache; raises as ``entry`` does."""
        paper, mark = self._store.catalogue.paper(paper_id), self._store.marks.get(paper_id)
        parts = self._merged()[1].get(paper_id)
        if parts:
            from tui.model.merge_papers import merge_papers  # noqa: PLC0415 - most papers are not merged

            paper = reduce(merge_papers, map(self._store.catalogue.paper, parts), paper)
        if self._source_names is None:
            self._source_names = shown_names(self._store)
        if self._source_names:
            paper = with_shown_names(paper, self._source_names)
        if not (mark.corrected or mark.files or mark.detached):
            return Entry(paper, mark)
        from tui.model.correction import apply_corrections  # noqa: PLC0415 - see above
        from tui.model.paper_files import with_files  # noqa: PLC0415 - see above

        shown = with_files(apply_corrections(paper, mark.corrected), mark)
        return Entry(shown, mark, paper if mark.corrected else None)


class EntriesWithRemoved:
    """The entries of a reading list with the removed papers, for queries that ask for these.

    Args:
        entries: the entries of the list.
    """

    def __init__(self, entries: Entries) -> None:
        self.ids = entries.ids_with_removed
        self.entry = entries.entry
        self.mark = entries.mark
        self.marked_ids = entries.marked_ids


def _changes_paper(before: Mark, after: Mark) -> bool:
    """Whether a new mark changes the corrections of a paper, or its duplicates."""
    return before.corrected != after.corrected or before.apart_from != after.apart_from


def _end(links: Mapping[str, str], start: str) -> str:
    """The last paper of a chain of merged ones; the start itself if the chain is a cycle."""
    seen = {start}
    paper = links[start]
    while paper in links:
        if paper in seen:
            return start
        seen.add(paper)
        paper = links[paper]
    return paper
