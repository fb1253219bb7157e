"""The words in use: the nearest of them stands in for a mistyped one. Knows no query and no paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORTEST = 4
_LONG = 6


def max_typos(word: str) -> int:
    """How many slips of the finger are forgiven in a folded word: none below 4 letters, 1 below 6, otherwise 2."""
    if len(word) < _SHORTEST:
        return 0
    return 1 if len(word) < _LONG else 2


def edit_distance(one: str, other: str, limit: int) -> int:
    """The optimal string alignment distance, or ``limit + 1`` where it is larger.

    Counts insertions, deletions, substitutions and swaps of neighbours (Damerau 1964; the restricted form, which
    edits no substring twice), row by row as Wagner and Fischer 1974, given up as soon as a whole row is over.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, rival in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != rival))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == rival:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def is_typo_of(word: str, rival: str) -> bool:
    """Whether a folded word may be a mistyped other one."""
    limit = max_typos(word)
    return edit_distance(word, rival, limit) <= limit


class Vocabulary:
    """Folded words in use."""

    def __init__(self) -> None:
        self._pieces: set[str] = set()
        self._fresh: set[str] = set()
        self._by_length: dict[int, dict[str, int]] = {}

    def add(self, text: str) -> None:
        """Take in the words of a folded text. Words of a text that changed later stay."""
        self._fresh.update(text.split())

    def suggestions(self, word: str) -> dict[str, int]:
        """The words within the tolerance of a folded word, each with its distance, the nearest first."""
        self._sort_in()
        limit = max_typos(word)
        found = sorted((gap, rival) for rival, gap in self._within(word, limit))
        return {rival: gap for gap, rival in found}

    def _sort_in(self) -> None:
        """Cut what came in at its punctuation: the same piece comes thousands of times, and is cut but once."""
        for piece in self._fresh - self._pieces:
            for word in tokenize(piece):
                self._by_length.setdefault(len(word), {}).setdefault(word, _letters(word))
        self._pieces |= self._fresh
        self._fresh = set()

    def _within(self, word: str, limit: int) -> Iterator[tuple[str, int]]:
        # One edit changes at most two members of the set of letters, which spares nearly all exact comparisons.
        letters = _letters(word)
        for length in range(len(word) - limit, len(word) + limit + 1):
            for rival, theirs in self._by_length.get(length, {}).items():
                if (letters ^ theirs).bit_count() <= 2 * limit:
                    gap = edit_distance(word, rival, limit)
                    if gap <= limit:
                        yield rival, gap


def _letters(word: str) -> int:
    """The set of the word's letters, as bits; letters that share a bit only make the sieve coarser."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
