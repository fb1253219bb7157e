"""How alike two texts are: cosine of tf-idf vectors, and which pairs are worth comparing.

Term frequency is sublinear (1 + ln tf). The inverse document frequency is that of the corpus at hand, blended with a
background of word shares that counts like ``_BACKGROUND`` texts, so that two texts alone are weighted sensibly and a
large corpus speaks for itself. Texts are a set in a fixed order: nothing depends on the order they came in.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
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
# A pair must share this many words that are not common: below that, a cosine says nothing.
_LEAST_SHARED = 8
_RAREST_WORDS = 24
_POSTINGS_LOOKED_AT = 1500
_CANDIDATES = 20
# Of the rarest words looked at, a pair must share this part: versions of one paper share half of theirs and more.
_LEAST_HITS = 0.3
_NEARLY = 0.999  # weights have seven digits
# Texts are counted over in blocks, so that who holds a word is a number of no more bits than that.
_BLOCK = 12_288


@cache
def document_frequencies() -> dict[str, float]:
    """The share of abstracts, 0 to 1, that hold a word, for the words that are not rare."""
    shares: dict[str, float] = {}
    for line in Path(__file__).with_name("word_shares.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            share, *listed = line.split()
            shares.update(dict.fromkeys(listed, int(share) / 1000))
    return shares


@cache
def _common_words() -> frozenset[str]:
    """The words that are in so many abstracts that they tell nothing."""
    return frozenset(word for word, share in document_frequencies().items() if share >= _COMMON_SHARE)


class TextSimilarity:
    """Texts to compare; a text is named by its place in the sequence given.

    Words go by their numbers, which count up from the rare ones that one text alone has, over the rare ones that
    several have, to the common ones: so the sorted numbers of a text begin with its rarest words.

    Args:
        texts: squeezed (see ``tokens.squeezed``), in an order that does not depend on where they come from (sorted,
            for example).
    """

    def __init__(self, texts: Sequence[str]) -> None:
        met: defaultdict[str, int] = defaultdict(count().__next__)
        held = [tuple(set(map(met.__getitem__, text.split()))) for text in texts]
        documents = Counter(chain.from_iterable(held))
        shares = document_frequencies()
        common = _common_words() & met.keys()
        vocabulary = sorted(met, key=lambda word: (word in common, documents[met[word]], word))
        counts = [documents[met[word]] for word in vocabulary]
        self._texts = texts
        self._number = {word: number for number, word in enumerate(vocabulary, start=1)}
        self._common_from = 1 + len(vocabulary) - len(common)
        self._shared_from = 1 + bisect_left(counts, 2, 0, len(vocabulary) - len(common))
        numbers = list(map(self._number.__getitem__, met))
        self._words = [array("I", sorted(map(numbers.__getitem__, words))) for words in held]
        size = len(texts) + _BACKGROUND
        self._idf = [0.0] + [
            max(0.0, log(size / (holders + _BACKGROUND * shares.get(word, _RARE_SHARE))))
            for word, holders in zip(vocabulary, counts, strict=True)
        ]
        self._weighed: dict[int, tuple[array[int], array[float]]] = {}

    def cosine(self, one: int, other: int) -> float:
        """The cosine of two texts, 0 to 1."""
        return self._cosine(self._vector(one), other)

    def supported_cosine(self, one: int, other: int) -> float:
        """The cosine of two texts, or 0 where they share too few words for it to tell anything."""
        return self._cosine(self._vector(one), other) if self._tells(set(self._rare(one)), other) else 0.0

    def pairs(
        self,
        least: float,
        progress: Callable[[int], None] | None = None,
        settled: Collection[int] = (),
    ) -> Iterator[tuple[int, int, float]]:
        """Pairs with a telling cosine of at least ``least``, the smaller place first, in no particular order.

        Candidates share some of their rarest words; each text is compared with the few before it that share most.
        Memory grows with the number of texts, time hardly faster; for that, of a text with very many likenesses
        only the first are found.

        Args:
            least: the cosine asked for.
            progress: called with the number of texts done; counting shared words is half of it.
            settled: texts of which it does not matter how alike they are to one another.
        """
        for place, found in enumerate(self._candidates(settled, progress)):
            rare = set(self._rare(place)) if found else set()
            telling = [other for other in found if self._tells(rare, other)]
            vector = self._vector(place) if telling else {}
            squares = {word: weight * weight for word, weight in vector.items()}
            for other in telling:
                # By Cauchy and Schwarz no cosine is greater than the norm of what one text shares with the other;
                # that norm asks for no weight of the other, and nearly all candidates fall short of it.
                shared: map[float] = map(squares.get, self._words[other], repeat(0.0))
                if sum(shared) < _NEARLY * least * least:
                    continue
                cosine = self._cosine(vector, other)
                if cosine >= least:
                    yield other, place, cosine
            if progress:
                progress((len(self._texts) + place + 1) // 2)

    def _rare(self, place: int) -> array[int]:
        """The words of a text that are not common and that other texts have too, rarest first."""
        words = self._words[place]
        return words[bisect_left(words, self._shared_from) : bisect_left(words, self._common_from)]

    def _terms(self, place: int) -> tuple[array[int], array[float]]:
        """The words of a text that other texts have too, in the order of their numbers, and how much each weighs."""
        found = self._weighed.get(place)
        if found is None:
            words, listed = self._words[place], self._texts[place].split()
            weights = list(map(self._idf.__getitem__, words))
            for word, times in Counter(listed).items() if len(listed) > len(words) else ():
                if times > 1:
                    weights[bisect_left(words, self._number[word])] *= 1.0 + log(times)
            norm = sqrt(sum(map(mul, weights, weights))) or 1.0
            start = bisect_left(words, self._shared_from)
            found = words[start:], array("f", [weight / norm for weight in weights[start:]])
            self._weighed[place] = found
        return found

    def _vector(self, place: int) -> dict[int, float]:
        return dict(zip(*self._terms(place), strict=True))

    def _cosine(self, vector: dict[int, float], other: int) -> float:
        terms, weights = self._terms(other)
        products: map[float] = map(mul, weights, map(vector.get, terms, repeat(0.0)))
        return min(1.0, sum(products))

    def _tells(self, rare: set[int], other: int) -> bool:
        """Whether a text shares enough of these words for a cosine to say something."""
        return len(rare.intersection(self._rare(other))) >= _LEAST_SHARED

    def _candidates(
        self, settled: Collection[int], progress: Callable[[int], None] | None
    ) -> Iterator[Sequence[int]]:
        """For each text the few before it that share most of its rarest words, those that share most first.

        Nearly all words that two texts share, they share by chance, and there are a thousand such for each text. So
        the texts are not counted one by one: who holds a word is a number with a bit for each text of a block, and
        the numbers of a text's words are added up for all texts of the block at once.
        """
        size = len(self._texts)
        rarest = [self._rare(place)[:_RAREST_WORDS] for place in range(size)]
        asked = self._worth_asking(rarest, settled)
        found: list[list[tuple[int, int]]] = [[] for _ in range(size)]
        steps = sum(size - start for start in range(0, size, _BLOCK))
        done = 0
        for start in range(0, size, _BLOCK):
            holders: dict[int, int] = {}
            counted = 0  # the texts whose likeness matters to a settled one
            for place in range(start, size):
                words = asked[place]
                least = max(2, ceil(len(words) * _LEAST_HITS))
                held = list(filter(None, map(holders.get, words)))
                if len(held) >= least:
                    counts = _added_up(held)
                    enough = _at_least(least, counts) & (counted if place in settled else -1)
                    while enough:
                        other = enough.bit_length() - 1
                        enough ^= 1 << other
                        many = sum((digit >> other & 1) << rank for rank, digit in enumerate(counts))
                        found[place].append((-many, start + other))
                if place < start + _BLOCK:
                    own = 1 << place - start
                    counted |= 0 if place in settled else own
                    for word in rarest[place]:
                        holders[word] = holders.get(word, 0) | own
                done += 1
                if progress:
                    progress(done * size // steps // 2)
        for candidates in found:
            yield [other for _, other in nsmallest(_CANDIDATES, candidates)] if candidates else ()

    @staticmethod
    def _worth_asking(rarest: Sequence[array[int]], settled: Collection[int]) -> list[array[int]]:
        """Of the rarest words of each text those that few enough texts before it have."""
        asked: list[array[int]] = []
        every: Counter[int] = Counter()
        unsettled: Counter[int] = Counter()
        for place, words in enumerate(rarest):
            holders = unsettled if place in settled else every
            totals = list(accumulate(map(holders.__getitem__, words)))
            few = bisect_right(totals, _POSTINGS_LOOKED_AT)
            asked.append(words[: max(1, few)])
            every.update(words)
            if settled and place not in settled:
                unsettled.update(words)
        return asked


def _added_up(addends: list[int]) -> list[int]:
    """The sums of the bits that stand at one place, for all places at once: their binary digits, the last one first.

    Args:
        addends: at least one number; used up.
    """
    digits: list[int] = []
    while addends:
        carried: list[int] = []
        while len(addends) > 2:
            one, two, three = addends.pop(), addends.pop(), addends.pop()
            differs = one ^ two
            addends.append(differs ^ three)
            carried.append(one & two | differs & three)
        digits.append(addends[0] ^ addends[1] if len(addends) > 1 else addends[0])
        if len(addends) > 1:
            carried.append(addends[0] & addends[1])
        addends = list(filter(None, carried))
    return digits


def _at_least(least: int, digits: Sequence[int]) -> int:
    """The places at which a number, given by its binary digits as ``_added_up`` has them, is at least so much.

    Args:
        least: 1 or more.
        digits: the binary digits.
    """
    if least >> len(digits):
        return 0
    above, equal = 0, -1
    for rank in range(len(digits) - 1, -1, -1):
        if least >> rank & 1:
            equal &= digits[rank]
        else:
            above |= equal & digits[rank]
            equal &= ~digits[rank]
    return above | equal
