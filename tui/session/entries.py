"""Papers and marks put together: corrections laid over the papers, and papers that the user joined shown as one.

The one place where that is done, so that lists, queries and exports agree. The catalogue stays what the pages make of
it and the marks what the user did, so that neither reading the pages again nor an undo has anything to repair here. A
paper without correction costs nothing. Knows no page, no query and no screen.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from tui.model.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tui.model.mark import Mark
    from tui.store.store import Store

    _Links = tuple[Mapping[str, str], Mapping[str, list[str]]]


class Entries:
    """The entries of one library.

    Args:
        library: the open store.

    Attributes:
        revision: grows whenever an entry is another paper than before, or there are other papers.
    """

    def __init__(self, library: Store) -> None:
        self._library = library
        self._known: dict[str, Entry] = {}
        self._ids: tuple[str, ...] | None = None
        self._links: _Links | None = None
        self.revision = 0

    def ids(self) -> tuple[str, ...]:
        """Every paper's id, in the order of the pages, without those that are part of another."""
        if self._ids is None:
            parts, ids = self._joined()[0], self._library.ids()
            self._ids = tuple(paper_id for paper_id in ids if paper_id not in parts) if parts else ids
        return self._ids

    def entry(self, paper_id: str) -> Entry:
        """The paper and its mark.

        Raises:
            KeyError: there is no such paper.
        """
        entry = self._known.get(paper_id)
        if entry is None:
            entry = self._known[paper_id] = self._composed(paper_id)
        return entry

    def mark(self, paper_id: str) -> Mark:
        """The mark of a paper, which is not read for it."""
        return self._library.mark(paper_id)

    def canonical_id(self, paper_id: str) -> str:
        """The paper that a paper of this id is part of, by the pages or by the user; the id itself where of none."""
        home = self._library.canonical_id(paper_id)
        return self._joined()[0].get(home, home)

    def owner(self, paper_id: str, mark: Callable[[str], Mark]) -> str:
        """The paper that an edit of a paper of this id goes to, as marks say that may be newer than those seen here.

        Args:
            paper_id: the paper.
            mark: reads the marks as they are under the lock.
        """
        start = paper = self._library.canonical_id(paper_id)
        seen = {paper}
        while (whole := mark(paper).part_of) is not None:
            paper = self._library.canonical_id(whole)
            if paper in seen:
                return start
            seen.add(paper)
        return paper if paper in self._library else start

    def fresh(self, paper_id: str) -> Entry:
        """The paper and its mark as they are in the store now; raises as ``entry`` does."""
        return self._composed(paper_id)

    def marks_changed(self, ids: Iterable[str]) -> bool:
        """The marks of these papers changed; returns whether with them a paper changed, or which papers there are."""
        others = False
        for paper_id in ids:
            before = self._known.pop(paper_id, None)
            mark = self._library.mark(paper_id)
            moved = mark.part_of is not None or paper_id in self._joined()[0]
            others = others or moved or (before is not None and _matters(before.mark, mark))
        if others:
            self.invalidate()
        return others

    def invalidate(self) -> None:
        """The catalogue is another one."""
        self._known.clear()
        self._ids = None
        self._links = None
        self.revision += 1

    def _joined(self) -> _Links:
        """The papers that are part of another with that one; and the latter with their parts, in a fixed order."""
        if self._links is None:
            library = self._library
            said = {
                part: library.canonical_id(whole) for part, whole in library.merged_ids().items() if part in library
            }
            wholes = {part: whole for part in said if (whole := _end(said, part)) != part and whole in library}
            parts: dict[str, list[str]] = {}
            for part in sorted(wholes, key=lambda part: (library.paper(part).sources, part)):
                parts.setdefault(wholes[part], []).append(part)
            self._links = wholes, parts
        return self._links

    def _composed(self, paper_id: str) -> Entry:
        paper, mark = self._library.paper(paper_id), self._library.mark(paper_id)
        parts = self._joined()[1].get(paper_id)
        if parts:
            from tui.model.merge_papers import merge_papers  # noqa: PLC0415 - most papers are as the pages have them

            paper = reduce(merge_papers, map(self._library.paper, parts), paper)
        if not mark.corrected:
            return Entry(paper, mark)
        from tui.model.correction import apply_corrections  # noqa: PLC0415 - see above

        return Entry(apply_corrections(paper, mark.corrected), mark, paper)


def _matters(before: Mark, now: Mark) -> bool:
    """Whether a new mark makes another paper of it, or tells it apart from one."""
    return before.corrected != now.corrected or before.apart_from != now.apart_from


def _end(said: Mapping[str, str], start: str) -> str:
    """The paper at the end of a chain of joined ones; the start itself where they go round in a circle."""
    seen = {start}
    paper = said[start]
    while paper in said:
        if paper in seen:
            return start
        seen.add(paper)
        paper = said[paper]
    return paper
