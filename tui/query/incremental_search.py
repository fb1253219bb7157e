"""A word that is being typed, letter by letter, and where it stands in the texts. Knows no syntax.

Wherever a word stands, its beginnings stand, too. So the next letter is looked for where the word stood first, and
most texts answer at one look; searched from the beginning, a long list would be read as a whole at every letter.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class IncrementalSearch:
    """The word that was looked for last, and the rows that have it."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """The texts are others, or the rows."""
        self._term = ""
        self._rows: Sequence[int] = ()
        self._places = array("I")

    def find(self, term: str, rows: Sequence[int], texts: Sequence[str] | Mapping[int, str]) -> list[int]:
        """The rows, in their order, whose text holds a term.

        Args:
            term: what to look for, not empty.
            rows: the rows to look at; where they are the very ones that were returned last, they are known.
            texts: row to text, as they were then.
        """
        if rows is self._rows and term.startswith(self._term):
            places = [
                place if (text := texts[row]).startswith(term, place) else text.find(term, place + 1)
                for row, place in zip(rows, self._places, strict=True)
            ]
        else:
            places = [texts[row].find(term) for row in rows]
        found = [row for row, place in zip(rows, places, strict=True) if place >= 0]
        self._term, self._rows = term, found
        self._places = array("I", [place for place in places if place >= 0])
        return found
