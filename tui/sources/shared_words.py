"""Of many papers with one title, or one beginning, those that share rare words or an author with a record.

Comparing each record with each of them would take quadratic time, and nothing but the title speaks for most.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from heapq import nsmallest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_MAX_POSTINGS = 1500  # papers counted per record
_MIN_HITS = 0.3  # share of the counted words; versions of one abstract share half or more
_MOST_BY_WORDS = 8
_MOST_BY_AUTHOR = 20


class SharedWords:
    """Papers by the words of their abstracts and the family names of their authors.

    Args:
        papers: id, normalised abstract and family names of each.
    """

    def __init__(self, papers: Iterable[tuple[str, str, Collection[str]]]) -> None:
        self._by_word: defaultdict[str, list[str]] = defaultdict(list)
        self._by_family: defaultdict[str, list[str]] = defaultdict(list)
        for paper_id, abstract, families in papers:
            for word in set(abstract.split()):
                self._by_word[word].append(paper_id)
            for family in families:
                self._by_family[family].append(paper_id)

    def closest(self, abstract: str, families: Iterable[str]) -> list[str]:
        """The papers that share most with a record, sorted by id.

        Args:
            abstract: that of the record, normalised.
            families: the family names of its authors.
        """
        found: set[str] = set()
        for family in families:
            namesakes = self._by_family.get(family, ())
            if len(namesakes) <= _MOST_BY_AUTHOR:
                found.update(namesakes)
        words = [(len(held), word) for word in set(abstract.split()) if (held := self._by_word.get(word))]
        hits: Counter[str] = Counter()
        counted = postings = 0
        for holders, word in sorted(words):
            postings += holders
            if counted and postings > _MAX_POSTINGS:
                break
            counted += 1
            hits.update(self._by_word[word])
        few = max(2, _MIN_HITS * counted)
        ranked = ((-times, paper_id) for paper_id, times in hits.items() if times >= few)
        found.update(paper_id for _, paper_id in nsmallest(_MOST_BY_WORDS, ranked))
        return sorted(found)
