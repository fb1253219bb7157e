"""Sort by relevance: matches in the title first, then authors, tags, note and abstract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.index.search_text import SECTION_END, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NOWHERE = len(SECTIONS)


def by_relevance(rows: Sequence[int], texts: Sequence[str] | Mapping[int, str], terms: Sequence[str]) -> list[int]:
    """The rows, best first: by the best section that holds a term, then by the sections of all terms.

    Within a section, the beginning of a word ranks before the inside of one.

    Args:
        rows: row numbers; ties keep their order.
        texts: search texts by row.
        terms: folded words and phrases.
    """
    if len(terms) == 1:
        return _by_one_term(rows, texts, terms[0])
    ranks = [[_rank(texts[row], term) for row in rows] for term in terms]
    scores = [(min(each) // 2, sum(each)) for each in zip(*ranks, strict=True)]
    return [rows[number] for number in sorted(range(len(rows)), key=scores.__getitem__)]


def _by_one_term(rows: Sequence[int], texts: Sequence[str] | Mapping[int, str], term: str) -> list[int]:
    buckets: list[list[int]] = [[] for _ in range(2 * _NOWHERE + 1)]
    for row in rows:
        buckets[_rank(texts[row], term)].append(row)
    return [row for bucket in buckets for row in bucket]


def _rank(text: str, term: str) -> int:
    """Twice the number of the first section with the term, plus one if it is inside a word there."""
    at = text.find(term)
    if at < 0:
        return 2 * _NOWHERE
    is_inside_word = at > 0 and text[at - 1].isalnum()
    # Most matches are in the last and longest section, which a search from the end finds quickly.
    return 2 * (_NOWHERE - 1 if at > text.rfind(SECTION_END) else text.count(SECTION_END, 0, at)) + is_inside_word
