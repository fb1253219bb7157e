"""Why a list is empty, in one line, and what a mistyped word was probably meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.index.haystack import folded
from tui.query.syntax import Everything, Word, conjunction, conjuncts, show

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tui.query.syntax import Node

    Select = Callable[[Node], Sequence[int]]
    Nearest = Callable[[str], Mapping[str, int]]


def corrected(where: Node, select: Select, nearest: Nearest) -> tuple[Node, str]:
    """Put the nearest words in use in the place of bare words that no paper has.

    Returns:
        The query with the words put in and a sentence that says so; the query as it was and an empty sentence where
        no word is at fault or one has no neighbour.
    """
    parts: list[Node] = []
    told: list[str] = []
    for part in conjuncts(where):
        if not isinstance(part, Word) or select(part):
            parts.append(part)
            continue
        better = _best(nearest(folded(part.text)), select)
        if not better:
            return where, ""
        parts.append(Word(better))
        told.append(f'no hits for "{part.text}"; showing "{better}"')
    return conjunction(tuple(parts)), "; ".join(told)


def _best(close: Mapping[str, int], select: Select) -> str:
    """Of the nearest words that any paper has, the one that most papers have."""
    for gap in sorted(set(close.values())):
        hits = {word: len(select(Word(word))) for word, distance in close.items() if distance == gap}
        best = max(hits, key=hits.__getitem__)
        if hits[best]:
            return best
    return ""


def why_empty(where: Node, select: Select) -> str:
    """Which term emptied the list, and what each single term would give."""
    parts = [part for part in conjuncts(where) if not isinstance(part, Everything)]
    if len(parts) < 2:
        return f"no paper matches {show(where)}"
    left = 0
    while select(conjunction(tuple(parts[: left + 1]))):
        left += 1
    alone = ", ".join(f"{show(part)} {len(select(part))}" for part in parts)
    return f"{show(parts[left])} empties the list; each term alone: {alone}"
