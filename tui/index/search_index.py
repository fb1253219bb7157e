"""The search index: papers as numbered rows, with their folded text and vocabulary.

Built on first use; ``prebuild`` builds ahead in slices. A changed mark updates its own row only. Not thread-safe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tui.index.search_text import holds_word, search_text, section, with_new_mark
from tui.index.time_budget import time_sliced
from tui.index.vocabulary import Vocabulary
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED
from tui.model.paper import Paper
from tui.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tui.model.mark import Mark

_FEW_SHARE = 3  # up to one third of the rows are read or folded by themselves
_UNREAD = Paper("")
_UNMARKED = Entry(_UNREAD, UNTOUCHED)


class Papers(Protocol):
    """The source of the rows."""

    def ids(self) -> Sequence[str]:
        """The ids of all papers, in the order of the catalogue."""

    def entry(self, id: str, /) -> Entry:  # noqa: A002 - the usual name
        """A paper with its current mark."""

    def mark(self, id: str, /) -> Mark:  # noqa: A002 - the usual name
        """The mark of a paper, without reading the paper."""

    def marked_ids(self) -> Collection[str]:
        """The ids of all papers with a mark; may contain others."""


class SearchIndex:
    """The rows of one catalogue."""

    def __init__(self, papers: Papers) -> None:
        self._papers = papers
        self._ids: tuple[str, ...] = ()
        self._row_numbers: tuple[int, ...] = ()
        self._entries: list[Entry] = []
        self._texts: list[str] = []
        self._old_texts: dict[str, tuple[Entry, str]] = {}
        self.reset()

    def reset(self) -> None:
        """Start over with a new catalogue; keep the folded text of unchanged papers."""
        self._old_texts |= {entry.id: (entry, text) for entry, text in zip(self._entries, self._texts, strict=False)}
        self._ids = ()
        self._entries = []
        self._texts = []
        self._numbers: dict[str, int] = {}
        self._vocabulary = Vocabulary()
        self._vocabulary_rows = 0
        # Words of changed marks that may not occur in any paper any more.
        self._possibly_gone: set[str] = set()

    @property
    def ids(self) -> tuple[str, ...]:
        """The id of every row."""
        if not self._ids:
            self._ids = tuple(self._papers.ids())
        return self._ids

    @property
    def numbers(self) -> Sequence[int]:
        """The number of every row; the same objects at each call, so that long results share them."""
        if len(self._row_numbers) != len(self.ids):
            self._row_numbers = tuple(range(len(self.ids)))
        return self._row_numbers

    @property
    def entries(self) -> Sequence[Entry]:
        """The entry of every row."""
        self.load(None)
        return self._entries

    def entries_of(self, rows: Sequence[int]) -> Sequence[Entry] | Mapping[int, Entry]:
        """Entries by row; reads only these rows if they are few."""
        if self.is_read or _FEW_SHARE * len(rows) > len(self.ids):
            return self.entries
        entry, ids = self._papers.entry, self._ids
        return {row: entry(ids[row]) for row in rows}

    def mark_entries_of(self, rows: Sequence[int]) -> Sequence[Entry] | Mapping[int, Entry]:
        """Entries by row whose mark alone is valid; unread papers are not read."""
        if self.is_read:
            return self._entries
        mark, ids, marked = self._papers.mark, self.ids, self._papers.marked_ids()
        # Most papers of a long list have no mark and share an entry.
        return {row: Entry(_UNREAD, mark(ids[row])) if ids[row] in marked else _UNMARKED for row in rows}

    @property
    def is_read(self) -> bool:
        """Whether every paper has been read."""
        return len(self._entries) == len(self.ids)

    @property
    def texts(self) -> Sequence[str]:
        """The search text of every row."""
        self._fold(None)
        return self._texts

    @property
    def is_folded(self) -> bool:
        """Whether the search text of every row is built."""
        return len(self._texts) == len(self.ids)

    def texts_of(self, rows: Sequence[int]) -> Sequence[str] | Mapping[int, str]:
        """Search texts by row; builds only these rows if they are few."""
        if self.is_folded or _FEW_SHARE * len(rows) > len(self.ids):
            return self.texts
        entries = self.entries_of(rows)
        return {row: self._search_text(entries[row]) for row in rows}

    def similar_words(self, word: str) -> dict[str, int]:
        """The words in use similar to a folded word, each with its edit distance, the nearest first."""
        self._count(None)
        similar = self._vocabulary.suggestions(word)
        gone = {candidate for candidate in similar if candidate in self._possibly_gone and not self._holds(candidate)}
        return {candidate: distance for candidate, distance in similar.items() if candidate not in gone}

    def row_of(self, id: str) -> int | None:  # noqa: A002 - the usual name
        """The row of a paper, or None if it is not in the catalogue."""
        if not self._numbers:
            self._numbers = dict(zip(self.ids, self.numbers, strict=True))
        return self._numbers.get(id)

    def update_mark(self, id: str) -> tuple[int, Entry] | None:  # noqa: A002 - the usual name
        """Update the row of a paper whose mark changed.

        Returns:
            Its row and entry, or None if it had not been read yet.
        """
        row = self.row_of(id) if self._entries else None
        if row is None or row >= len(self._entries):
            return None
        entry = self._entries[row] = self._papers.entry(id)
        if row < len(self._texts):
            before, text = self._texts[row], with_new_mark(self._texts[row], entry.mark)
            self._texts[row] = text
            if row < self._vocabulary_rows and text != before:
                self._vocabulary.add(text)
                self._possibly_gone.update(tokenize(section(before, "tag")), tokenize(section(before, "note")))
        return row, entry

    def prebuild(self, deadline: float) -> bool:
        """Build until a deadline (``time.perf_counter``); return whether all is built."""
        return self.load(deadline) and self._fold(deadline) and self._count(deadline)

    def load(self, deadline: float | None) -> bool:
        """Read entries until a deadline (``time.perf_counter``); return whether all are read."""
        entry = self._papers.entry
        for start, end in time_sliced(len(self._entries), len(self.ids), deadline):
            self._entries += [entry(paper) for paper in self._ids[start:end]]
        return self.is_read

    def _fold(self, deadline: float | None) -> bool:
        entries = self.entries
        for start, end in time_sliced(len(self._texts), len(entries), deadline):
            for entry in entries[start:end]:
                self._texts.append(self._search_text(entry))
        if len(self._texts) < len(entries):
            return False
        self._old_texts = {}
        return True

    def _count(self, deadline: float | None) -> bool:
        texts = self.texts
        for start, end in time_sliced(self._vocabulary_rows, len(texts), deadline):
            for text in texts[start:end]:
                self._vocabulary.add(text)
            self._vocabulary_rows = end
        if self._vocabulary_rows < len(texts):
            return False
        self._vocabulary.compact()
        return True

    def _holds(self, word: str) -> bool:
        return any(holds_word(text, word) for text in self._texts)

    def _search_text(self, entry: Entry) -> str:
        old = self._old_texts.get(entry.id)
        if old is None or old[0].paper != entry.paper:
            return search_text(entry)
        return old[1] if old[0].mark == entry.mark else with_new_mark(old[1], entry.mark)
