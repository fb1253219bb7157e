"""How many papers have each value of a facet: the tally of the index, with the keys that queries go by.

Nothing is counted before it is asked for; ``warm`` does it ahead. Knows no query.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from time import perf_counter
from typing import TYPE_CHECKING

from tui.index.key_counts import KeyChange, KeyCounts
from tui.index.search_text import fold_text
from tui.index.time_budget import time_sliced
from tui.model.display_names import shown_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.index.search_index import SearchIndex
    from tui.model.entry import Entry

_AUTHORS = 30


class FacetIndex:
    """The tally of the rows of one catalogue; a key is what a term of the query would be about (``said.topic``).

    Attributes:
        spellings: key to the value as it was first written, for the keys counted so far.
    """

    def __init__(self, rows: SearchIndex) -> None:
        self.spellings: dict[str, str] = {}
        self._rows = rows
        self._tally = KeyCounts(())
        self._folded: dict[tuple[str, str], str] = {}
        # Papers of one page and year mostly carry the same keys; kept once, they are a tenth of the memory.
        self._kept: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._authors: tuple[str, ...] | None = None
        self._frequent: frozenset[str] = frozenset()

    @property
    def key_counts(self) -> KeyCounts:
        """The keys of every row, counted."""
        self._count(None)
        return self._tally

    @property
    def is_counted(self) -> bool:
        """Whether every row is counted."""
        return len(self._tally) == len(self._rows.ids)

    @property
    def authors(self) -> Sequence[str]:
        """The authors' names as printed, the most frequent first."""
        return self._count_authors(self._rows.entries)

    def replace(self, row: int, entry: Entry) -> KeyChange:
        """Take in the new mark of one paper; where its row was not counted yet, it had and has no key."""
        if row < len(self._tally):
            return self._tally.replace(row, self._keys(entry))
        return KeyChange(row, (), ())

    def prebuild(self, deadline: float) -> bool:
        """Count ahead until a time on the performance counter; returns whether all is done."""
        return self._count(deadline)

    def _count(self, deadline: float | None) -> bool:
        entries = self._rows.entries
        if len(self._tally) < len(entries) and (deadline is None or perf_counter() < deadline):
            self._count_authors(entries)
        for start, end in time_sliced(len(self._tally), len(entries), deadline):
            self._tally.extend([self._keys(entry) for entry in entries[start:end]])
        return len(self._tally) == len(entries)

    def _count_authors(self, entries: Sequence[Entry]) -> Sequence[str]:
        """Find out, before any key is made, who has the most papers: only those few are a facet."""
        if self._authors is None:
            printed = Counter(chain.from_iterable([shown_names(entry.paper.authors) for entry in entries]))
            self._authors = tuple(name for name, _ in printed.most_common())
            several = Counter[str]()
            for name, papers in printed.items():
                several[fold_text(name)] += papers
            frequent = {name for name, papers in several.most_common(_AUTHORS) if papers > 1}
            self._frequent = frozenset(name for name in printed if fold_text(name) in frequent)
        return self._authors

    def _keys(self, entry: Entry) -> tuple[str, ...]:
        """The keys of one entry, each once; a tag counts for the tags above it too."""
        paper, mark = entry.paper, entry.mark
        keys = [f"status:{mark.status}"]
        if mark.starred:
            keys.append("is:starred")
        if mark.tags:
            keys += dict.fromkeys(self._key("tag", above) for tag in mark.tags for above in _lineage(tag))
        if paper.category:
            keys.append(self._key("cat", paper.category))
        if paper.date and paper.date.year:
            keys.append(f"year:{paper.date.year}")
        keys += [
            "has:tag" if mark.tags else "no:tag",
            "has:code" if paper.has_code else "no:code",
            "has:note" if mark.note else "no:note",
            "has:link" if paper.links else "no:link",
            "has:abstract" if paper.has_abstract else "no:abstract",
            "has:title" if paper.title else "no:title",
            "has:author" if paper.authors else "no:author",
            "no:date" if paper.date is None else "has:date",
        ]
        authors = shown_names(paper.authors)
        if not self._frequent.isdisjoint(authors):
            keys += dict.fromkeys(self._key("author", name) for name in authors if name in self._frequent)
        keys += dict.fromkeys(self._key("source", source.page) for source in paper.sources)
        carried = tuple(keys)
        return self._kept.setdefault(carried, carried)

    def _key(self, group: str, value: str) -> str:
        key = self._folded.get((group, value))
        if key is None:
            key = self._folded[group, value] = f"{group}:{fold_text(value)}"
            self.spellings.setdefault(key, value)
        return key


def _lineage(tag: str) -> Iterable[str]:
    end = tag.find("/")
    while end > 0:
        yield tag[:end]
        end = tag.find("/", end + 1)
    yield tag
