"""A word typed letter by letter, against a look at every text."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.query.conftest import Shelf
from tui.model.entry import Entry
from tui.model.mark import Mark
from tui.model.paper import Paper
from tui.query.incremental_search import IncrementalSearch

letters = st.text("abc ", max_size=12)


@given(st.lists(letters, max_size=8), st.lists(st.text("abc ", min_size=1, max_size=4), min_size=1, max_size=4))
def test_every_character_typed_finds_what_a_full_search_finds(texts: list[str], typed: list[str]) -> None:
    known = IncrementalSearch()
    for word in typed:
        rows: list[int] = list(range(len(texts)))
        for end in range(1, len(word) + 1):
            rows = known.find(word[:end], rows, texts)
            assert rows == [row for row, text in enumerate(texts) if word[:end] in text]


@given(st.text("abc", min_size=1, max_size=4), st.lists(st.tuples(st.integers(0, 3), letters), max_size=4))
def test_texts_may_change_between_two_characters(word: str, gestures: list[tuple[int, str]]) -> None:
    titles = ("abc cab", "bacca", "a b c", "cccab")
    shelf = Shelf(Entry(Paper(f"p{number}", title=title), Mark()) for number, title in enumerate(titles))
    for end in range(1, len(word) + 1):
        shelf.find(word[:end])
        for number, note in gestures[end - 1 : end]:
            shelf.set_mark(f"p{number}", replace(Mark(), note=note))
        fresh = Shelf(shelf.entries.values())
        assert shelf.find(word[:end]) == fresh.find(word[:end])
        assert shelf.find(word[: end + 1]) == fresh.find(word[: end + 1])
