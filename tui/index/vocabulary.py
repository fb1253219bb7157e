"""The words in use, for correcting mistyped ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.text.tokens import tokenize
from tui.text.typos import edit_distance

if TYPE_CHECKING:
    from collections.abc import Iterator

_MIN_LENGTH = 4
_TWO_TYPOS_LENGTH = 6


def max_typos(word: str) -> int:
    """The number of typos tolerated in a folded word: none below 4 characters, 1 below 6, otherwise 2."""
    if len(word) < _MIN_LENGTH:
        return 0
    return 1 if len(word) < _TWO_TYPOS_LENGTH else 2


def is_typo_of(word: str, candidate: str) -> bool:
    """Whether a folded word may be another one mistyped."""
    limit = max_typos(word)
    return edit_distance(word, candidate, limit) <= limit


class Vocabulary:
    """Folded words in use."""

    def __init__(self) -> None:
        self._pending: set[str] = set()
        self._joined = ""
        self._by_length: dict[int, dict[str, int]] = {}

    def add(self, text: str) -> None:
        """Add the words of a folded text. Words are never removed."""
        self._pending.update(text.split())

    def compact(self) -> None:
        """Keep what was added as one text until it is needed: as a set it takes ten times as much memory."""
        self._joined = " ".join((self._joined, *self._pending))
        self._pending = set()

    def suggestions(self, word: str) -> dict[str, int]:
        """The words that a folded word may be a typo of, each with its edit distance, the nearest first."""
        self._add_pending()
        limit = max_typos(word)
        found = sorted((distance, candidate) for candidate, distance in self._within(word, limit))
        return {candidate: distance for distance, candidate in found}

    def _add_pending(self) -> None:
        """Tokenise what was added, all at once."""
        self.compact()
        for word in tokenize(self._joined):
            self._by_length.setdefault(len(word), {}).setdefault(word, _letters(word))
        self._joined = ""

    def _within(self, word: str, limit: int) -> Iterator[tuple[str, int]]:
        # One edit changes at most two members of the set of letters, which rules out nearly all words cheaply.
        letters = _letters(word)
        for length in range(len(word) - limit, len(word) + limit + 1):
            for candidate, candidate_letters in self._by_length.get(length, {}).items():
                if (letters ^ candidate_letters).bit_count() <= 2 * limit:
                    distance = edit_distance(word, candidate, limit)
                    if distance <= limit:
                        yield candidate, distance


def _letters(word: str) -> int:
    """The set of the word's letters, as bits; letters may share a bit, which only makes the filter coarser."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
