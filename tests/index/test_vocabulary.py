from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.index.vocabulary import Vocabulary, max_typos
from tui.text.typos import edit_distance

WORDS = st.text("abcä", max_size=7)


@cache
def by_definition(one: str, other: str) -> int:
    """Optimal string alignment distance, without a table and without a limit."""
    if not one or not other:
        return len(one) + len(other)
    ways = [
        by_definition(one[1:], other) + 1,
        by_definition(one, other[1:]) + 1,
        by_definition(one[1:], other[1:]) + (one[0] != other[0]),
    ]
    if len(one) > 1 and len(other) > 1 and one[:2] == other[1::-1]:
        ways.append(by_definition(one[2:], other[2:]) + 1)
    return min(ways)


@examples(400)
@given(WORDS, WORDS, st.integers(0, 3))
def test_the_distance_is_that_of_its_definition(one: str, other: str, limit: int) -> None:
    assert edit_distance(one, other, limit) == min(by_definition(one, other), limit + 1)


@pytest.mark.parametrize(
    ("one", "other", "typos"),
    [("difusion", "diffusion", 1), ("nreal", "neral", 1), ("ca", "abc", 3), ("", "ab", 2), ("same", "same", 0)],
)
def test_known_distances(one: str, other: str, typos: int) -> None:
    assert edit_distance(one, other, 5) == typos


@examples(200)
@given(
    st.lists(st.text("abcdefgä", min_size=1, max_size=8), max_size=12), st.text("abcdefgä", min_size=1, max_size=8)
)
def test_suggestions_are_all_words_within_the_tolerance(known: list[str], word: str) -> None:
    vocabulary = Vocabulary()
    vocabulary.add(" ".join(known))
    plain = {each.replace("ä", "a") for each in known}
    wanted = word.replace("ä", "a")
    limit = max_typos(wanted)
    expected = {each: by_definition(wanted, each) for each in plain if by_definition(wanted, each) <= limit}
    found = vocabulary.suggestions(wanted)
    assert found == expected
    assert list(found.values()) == sorted(found.values())


def test_short_words_must_match_exactly() -> None:
    vocabulary = Vocabulary()
    vocabulary.add("cat, cart; (cats) it's")
    assert vocabulary.suggestions("cat") == {"cat": 0}
    assert vocabulary.suggestions("cats") == {"cats": 0, "cat": 1}
    assert vocabulary.suggestions("its") == {}


def test_words_may_be_added_later() -> None:
    vocabulary = Vocabulary()
    vocabulary.add("diffusion")
    assert vocabulary.suggestions("wavee") == {}
    vocabulary.add("waves")
    assert vocabulary.suggestions("wavee") == {"waves": 1}
