"""Likeness of texts: the cosine of the formula, weights that hold for two texts, candidates that suffice."""

from __future__ import annotations

import random
from itertools import combinations
from math import isclose, log, sqrt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text import similarity
from tui.text.similarity import TextSimilarity, document_frequencies
from tui.text.tokens import normalise_words

if TYPE_CHECKING:
    from collections.abc import Collection

GASES = (
    "we present a framework for estimating the phase transitions of granular gases under shear combining kinetic "
    "theory with event driven simulation and find that clustering sets in well below the density at which earlier "
    "continuum models predicted it which we trace to long lived correlations between colliding particles"
)
MILLS = (
    "medieval charters record disputes over mills and weirs reading four hundred of them this paper shows how river "
    "lordship was negotiated between abbeys and towns and why written custom outlasted the lords it bound"
)


def texts_of(count: int, *, seed: int = 1) -> list[str]:
    """Texts of made-up words, some of them revisions of the one before."""
    chance = random.Random(seed)  # noqa: S311, no secret
    vocabulary = ["".join(chance.choices("abcdefghij", k=5)) for _ in range(3000)]
    found: list[list[str]] = []
    for number in range(count):
        words = chance.choices(vocabulary, k=80)
        if number % 10 == 9:
            words = [word if chance.random() < 0.7 else chance.choice(vocabulary) for word in found[-1]]
        found.append(words)
    return sorted(" ".join(words) for words in found)


def test_document_frequencies_are_between_0_and_1() -> None:
    shares = document_frequencies()
    assert len(shares) > 1000
    assert all(0 < share <= 1 for share in shares.values())
    assert shares["the"] > 0.9
    assert all(word == normalise_words(word) for word in shares)


def test_the_cosine_is_that_of_the_formula() -> None:
    one, other = "mill mill weir the", "mill charter the"
    size, shares = 2 + 150, document_frequencies()

    def weight(word: str, times: int, documents: int) -> float:
        return (1 + log(times)) * log(size / (documents + 150 * shares.get(word, 0.002)))

    left = {"mill": weight("mill", 2, 2), "weir": weight("weir", 1, 1), "the": weight("the", 1, 2)}
    right = {"mill": weight("mill", 1, 2), "charter": weight("charter", 1, 1), "the": weight("the", 1, 2)}
    product = sum(left[word] * right[word] for word in ("mill", "the"))
    norms = sqrt(sum(value**2 for value in left.values()) * sum(value**2 for value in right.values()))
    assert isclose(TextSimilarity([one, other]).cosine(0, 1), product / norms, rel_tol=1e-5)


def test_equal_texts_have_cosine_1_and_unrelated_ones_nearly_0() -> None:
    similarity_of = TextSimilarity([GASES, GASES, MILLS])
    assert similarity_of.cosine(0, 1) == pytest.approx(1.0, abs=1e-5)
    assert similarity_of.cosine(0, 2) < 0.1


def test_the_cosine_is_symmetric() -> None:
    texts = texts_of(40)
    similarity_of = TextSimilarity(texts)
    assert all(
        similarity_of.cosine(one, other) == similarity_of.cosine(other, one)
        for one, other in combinations(range(40), 2)
    )


def test_too_few_shared_words_give_no_supported_cosine() -> None:
    similarity_of = TextSimilarity(["mill weir charter", "mill weir custom"])
    assert similarity_of.cosine(0, 1) > 0.5
    assert similarity_of.supported_cosine(0, 1) == 0.0


def test_common_words_alone_are_no_similarity() -> None:
    common = [word for word, share in document_frequencies().items() if share > 0.2]
    assert TextSimilarity([" ".join(common), " ".join(common)]).supported_cosine(0, 1) == 0.0


@pytest.mark.parametrize("count", [2, 10, 400])
def test_candidates_miss_no_pair_that_brute_force_finds(count: int) -> None:
    texts = texts_of(count, seed=count)
    similarity_of = TextSimilarity(texts)
    every = {
        (one, other)
        for one, other in combinations(range(count), 2)
        if similarity_of.supported_cosine(one, other) >= 0.5
    }
    found = list(similarity_of.pairs(0.5))
    assert {(one, other) for one, other, _ in found} == every
    assert len(found) == len(every)
    assert all(cosine == similarity_of.supported_cosine(one, other) for one, other, cosine in found)
    assert len(every) >= count // 20


@pytest.mark.parametrize("settled", [(), range(0, 120, 3)])
def test_the_size_of_the_blocks_makes_no_difference(
    monkeypatch: pytest.MonkeyPatch, settled: Collection[int]
) -> None:
    whole = sorted(TextSimilarity(texts_of(120)).pairs(0.3, settled=settled))
    monkeypatch.setattr(similarity, "_BLOCK", 7)
    assert sorted(TextSimilarity(texts_of(120)).pairs(0.3, settled=settled)) == whole


def test_settled_texts_are_compared_with_all_but_one_another() -> None:
    texts = texts_of(120)
    every = {(one, other) for one, other, _ in TextSimilarity(texts).pairs(0.3)}
    settled = {place for pair in sorted(every)[::2] for place in pair} | {one for one, _ in sorted(every)[1::4]}
    kept = {pair for pair in every if not settled.issuperset(pair)}
    assert kept
    assert kept != every
    assert {(one, other) for one, other, _ in TextSimilarity(texts).pairs(0.3, settled=settled)} == kept


@given(st.lists(st.integers(0, 2**40), min_size=1, max_size=24), st.integers(1, 24))
def test_bits_are_add_bits_place_by_place(numbers: list[int], least: int) -> None:
    counts = [sum(number >> place & 1 for number in numbers) for place in range(41)]
    digits = similarity._add_bits(list(numbers))
    assert [sum((digit >> place & 1) << rank for rank, digit in enumerate(digits)) for place in range(41)] == counts
    enough = similarity._at_least(least, digits)
    assert [enough >> place & 1 for place in range(41)] == [count >= least for count in counts]


def test_weights_of_two_texts_are_close_to_those_among_many() -> None:
    others = texts_of(300)
    revised = GASES.replace("well below", "far below").replace("framework", "method").replace("theory", "arguments")
    alone = TextSimilarity(sorted((GASES, revised)))
    among = sorted((GASES, revised, *others))
    many = TextSimilarity(among)
    assert abs(alone.cosine(0, 1) - many.cosine(among.index(GASES), among.index(revised))) < 0.05


def test_no_texts_and_empty_texts_are_accepted() -> None:
    assert list(TextSimilarity([]).pairs(0.5)) == []
    assert list(TextSimilarity(["", "a"]).pairs(0.5)) == []
    assert TextSimilarity(["", ""]).cosine(0, 1) == 0.0


def test_progress_counts_the_texts() -> None:
    steps: list[int] = []
    list(TextSimilarity(texts_of(5)).pairs(0.5, steps.append))
    assert steps == sorted(steps)
    assert set(steps) == {0, 1, 2, 3, 4, 5}
