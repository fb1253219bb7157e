"""Relevance: where in a paper the words of a query stand. Title before authors, tags, note and abstract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.index.search_text import SECTION_END, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NOWHERE = len(SECTIONS)


def by_relevance(rows: Sequence[int], hays: Sequence[str] | Mapping[int, str], terms: Sequence[str]) -> list[int]:
    """The rows, best first: by the best part that holds a term, then by the parts of all terms.

    Within a part the beginning of a word goes before the inside of one.

    Args:
        rows: row numbers in the order that decides ties.
        hays: haystacks by row.
        terms: folded words and phrases.
    """
    if len(terms) == 1:
        return _by_one_term(rows, hays, terms[0])
    ranks = [[_rank(hays[row], term) for row in rows] for term in terms]
    scores = [(min(each) // 2, sum(each)) for each in zip(*ranks, strict=True)]
    return [rows[place] for place in sorted(range(len(rows)), key=scores.__getitem__)]


def _by_one_term(rows: Sequence[int], hays: Sequence[str] | Mapping[int, str], term: str) -> list[int]:
    buckets: list[list[int]] = [[] for _ in range(2 * _NOWHERE + 1)]
    for row in rows:
        buckets[_rank(hays[row], term)].append(row)
    return [row for bucket in buckets for row in bucket]


def _rank(hay: str, term: str) -> int:
    """Twice the number of the first part with the term, plus one where it stands inside a word there."""
    at = hay.find(term)
    if at < 0:
        return 2 * _NOWHERE
    inside = at > 0 and hay[at - 1].isalnum()
    # Most hits are in the last and longest part, which is found from its end in no time.
    return 2 * (_NOWHERE - 1 if at > hay.rfind(SECTION_END) else hay.count(SECTION_END, 0, at)) + inside
