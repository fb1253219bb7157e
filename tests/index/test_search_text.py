from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tui.index.search_text import SECTIONS, begins_word, fold_text, holds_word, search_text, section, with_new_mark
from tui.model.entry import Entry
from tui.model.mark import Mark
from tui.model.paper import Paper
from tui.text.tokens import tokenize

TEXTS = st.text("aBÉß-' \n\t\f\x1f\u00a0\u2028ﬁ中", max_size=12)
ENTRIES = st.builds(
    Entry,
    st.builds(
        Paper,
        id=st.just("1"),
        title=st.one_of(st.none(), TEXTS),
        authors=st.lists(TEXTS, max_size=2).map(tuple),
        abstract=st.one_of(st.none(), TEXTS),
    ),
    st.builds(Mark, tags=st.lists(TEXTS, max_size=2).map(tuple), note=TEXTS),
)


@examples(200)
@given(ENTRIES)
def test_every_part_holds_its_text_and_no_other(entry: Entry) -> None:
    paper, mark = entry.paper, entry.mark
    hay = search_text(entry)
    expected = {
        "title": fold_text(paper.title or ""),
        "author": "\n".join(map(fold_text, paper.authors)),
        "tag": "\n".join(map(fold_text, mark.tags)),
        "note": fold_text(mark.note),
        "abstract": fold_text(paper.abstract or ""),
    }
    assert {name: section(hay, name) for name in SECTIONS} == expected


@examples(200)
@given(ENTRIES, ENTRIES)
def test_a_changed_mark_gives_the_haystack_made_afresh(entry: Entry, other: Entry) -> None:
    assert with_new_mark(search_text(entry), other.mark) == search_text(entry._replace(mark=other.mark))


@examples(300)
@given(TEXTS)
def test_folding_squeezes_blanks_and_twice_is_once(text: str) -> None:
    once = fold_text(text)
    assert once == " ".join(once.split())
    assert fold_text(once) == once


def test_both_sides_fold_alike() -> None:
    for written in ("Schrödinger", "SCHRÖDINGER", r"Schr\"{o}dinger", "Schro\u0308dinger"):
        assert fold_text(written) == "schrodinger"
    assert fold_text("  a\u00a0–\n b\u2028c ") == "a - b c"


@examples(300)
@given(st.text("ab'_ -é", max_size=10), st.text("ab'é", min_size=1, max_size=3))
def test_words_of_a_haystack_are_those_of_the_tokens(text: str, word: str) -> None:
    hay, wanted = fold_text(text), fold_text(word)
    if tokenize(wanted) == [wanted]:
        assert holds_word(hay, wanted) == (wanted in tokenize(hay))


@examples(300)
@given(st.text("ab- ", max_size=10), st.text("ab", min_size=1, max_size=3))
def test_a_prefix_begins_a_word(text: str, prefix: str) -> None:
    assert begins_word(text, prefix) == any(word.startswith(prefix) for word in tokenize(text))
