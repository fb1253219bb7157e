"""Counts the papers of each facet value.

Counted on first use; ``prebuild`` counts ahead.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from time import perf_counter
from typing import TYPE_CHECKING

from tui.index.facet_key_counts import KeyChange, KeyCounts
from tui.index.search_text import fold_text
from tui.index.time_budget import time_sliced
from tui.model.display_names import shown_names
from tui.model.paper_categories import paper_categories
from tui.model.paper_files import pdf_files
from tui.model.publication import NO_PUBLICATION
from tui.model.publication_types import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.index.search_index import SearchIndex
    from tui.model.entry import Entry
    from tui.model.publication import Publication

_MAX_AUTHORS = 30
_MAX_VENUES = 30


class FacetIndex:
    """The facet values of the papers of one catalogue; keys are those of ``facet_terms.facet_key``.

    Attributes:
        spellings: key to the first spelling of its value, for the keys counted so far.
    """

    def __init__(self, index: SearchIndex) -> None:
        self.spellings: dict[str, str] = {}
        self._index = index
        self._key_counts = KeyCounts(())
        self._folded: dict[tuple[str, str], str] = {}
        # Papers of one source and year mostly have the same keys; sharing them saves nine tenths of the memory.
        self._shared: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._authors: tuple[str, ...] | None = None
        self._frequent: frozenset[str] = frozenset()
        self._frequent_venues: frozenset[str | None] = frozenset()

    @property
    def key_counts(self) -> KeyCounts:
        """The counted keys of every row."""
        self._count(None)
        return self._key_counts

    @property
    def is_counted(self) -> bool:
        """Whether every row has been counted."""
        return len(self._key_counts) == len(self._index.ids)

    @property
    def authors(self) -> Sequence[str]:
        """The displayed names of authors, the most frequent first."""
        return self._count_authors(self._index.entries)

    def replace(self, row: int, entry: Entry) -> KeyChange:
        """Update the row of a paper whose mark changed; a row not counted yet has no keys."""
        if row < len(self._key_counts):
            return self._key_counts.replace(row, self._keys(entry))
        return KeyChange(row, (), ())

    def prebuild(self, deadline: float) -> bool:
        """Count until a deadline (``time.perf_counter``); return whether all is counted."""
        return self._count(deadline)

    def _count(self, deadline: float | None) -> bool:
        entries = self._index.entries
        if len(self._key_counts) < len(entries) and (deadline is None or perf_counter() < deadline):
            self._count_authors(entries)
        for start, end in time_sliced(len(self._key_counts), len(entries), deadline):
            self._key_counts.extend([self._keys(entry) for entry in entries[start:end]])
        return len(self._key_counts) == len(entries)

    def _count_authors(self, entries: Sequence[Entry]) -> Sequence[str]:
        """Find the most frequent authors, before any key is made: only those are facet values."""
        if self._authors is None:
            printed = Counter(chain.from_iterable([shown_names(entry.paper.authors) for entry in entries]))
            self._authors = tuple(name for name, _ in printed.most_common())
            folded_counts = Counter[str]()
            for name, papers in printed.items():
                folded_counts[fold_text(name)] += papers
            frequent = {name for name, papers in folded_counts.most_common(_MAX_AUTHORS) if papers > 1}
            venues = Counter(filter(None, [entry.paper.publication.container_title for entry in entries]))
            self._frequent_venues = frozenset(name for name, _ in venues.most_common(_MAX_VENUES))
            self._frequent = frozenset(name for name in printed if fold_text(name) in frequent)
        return self._authors

    def _keys(self, entry: Entry) -> tuple[str, ...]:
        """The keys of one entry, each once; a tag counts for its parent tags too."""
        paper, mark = entry.paper, entry.mark
        keys = [f"status:{mark.status}"]
        if mark.starred:
            keys.append("is:starred")
        if mark.tags:
            keys += dict.fromkeys(self._key("tag", parent) for tag in mark.tags for parent in _with_parents(tag))
        keys += [self._key("cat", name) for name in paper_categories(paper)]
        if paper.publication is not NO_PUBLICATION:
            keys += self._publication_keys(paper.publication)
        if paper.date and paper.date.year:
            keys.append(f"year:{paper.date.year}")
        keys += [
            "has:tag" if mark.tags else "no:tag",
            "has:code" if paper.has_code else "no:code",
            "has:pdf" if pdf_files(entry) else "no:pdf",
            "has:note" if mark.note else "no:note",
            "has:link" if paper.links else "no:link",
            "has:abstract" if paper.abstract else "no:abstract",
            "has:title" if paper.title else "no:title",
            "has:author" if paper.authors else "no:author",
            "no:date" if paper.date is None else "has:date",
        ]
        authors = shown_names(paper.authors)
        if not self._frequent.isdisjoint(authors):
            keys += dict.fromkeys(self._key("author", name) for name in authors if name in self._frequent)
        keys += dict.fromkeys(self._key("source", source.page) for source in paper.sources)
        shared = tuple(keys)
        return self._shared.setdefault(shared, shared)

    def _publication_keys(self, publication: Publication) -> Iterable[str]:
        if row := TYPES.get(publication.type or ""):
            yield self._key("type", row.label)
        if publication.container_title in self._frequent_venues:
            yield self._key("venue", publication.container_title or "")

    def _key(self, group: str, value: str) -> str:
        key = self._folded.get((group, value))
        if key is None:
            key = self._folded[group, value] = f"{group}:{fold_text(value)}"
            self.spellings.setdefault(key, value)
        return key


def _with_parents(tag: str) -> Iterable[str]:
    end = tag.find("/")
    while end > 0:
        yield tag[:end]
        end = tag.find("/", end + 1)
    yield tag
