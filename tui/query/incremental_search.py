"""Incremental substring search, for a word that is being typed.

A longer word can only match where its beginning matched. So the search continues from the previous match in each
text, which usually matches again, instead of scanning all texts for every character typed.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class IncrementalSearch:
    """Remembers the last word and its first match in each row."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget the last search, as the texts or rows changed."""
        self._term = ""
        self._rows: Sequence[int] = ()
        self._offsets = array("I")

    def find(self, term: str, rows: Sequence[int], texts: Sequence[str] | Mapping[int, str]) -> list[int]:
        """The rows whose text contains a term, in order.

        Args:
            term: not empty.
            rows: the rows to search; the object returned last continues that search.
            texts: the texts by row, unchanged since then.
        """
        if rows is self._rows and term.startswith(self._term):
            offsets = [
                offset if (text := texts[row]).startswith(term, offset) else text.find(term, offset + 1)
                for row, offset in zip(rows, self._offsets, strict=True)
            ]
        else:
            offsets = [texts[row].find(term) for row in rows]
        found = [row for row, offset in zip(rows, offsets, strict=True) if offset >= 0]
        self._term, self._rows = term, found
        self._offsets = array("I", [offset for offset in offsets if offset >= 0])
        return found
