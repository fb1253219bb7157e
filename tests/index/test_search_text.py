from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.index.search_text import (
    SECTIONS,
    begins_word,
    fold_section,
    fold_text,
    holds_word,
    search_text,
    section,
    with_new_mark,
)
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED
from tui.model.paper import Paper
from tui.text.tokens import tokenize

TEXTS = st.text("aBÉß-' \n\t\f\x1f\u00a0\u2028ﬁ中", max_size=12)
ENTRIES = st.builds(
    Entry,
    st.builds(
        Paper("1")._replace,
        title=st.one_of(st.none(), TEXTS),
        authors=st.lists(TEXTS, max_size=2).map(tuple),
        abstract=st.one_of(st.none(), TEXTS),
    ),
    st.builds(UNTOUCHED._replace, tags=st.lists(TEXTS, max_size=2).map(tuple), note=TEXTS),
)


@examples(200)
@given(ENTRIES)
def test_every_section_holds_its_text_and_no_other(entry: Entry) -> None:
    paper, mark = entry.paper, entry.mark
    text = search_text(entry)
    expected = {
        "title": fold_text(paper.title or ""),
        "author": "\n".join(map(fold_text, paper.authors)),
        "tag": "\n".join(map(fold_text, mark.tags)),
        "note": fold_text(mark.note),
        "abstract": fold_text(paper.abstract or ""),
    }
    assert {name: section(text, name) for name in SECTIONS} == expected
    assert {name: fold_section(entry, name) for name in SECTIONS} == expected


@examples(200)
@given(ENTRIES, ENTRIES)
def test_a_changed_mark_gives_the_text_built_from_scratch(entry: Entry, other: Entry) -> None:
    assert with_new_mark(search_text(entry), other.mark) == search_text(entry._replace(mark=other.mark))


@examples(300)
@given(TEXTS)
def test_folding_collapses_white_space_and_is_idempotent(text: str) -> None:
    once = fold_text(text)
    assert once == " ".join(once.split())
    assert fold_text(once) == once


def test_terms_and_texts_fold_the_same() -> None:
    for written in ("Schrödinger", "SCHRÖDINGER", r"Schr\"{o}dinger", "Schro\u0308dinger"):
        assert fold_text(written) == "schrodinger"
    assert fold_text("  a\u00a0–\n b\u2028c ") == "a - b c"


@examples(300)
@given(st.text("ab'_ -é", max_size=10), st.text("ab'é", min_size=1, max_size=3))
def test_words_of_a_search_text_are_its_tokens(text: str, word: str) -> None:
    text, wanted = fold_text(text), fold_text(word)
    if tokenize(wanted) == [wanted]:
        assert holds_word(text, wanted) == (wanted in tokenize(text))


@examples(300)
@given(st.text("ab- ", max_size=10), st.text("ab", min_size=1, max_size=3))
def test_a_prefix_begins_a_word(text: str, prefix: str) -> None:
    assert begins_word(text, prefix) == any(word.startswith(prefix) for word in tokenize(text))
