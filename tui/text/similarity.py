"""Similarity of texts: the cosine of tf-idf vectors, and the candidate pairs worth comparing.

Term frequency is sublinear (1 + ln tf). The inverse document frequency is that of the texts, blended with background
word frequencies that weigh as much as ``_BACKGROUND`` texts, so that two texts alone get sensible weights and a large
corpus its own.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from functools import cache
from heapq import nsmallest
from itertools import accumulate, chain, count, repeat
from math import ceil, log, sqrt
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

_BACKGROUND = 150
_RARE_SHARE = 0.002
_COMMON_SHARE = 0.05
# A pair must share this many words that are not common; a cosine based on fewer is meaningless.
_MIN_SHARED = 8
_RAREST_WORDS = 24
_MAX_POSTINGS = 1500
_CANDIDATES = 20
# Share of the rarest words that a candidate pair must have in common; versions of one paper share half or more.
_MIN_HITS = 0.3
_NEARLY = 0.999  # weights are stored as 32-bit floats
# Texts are counted in blocks, so that the bit set of the texts holding a word has no more bits than this.
_BLOCK = 12_288


@cache
def document_frequencies() -> dict[str, float]:
    """The share of abstracts, 0 to 1, that hold a word; without rare words."""
    shares: dict[str, float] = {}
    for line in Path(__file__).with_name("word_shares.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            share, *listed = line.split()
            shares.update(dict.fromkeys(listed, int(share) / 1000))
    return shares


@cache
def _common_words() -> frozenset[str]:
    """Words that are in too many abstracts to be evidence."""
    return frozenset(word for word, share in document_frequencies().items() if share >= _COMMON_SHARE)


class TextSimilarity:
    """Texts to compare; a text is identified by its index.

    Rare words, those of several texts that are not common, are ranked from the rarest on, so the sorted ranks of a
    text begin with those of its rarest words. They decide which texts are compared; the cosine is that of all words.

    Args:
        texts: as ``normalise_words`` returns them, in a reproducible order (sorted, for example).
    """

    def __init__(self, texts: Sequence[str]) -> None:
        met: defaultdict[str, int] = defaultdict(count().__next__)
        self._words = [tuple(set(map(met.__getitem__, text.split()))) for text in texts]
        documents = Counter(chain.from_iterable(self._words))
        common = _common_words()
        rarest = sorted(
            (documents[number], word) for word, number in met.items() if documents[number] > 1 and word not in common
        )
        ranks = [0] * len(met)
        for rank, (_, word) in enumerate(rarest, start=1):
            ranks[met[word]] = rank
        self._ranks = len(rarest) + 1  # with 0, which no rare word has
        self._rare = [array("I", sorted(filter(None, map(ranks.__getitem__, words)))) for words in self._words]
        shares = document_frequencies()
        size = len(texts) + _BACKGROUND
        self._idf = [
            max(0.0, log(size / (documents[number] + _BACKGROUND * shares.get(word, _RARE_SHARE))))
            for word, number in met.items()
        ]
        self._texts = texts
        self._number: dict[str, int] = met
        self._known_terms: dict[int, tuple[array[int], array[float]]] = {}

    def cosine(self, one: int, other: int) -> float:
        """The cosine of two texts, 0 to 1."""
        vector = dict(zip(*self._terms(one), strict=True))
        terms, weights = self._terms(other)
        products: map[float] = map(mul, weights, map(vector.get, terms, repeat(0.0)))
        return min(1.0, sum(products))

    def supported_cosine(self, one: int, other: int) -> float:
        """The cosine of two texts, or 0 if they share too few words for it to be meaningful."""
        return self.cosine(one, other) if self._has_support(set(self._rare[one]), other) else 0.0

    def pairs(
        self,
        minimum: float,
        progress: Callable[[int], None] | None = None,
        settled: Collection[int] = (),
    ) -> Iterator[tuple[int, int, float]]:
        """Pairs with a supported cosine of at least ``minimum``, the smaller index first, in no particular order.

        Candidates share some of their rarest words; each text is compared with the few before it that share most.
        Linear memory and near-linear time; in return, at most ``_CANDIDATES`` pairs are found per text.

        Args:
            minimum: the lowest cosine.
            progress: called with the number of texts done; counting shared words is half of it.
            settled: texts that need not be compared with one another.
        """
        for place, found in enumerate(self._candidates(settled, progress)):
            rare = set(self._rare[place]) if found else set()
            supported = [other for other in found if self._has_support(rare, other)]
            weights = self._weights(place) if supported else {}
            squares = {word: weight * weight for word, weight in weights.items()}
            least = _NEARLY * minimum * minimum * sum(squares.values())
            for other in supported:
                # By the Cauchy-Schwarz inequality the cosine is at most the norm of the shared words in one text.
                # That norm needs no weights of the other text, and rules out nearly all candidates.
                shared: map[float] = map(squares.get, self._words[other], repeat(0.0))
                if sum(shared) < least:
                    continue
                cosine = self.cosine(place, other)
                if cosine >= minimum:
                    yield other, place, cosine
            if progress:
                progress((len(self._texts) + place + 1) // 2)

    def _weights(self, place: int) -> dict[int, float]:
        """The words of a text, by number, with their weights before these are normalised."""
        idf = self._idf
        times = Counter(map(self._number.__getitem__, self._texts[place].split()))
        return {word: idf[word] * (1.0 + log(often)) if often > 1 else idf[word] for word, often in times.items()}

    def _terms(self, place: int) -> tuple[array[int], array[float]]:
        """The words of a text, by number, with their weights. In this order, sums are the same for both of a pair."""
        found = self._known_terms.get(place)
        if found is None:
            weights = dict(sorted(self._weights(place).items()))
            norm = sqrt(sum([weight * weight for weight in weights.values()])) or 1.0
            found = array("I", weights), array("f", [weight / norm for weight in weights.values()])
            self._known_terms[place] = found
        return found

    def _has_support(self, rare: set[int], other: int) -> bool:
        """Whether a text shares enough of these words for a meaningful cosine."""
        return len(rare.intersection(self._rare[other])) >= _MIN_SHARED

    def _candidates(
        self, settled: Collection[int], progress: Callable[[int], None] | None
    ) -> Iterator[Sequence[int]]:
        """For each text the few before it that share most of its rarest words, the best first.

        Each text shares a word with about a thousand others by chance. So they are not counted one by one: the texts
        that hold a word are a bit set, and the bit sets of a text's words are added for a whole block at once.
        """
        size = len(self._texts)
        rarest = [words[:_RAREST_WORDS] for words in self._rare]
        selective = self._selective_words(rarest, settled)
        found: list[list[tuple[int, int]]] = [[] for _ in range(size)]
        steps = sum(size - start for start in range(0, size, _BLOCK))
        done = 0
        for start in range(0, size, _BLOCK):
            holders = [0] * self._ranks
            counted = 0  # the texts to compare a settled one with
            for place in range(start, size):
                words = selective[place]
                minimum = max(2, ceil(len(words) * _MIN_HITS))
                held = list(filter(None, map(holders.__getitem__, words)))
                if len(held) >= minimum:
                    counts = _add_bits(held)
                    enough = _at_least(minimum, counts) & (counted if place in settled else -1)
                    while enough:
                        other = enough.bit_length() - 1
                        enough ^= 1 << other
                        many = sum((digit >> other & 1) << rank for rank, digit in enumerate(counts))
                        found[place].append((-many, start + other))
                if place < start + _BLOCK:
                    own = 1 << place - start
                    counted |= 0 if place in settled else own
                    for word in rarest[place]:
                        holders[word] |= own
                done += 1
                if progress:
                    progress(done * size // steps // 2)
        for candidates in found:
            yield [other for _, other in nsmallest(_CANDIDATES, candidates)] if candidates else ()

    def _selective_words(self, rarest: Sequence[array[int]], settled: Collection[int]) -> list[array[int]]:
        """The rarest words of each text, cut where too many earlier texts hold them."""
        selective: list[array[int]] = []
        every = [0] * self._ranks
        unsettled = [0] * self._ranks
        for place, words in enumerate(rarest):
            holders = unsettled if place in settled else every
            totals = list(accumulate(map(holders.__getitem__, words)))
            few = bisect_right(totals, _MAX_POSTINGS)
            selective.append(words[: max(1, few)])
            for word in words:
                every[word] += 1
            if settled and place not in settled:
                for word in words:
                    unsettled[word] += 1
        return selective


def _add_bits(addends: list[int]) -> list[int]:
    """Add numbers bit by bit without carrying between positions (a bit-sliced counter).

    Returns:
        The binary digits of the sums, the lowest first: bit i of digit k is digit k of the sum at position i.

    Args:
        addends: at least one number; emptied.
    """
    digits: list[int] = []
    while addends:
        carries: list[int] = []
        while len(addends) > 2:
            one, two, three = addends.pop(), addends.pop(), addends.pop()
            differs = one ^ two
            addends.append(differs ^ three)
            carries.append(one & two | differs & three)
        digits.append(addends[0] ^ addends[1] if len(addends) > 1 else addends[0])
        if len(addends) > 1:
            carries.append(addends[0] & addends[1])
        addends = list(filter(None, carries))
    return digits


def _at_least(minimum: int, digits: Sequence[int]) -> int:
    """The positions whose sum is at least a minimum, as a bit set.

    Args:
        minimum: 1 or more.
        digits: as ``_add_bits`` returns them.
    """
    if minimum >> len(digits):
        return 0
    above, equal = 0, -1
    for rank in range(len(digits) - 1, -1, -1):
        if minimum >> rank & 1:
            equal &= digits[rank]
        else:
            above |= equal & digits[rank]
            equal &= ~digits[rank]
    return above | equal
