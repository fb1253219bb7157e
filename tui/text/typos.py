"""Edit distance, and the suggestion for a mistyped name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MIN_PREFIX = 3


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """A hint that suggests the name most similar to a word, ``did you mean year?``; empty if none is similar.

    A name is similar if the word is the beginning of it, or if at most a third of the characters have to be edited.

    Args:
        word: what was typed; case is ignored.
        names: the valid names; of equally similar ones, the first is suggested.
    """
    typed = word.lower()
    best, lowest = "", None
    for name in names:
        distance = _distance(typed, name.lower())
        if distance is not None and (lowest is None or distance < lowest):
            best, lowest = name, distance
    return f"did you mean {_quote(best)}?" if best else ""


def _quote(name: str) -> str:
    return f'"{name}"' if " " in name else name


def _distance(typed: str, name: str) -> int | None:
    """The edit distance between a word and a name, or None if they are not similar."""
    if len(typed) >= _MIN_PREFIX and name.startswith(typed):
        return 1
    limit = max(len(typed), len(name)) // 3
    distance = edit_distance(typed, name, limit)
    return distance if distance <= limit else None


def edit_distance(one: str, other: str, limit: int) -> int:
    """The optimal string alignment distance, or ``limit + 1`` if it is larger.

    Counts insertions, deletions, substitutions and swaps of neighbours (Damerau 1964; the restricted form, which
    edits no substring twice), row by row as Wagner and Fischer 1974, until a whole row exceeds the limit.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, other_letter in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other_letter))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == other_letter:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
