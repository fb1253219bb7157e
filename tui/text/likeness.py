"""How alike two texts are: cosine of tf-idf vectors, and which pairs are worth comparing.

Term frequency is sublinear (1 + ln tf). The inverse document frequency is that of the corpus at hand, blended with a
background of word shares that counts like ``_BACKGROUND`` texts, so that two texts alone are weighted sensibly and a
large corpus speaks for itself. Texts are a set in a fixed order: nothing depends on the order they came in.
"""

from __future__ import annotations

from array import array
from collections import Counter
from functools import cache
from heapq import nsmallest
from math import log, sqrt
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_BACKGROUND = 150
_RARE_SHARE = 0.002
_COMMON_SHARE = 0.05
# A pair must share this many words that are not common: below that, a cosine says nothing.
_LEAST_SHARED = 8
_RAREST_WORDS = 40
_POSTINGS_LOOKED_AT = 3000
_CANDIDATES = 20
# Of the rarest words looked at, a pair must share this part: versions of one paper share 0.48 of theirs and more.
_LEAST_HITS = 0.2


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

    Args:
        texts: squeezed (see ``tokens.squeezed``), in an order that does not depend on where they come from (sorted,
            for example).
    """

    def __init__(self, texts: Sequence[str]) -> None:
        # Counted twice, because the counts of all texts at once would be many times as large as the texts.
        documents: Counter[str] = Counter()
        for text in texts:
            documents.update(set(text.split()))
        vocabulary = sorted(documents)
        shares = word_shares()
        self._number = {word: number for number, word in enumerate(vocabulary)}
        self._documents = array("I", (documents[word] for word in vocabulary))
        self._rare = bytes(shares.get(word, 0.0) < _COMMON_SHARE for word in vocabulary)
        size = len(texts) + _BACKGROUND
        self._idf = array(
            "d",
            (log(size / (documents[word] + _BACKGROUND * shares.get(word, _RARE_SHARE))) for word in vocabulary),
        )
        self._terms: list[array[int]] = []
        self._weights: list[array[float]] = []
        for text in texts:
            self._add(Counter(text.split()))
        self._rarest = [self._rarest_of(terms) for terms in self._terms]

    def cosine(self, one: int, other: int) -> float:
        """The cosine of two texts, 0 to 1."""
        return self._compare(self._vector(one), other)[0]

    def telling_cosine(self, one: int, other: int) -> float:
        """The cosine of two texts, or 0 where they share too few words for it to tell anything."""
        return self._telling(self._vector(one), other)

    def pairs(self, least: float, progress: Callable[[int], None] | None = None) -> Iterator[tuple[int, int, float]]:
        """Pairs with a telling cosine of at least ``least``, the smaller place first, in no particular order.

        Candidates share some of their rarest words; each text is compared with the few that share most. Time and
        memory grow with the number of texts, not with its square, so of a text with very many likenesses only the
        first are found.

        Args:
            least: the cosine asked for.
            progress: called with the number of texts done.
        """
        postings = self._postings()
        done: set[tuple[int, int]] = set()
        for place in range(len(self._terms)):
            weights = self._vector(place)
            for other in self._candidates(place, postings):
                pair = (min(place, other), max(place, other))
                if pair not in done:
                    cosine = self._telling(weights, other)
                    if cosine >= least:
                        done.add(pair)
                        yield (*pair, cosine)
            if progress:
                progress(place + 1)

    def _add(self, count: Counter[str]) -> None:
        terms = sorted(self._number[word] for word in count)
        names = {self._number[word]: times for word, times in count.items()}
        weights = [(1.0 + log(names[term])) * max(0.0, self._idf[term]) for term in terms]
        norm = sqrt(sum(weight * weight for weight in weights)) or 1.0
        self._terms.append(array("I", terms))
        self._weights.append(array("f", (weight / norm for weight in weights)))

    def _vector(self, place: int) -> dict[int, float]:
        return dict(zip(self._terms[place], self._weights[place], strict=True))

    def _telling(self, weights: dict[int, float], other: int) -> float:
        cosine, shared = self._compare(weights, other)
        return cosine if shared >= _LEAST_SHARED else 0.0

    def _compare(self, weights: dict[int, float], other: int) -> tuple[float, int]:
        """The cosine, and how many words that are not common the two share."""
        total = 0.0
        shared = 0
        rare = self._rare
        for term, weight in zip(self._terms[other], self._weights[other], strict=True):
            if term in weights:
                total += weights[term] * weight
                shared += rare[term]
        return min(1.0, total), shared

    def _rarest_of(self, terms: array[int]) -> array[int]:
        """The words of a text that other texts have too, rarest first."""
        documents = self._documents
        shared = [(documents[term], term) for term in terms if documents[term] > 1 and self._rare[term]]
        shared.sort()
        return array("I", (term for _, term in shared[:_RAREST_WORDS]))

    def _postings(self) -> dict[int, array[int]]:
        postings: dict[int, array[int]] = {}
        for place, rarest in enumerate(self._rarest):
            for term in rarest:
                postings.setdefault(term, array("I")).append(place)
        return postings

    def _candidates(self, place: int, postings: dict[int, array[int]]) -> list[int]:
        hits: Counter[int] = Counter()
        looked_at = 0
        rarest = self._rarest[place]
        for count, term in enumerate(rarest):
            found = postings[term]
            looked_at += len(found)
            if looked_at > _POSTINGS_LOOKED_AT and count:
                rarest = rarest[:count]
                break
            hits.update(found)
        del hits[place]
        least = max(2, len(rarest) * _LEAST_HITS)
        enough = ((-count, other) for other, count in hits.items() if count >= least)
        return [other for _, other in nsmallest(_CANDIDATES, enough)]
