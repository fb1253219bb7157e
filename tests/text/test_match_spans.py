"""Terms found in a displayed text, to highlight them."""

from __future__ import annotations

import pytest

from tui.text.match_spans import find_matches


@pytest.mark.parametrize(
    ("text", "terms", "found"),
    [
        ("Tides at night", ("tides", "night"), ["Tides", "night"]),
        ("Rivière du Nord", ("riviere",), ["Rivière"]),
        ("Straße und See", ("strasse",), ["Straße"]),
        ("ebb and ebbing", ("ebb", "ebbing"), ["ebb", "ebbing"]),
        ("C++ (2nd ed.)", ("c++", "(2nd"), ["C++", "(2nd"]),
        ("Tides", ("moss", ""), []),
        ("Tides", ("",), []),
        ("Tides", (), []),
    ],
)
def test_terms_are_found_whatever_their_case_and_accents(text: str, terms: tuple[str, ...], found: list[str]) -> None:
    assert [text[start:end] for start, end in find_matches(text, terms)] == found
