from __future__ import annotations

import pytest

from tui.query.fields import BY_NAME
from tui.query.sorting import SORTS
from tui.text.typos import did_you_mean


@pytest.mark.parametrize(
    ("word", "names", "name"),
    [
        ("titel", BY_NAME, "title"),
        ("YAER", BY_NAME, "year"),
        ("abstarct", BY_NAME, "abstract"),
        ("abst", BY_NAME, "abstract"),
        ("for", SORTS, "foryou"),
        ("--jsn", ("--all", "--json"), "--json"),
        ("lisst", ("list", "lists"), "list"),
        ("to raed", ("inbox", "To read"), '"To read"'),
    ],
)
def test_the_most_similar_name_is_suggested(word: str, names: tuple[str, ...], name: str) -> None:
    assert did_you_mean(word, names) == f"did you mean {name}?"


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("colour", BY_NAME),
        ("foo", SORTS),
        ("x", BY_NAME),
        ("in", BY_NAME),
        ("", BY_NAME),
        ("title", ()),
    ],
)
def test_names_that_are_not_similar_are_not_suggested(word: str, names: tuple[str, ...]) -> None:
    assert did_you_mean(word, names) == ""
