"""The papers as numbered rows, with what searching derives from them: folded text and vocabulary.

Nothing is derived before it is asked for; ``warm`` does it ahead in slices. A changed mark costs its own row only.
Not for several threads at once. Knows no query.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tui.index.search_text import holds_word, search_text, section, with_new_mark
from tui.index.time_budget import time_sliced
from tui.index.vocabulary import Vocabulary
from tui.model.entry import Entry
from tui.model.paper import Paper
from tui.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.model.mark import Mark

_SHARE = 3  # of the rows, the part that is read or folded by itself
_UNREAD = Paper("")


class Papers(Protocol):
    """Where the rows come from."""

    def ids(self) -> Sequence[str]:
        """All papers, in the order of the catalogue."""

    def entry(self, id: str, /) -> Entry:  # noqa: A002 - the vocabulary's word
        """One paper and its mark, as they are now."""

    def mark(self, id: str, /) -> Mark:  # noqa: A002 - the vocabulary's word
        """The mark of one paper alone, for which the paper need not be read."""


class SearchIndex:
    """The rows of one catalogue."""

    def __init__(self, papers: Papers) -> None:
        self._papers = papers
        self._ids: tuple[str, ...] = ()
        self._row_numbers: tuple[int, ...] = ()
        self._entries: list[Entry] = []
        self._hays: list[str] = []
        self._known: dict[str, tuple[Entry, str]] = {}
        self.reset()

    def reset(self) -> None:
        """The catalogue is another one; the folded text of papers that stayed as they are is kept."""
        self._known |= {entry.id: (entry, hay) for entry, hay in zip(self._entries, self._hays, strict=False)}
        self._ids = ()
        self._entries = []
        self._hays = []
        self._numbers: dict[str, int] = {}
        self._vocabulary = Vocabulary()
        self._counted = 0
        # Words of marks that changed: perhaps no paper has them any more.
        self._doubtful: set[str] = set()

    @property
    def ids(self) -> tuple[str, ...]:
        """Id of every row."""
        if not self._ids:
            self._ids = tuple(self._papers.ids())
        return self._ids

    @property
    def numbers(self) -> Sequence[int]:
        """Number of every row: the same objects at each call, so that long answers do not each have their own."""
        if len(self._row_numbers) != len(self.ids):
            self._row_numbers = tuple(range(len(self.ids)))
        return self._row_numbers

    @property
    def entries(self) -> Sequence[Entry]:
        """Entry of every row."""
        self.load(None)
        return self._entries

    def entries_of(self, rows: Sequence[int]) -> Sequence[Entry] | Mapping[int, Entry]:
        """Entries, by row; where the others have not been read yet and these are few, of these alone."""
        if self.is_read or _SHARE * len(rows) > len(self.ids):
            return self.entries
        entry, ids = self._papers.entry, self._ids
        return {row: entry(ids[row]) for row in rows}

    def mark_entries_of(self, rows: Sequence[int]) -> Sequence[Entry] | Mapping[int, Entry]:
        """Entries of which the mark alone counts, by row: papers that have not been read yet stay unread."""
        if self.is_read:
            return self._entries
        mark, ids = self._papers.mark, self.ids
        return {row: Entry(_UNREAD, mark(ids[row])) for row in rows}

    @property
    def is_read(self) -> bool:
        """Whether every paper has been read already."""
        return len(self._entries) == len(self.ids)

    @property
    def texts(self) -> Sequence[str]:
        """Haystack of every row."""
        self._fold(None)
        return self._hays

    @property
    def is_folded(self) -> bool:
        """Whether the haystack of every row is there already."""
        return len(self._hays) == len(self.ids)

    def texts_of(self, rows: Sequence[int]) -> Sequence[str] | Mapping[int, str]:
        """Haystacks, by row; where all others would have to be made first and these are few, of these alone."""
        if self.is_folded or _SHARE * len(rows) > len(self.ids):
            return self.texts
        entries = self.entries_of(rows)
        return {row: self._haystack(entries[row]) for row in rows}

    def similar_words(self, word: str) -> dict[str, int]:
        """The words in use that are close to a folded word, each with its distance, the nearest first."""
        self._count(None)
        close = self._vocabulary.suggestions(word)
        gone = {rival for rival in close if rival in self._doubtful and not self._holds(rival)}
        return {rival: gap for rival, gap in close.items() if rival not in gone}

    def row_of(self, id: str) -> int | None:  # noqa: A002 - the vocabulary's word
        """The row of a paper, or None where it is not in the catalogue."""
        if not self._numbers:
            self._numbers = dict(zip(self.ids, self.numbers, strict=True))
        return self._numbers.get(id)

    def update_mark(self, id: str) -> tuple[int, Entry] | None:  # noqa: A002 - the vocabulary's word
        """Take in the new mark of one paper.

        Returns:
            Its row and entry, or None where nothing had been read of it yet.
        """
        row = self.row_of(id) if self._entries else None
        if row is None or row >= len(self._entries):
            return None
        entry = self._entries[row] = self._papers.entry(id)
        if row < len(self._hays):
            before, hay = self._hays[row], with_new_mark(self._hays[row], entry.mark)
            self._hays[row] = hay
            entry.paper.share_abstract(hay)
            if row < self._counted and hay != before:
                self._vocabulary.add(hay)
                self._doubtful.update(tokenize(section(before, "tag")), tokenize(section(before, "note")))
        return row, entry

    def prebuild(self, deadline: float) -> bool:
        """Derive ahead until a time on the performance counter; returns whether all is done."""
        return self.load(deadline) and self._fold(deadline) and self._count(deadline)

    def load(self, deadline: float | None) -> bool:
        """Read entries until a time on the performance counter; returns whether all are read."""
        entry = self._papers.entry
        for start, end in time_sliced(len(self._entries), len(self.ids), deadline):
            self._entries += [entry(paper) for paper in self._ids[start:end]]
        return self.is_read

    def _fold(self, deadline: float | None) -> bool:
        entries = self.entries
        for start, end in time_sliced(len(self._hays), len(entries), deadline):
            for entry in entries[start:end]:
                hay = self._haystack(entry)
                entry.paper.share_abstract(hay)
                self._hays.append(hay)
        if len(self._hays) < len(entries):
            return False
        self._known = {}
        return True

    def _count(self, deadline: float | None) -> bool:
        hays = self.texts
        for start, end in time_sliced(self._counted, len(hays), deadline):
            for hay in hays[start:end]:
                self._vocabulary.add(hay)
            self._counted = end
        return self._counted == len(hays)

    def _holds(self, word: str) -> bool:
        return any(holds_word(hay, word) for hay in self._hays)

    def _haystack(self, entry: Entry) -> str:
        known = self._known.get(entry.id)
        if known is None or known[0].paper != entry.paper:
            return search_text(entry)
        return known[1] if known[0].mark == entry.mark else with_new_mark(known[1], entry.mark)
