"""Folding and tokens: equivalent spellings fold to the same, and folding is idempotent."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.text.fold import fold, fold_for_search
from tui.text.tokens import normalise_words, tokenize

LATEX = st.text(alphabet="\\{}$'\"`^~=.-uvHco aeiløﬁ%&_-é\u0301＄﹛＼ß{}İıſ", max_size=12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Schrödinger", "schrodinger"),
        ('Schr\\"{o}dinger', "schrodinger"),
        ('Schr\\"odinger', "schrodinger"),
        ("SCHRÖDINGER", "schrodinger"),
        ("Schro\u0308dinger", "schrodinger"),
        ("Łukasz Gödel-Øyvind", "lukasz godel-oyvind"),
        ("\\L{}ukasz", "lukasz"),
        ("stra\\ss e Straße", "strasse strasse"),
        ("Fran{\\c c}ois \\v{S}koda", "francois skoda"),
        ("ﬁeld eﬀect", "field effect"),
        ("self–supervised — self‐supervised", "self-supervised - self-supervised"),
        ("“What” and ‘Where’", "\"what\" and 'where'"),
        ("$O(N \\log N)$", "o(n log n)"),
        ("\\emph{Deep} 50\\% \\& more", "deep 50% & more"),
        ("co\u00adoper\u200bate", "cooperate"),
        ("İstanbul ışık", "istanbul isik"),
        ("\\İ \\ſſ \\ı{}", "i ss i"),
        ("state--of---the-art – x", "state-of-the-art - x"),
        ("``quoted'' and don`t", '"quoted" and don\'t'),
        ("$\\ell_1$ and a\\ b", "l_1 and a b"),
        ("", ""),
    ],
)
def test_spellings_of_one_word_fold_to_the_same(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("α-divergence", "Alpha-divergence"),
        ("$\\beta$-VAE", "β-VAE"),
        ("$\\varepsilon$-greedy", "ϵ-greedy"),
        ("µm", "μm"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("3×3", "3x3"),
    ],
)
def test_greek_letters_are_searched_by_name(one: str, other: str) -> None:
    assert fold_for_search(one) == fold_for_search(other)


@given(st.one_of(st.text(max_size=40), LATEX))
@examples(500)
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_for_search(fold_for_search(text)) == fold_for_search(text)


@given(st.text(alphabet=st.characters(categories=("L", "N", "Zs")), max_size=30))
@examples(200)
def test_normal_forms_of_unicode_fold_to_the_same(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


def test_words_of_a_text_in_order() -> None:
    assert tokenize("Don't stop: GPT-4o's λ, at 3.5%!") == ["don't", "stop", "gpt", "4o's", "λ", "at", "3", "5"]
    assert tokenize("...") == []


def test_normalised_texts_are_equal_for_equal_words() -> None:
    assert (
        normalise_words("State-of-the-art, (again)")
        == normalise_words("state of  the art again")
        == "state of the art again"
    )
    assert normalise_words("") == ""


@given(st.text(max_size=40))
@examples(300)
def test_normalising_is_idempotent(text: str) -> None:
    assert normalise_words(normalise_words(text)) == normalise_words(text)
