"""Remembered answers, with the counts of their facets: kept right by difference when marks change.

Knows rows and keys, and not what either mean.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from tui.index.key_counts import KeyChange, KeyCounts
    from tui.query.syntax_tree import Node

    Question = tuple[Node, date]

_REMEMBERED = 16


class ResultCache:
    """The latest answers, the oldest of which make room for new ones."""

    def __init__(self) -> None:
        self._rows: dict[Question, list[int]] = {}
        self._counts: dict[Question, Counter[str]] = {}

    def __iter__(self) -> Iterator[tuple[Question, Sequence[int]]]:
        """What was asked, and the rows that answer it, in ascending order."""
        return iter(self._rows.items())

    def get(self, question: Question) -> Sequence[int] | None:
        """The rows that answer, where they are known."""
        return self._rows.get(question)

    def put(self, question: Question, rows: list[int]) -> None:
        """Remember an answer."""
        if len(self._rows) >= _REMEMBERED:
            self._drop(next(iter(self._rows)))
        self._rows[question] = rows

    def counts(self, question: Question, tally: KeyCounts) -> Counter[str]:
        """How many of the rows that answer carry each key; counted once, then kept by difference."""
        counts = self._counts.get(question)
        if counts is None:
            counts = self._counts[question] = tally.count(self._rows[question])
        return counts

    def clear(self) -> None:
        """Forget everything."""
        self._rows.clear()
        self._counts.clear()

    def update(
        self, changes: Sequence[KeyChange], select: Callable[[Question, Sequence[int]], Sequence[int]]
    ) -> None:
        """Some rows carry other keys now, and may answer otherwise.

        Args:
            turns: the rows, with the keys they carried and carry.
            select: the rows among some that answer a question.
        """
        touched = [turn.row for turn in changes]
        for question, rows in self._rows.items():
            answering = frozenset(select(question, touched))
            counts = self._counts.get(question)
            for row, before, after in changes:
                place = bisect_left(rows, row)
                was = place < len(rows) and rows[place] == row
                if was and row not in answering:
                    del rows[place]
                elif not was and row in answering:
                    rows.insert(place, row)
                if counts is not None:
                    counts.subtract(before if was else ())
                    counts.update(after if row in answering else ())

    def drop(self, unsure: Callable[[Question], bool]) -> None:
        """Forget the answers to some questions."""
        for question in [question for question in self._rows if unsure(question)]:
            self._drop(question)

    def _drop(self, question: Question) -> None:
        del self._rows[question]
        self._counts.pop(question, None)
