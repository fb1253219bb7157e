"""How alike two texts are: cosine of tf-idf vectors, and which pairs are worth comparing.

Term frequency is sublinear (1 + ln tf). The inverse document frequency is that of the corpus at hand, blended with a
background of word shares that counts like ``_BACKGROUND`` texts, so that two texts alone are weighted sensibly and a
large corpus speaks for itself. Texts are a set in a fixed order: nothing depends on the order they came in.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from functools import cache
from heapq import nsmallest
from itertools import chain, repeat
from math import log, sqrt
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

_BACKGROUND = 150
_RARE_SHARE = 0.002
_COMMON_SHARE = 0.05
# A pair must share this many words that are not common: below that, a cosine says nothing.
_LEAST_SHARED = 8
_RAREST_WORDS = 24
_POSTINGS_LOOKED_AT = 1500
_CANDIDATES = 20
# Of the rarest words looked at, a pair must share this part: versions of one paper share half of theirs and more.
_LEAST_HITS = 0.3


@cache
def word_shares() -> dict[str, float]:
    """The share of abstracts, 0 to 1, that hold a word, for the words that are not rare."""
    shares: dict[str, float] = {}
    for line in Path(__file__).with_name("word_shares.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            share, *listed = line.split()
            shares.update(dict.fromkeys(listed, int(share) / 1000))
    return shares


class Likeness:
    """Texts to compare; a text is named by its place in the sequence given.

    Words go by their numbers, which count up from the rare ones that one text alone has, over the rare ones that
    several have, to the common ones: so the sorted numbers of a text begin with its rarest words.

    Args:
        texts: squeezed (see ``tokens.squeezed``), in an order that does not depend on where they come from (sorted,
            for example).
    """

    def __init__(self, texts: Sequence[str]) -> None:
        documents: Counter[str] = Counter()
        for text in texts:
            documents.update(set(text.split()))
        shares = word_shares()
        common = {word for word, share in shares.items() if share >= _COMMON_SHARE} & documents.keys()
        vocabulary = sorted(documents, key=lambda word: (word in common, documents[word], word))
        counts = [documents[word] for word in vocabulary]
        self._texts = texts
        self._number = {word: number for number, word in enumerate(vocabulary, start=1)}
        self._common_from = 1 + len(vocabulary) - len(common)
        self._shared_from = 1 + bisect_left(counts, 2, 0, len(vocabulary) - len(common))
        self._telling = {
            word: self._number[word] for word in vocabulary[self._shared_from - 1 : self._common_from - 1]
        }
        size = len(texts) + _BACKGROUND
        self._idf = [0.0] + [
            max(0.0, log(size / (count + _BACKGROUND * shares.get(word, _RARE_SHARE))))
            for word, count in zip(vocabulary, counts, strict=True)
        ]
        self._weighed: dict[int, tuple[array[int], array[float]]] = {}

    def cosine(self, one: int, other: int) -> float:
        """The cosine of two texts, 0 to 1."""
        return self._cosine(self._vector(one), other)

    def telling_cosine(self, one: int, other: int) -> float:
        """The cosine of two texts, or 0 where they share too few words for it to tell anything."""
        vector = self._vector(one)
        return self._cosine(vector, other) if self._tells(self._rare(vector), other) else 0.0

    def pairs(
        self,
        least: float,
        progress: Callable[[int], None] | None = None,
        settled: Collection[int] = (),
    ) -> Iterator[tuple[int, int, float]]:
        """Pairs with a telling cosine of at least ``least``, the smaller place first, in no particular order.

        Candidates share some of their rarest words; each text is compared with the few before it that share most.
        Time and memory grow with the number of texts, not with its square, so of a text with very many likenesses
        only the first are found.

        Args:
            least: the cosine asked for.
            progress: called with the number of texts done.
            settled: texts of which it does not matter how alike they are to one another.
        """
        before: dict[int, list[int]] = {}
        open_before: dict[int, list[int]] = {}
        for place, text in enumerate(self._texts):
            rarest = self._rarest(text)
            known = open_before if place in settled else before
            candidates = self._candidates(rarest, known)
            if candidates:
                vector = self._vector(place)
                rare = self._rare(vector)
                for other in candidates:
                    cosine = self._cosine(vector, other) if self._tells(rare, other) else 0.0
                    if cosine >= least:
                        yield other, place, cosine
            for postings in (before,) if place in settled else (before, open_before):
                for term in rarest:
                    postings.setdefault(term, []).append(place)
            if progress:
                progress(place + 1)

    def _terms(self, place: int) -> tuple[array[int], array[float]]:
        """The words of a text that other texts have too, in the order of their numbers, and how much each weighs."""
        found = self._weighed.get(place)
        if found is None:
            number, count = self._number, Counter(self._texts[place].split())
            terms = sorted(map(number.__getitem__, count))
            weights = list(map(self._idf.__getitem__, terms))
            for word, times in count.items():
                if times > 1:
                    weights[bisect_left(terms, number[word])] *= 1.0 + log(times)
            norm = sqrt(sum(map(mul, weights, weights))) or 1.0
            start = bisect_left(terms, self._shared_from)
            found = array("I", terms[start:]), array("f", (weight / norm for weight in weights[start:]))
            self._weighed[place] = found
        return found

    def _vector(self, place: int) -> dict[int, float]:
        return dict(zip(*self._terms(place), strict=True))

    def _cosine(self, vector: dict[int, float], other: int) -> float:
        terms, weights = self._terms(other)
        products: map[float] = map(mul, weights, map(vector.get, terms, repeat(0.0)))
        return min(1.0, sum(products))

    def _rare(self, vector: dict[int, float]) -> set[int]:
        """The words of a text that are not common."""
        return {term for term in vector if term < self._common_from}

    def _tells(self, rare: set[int], other: int) -> bool:
        """Whether a text shares enough of these words for a cosine to say something."""
        return len(rare.intersection(self._terms(other)[0])) >= _LEAST_SHARED

    def _rarest(self, text: str) -> list[int]:
        """The words of a text that other texts have too, rarest first."""
        return sorted(filter(None, map(self._telling.get, set(text.split()))))[:_RAREST_WORDS]

    @staticmethod
    def _candidates(rarest: Sequence[int], postings: dict[int, list[int]]) -> list[int]:
        looked_at: list[list[int]] = []
        total = 0
        for count, found in enumerate(map(postings.get, rarest, repeat([]))):
            total += len(found)
            if total > _POSTINGS_LOOKED_AT and count:
                break
            looked_at.append(found)
        hits = Counter(chain.from_iterable(looked_at))
        least = max(2, len(looked_at) * _LEAST_HITS)
        if max(hits.values(), default=0) < least:
            return []
        enough = [(-count, other) for other, count in hits.items() if count >= least]
        return [other for _, other in nsmallest(_CANDIDATES, enough)]
