"""Width and fitting of text in cells, compared with what Rich draws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.app.row_render import RowState, render_row
from tui.app.theming import DARK, UNICODE, row_styles, theme_variables
from tui.cli.columns import table
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED
from tui.model.paper import Paper
from tui.model.partial_date import PartialDate
from tui.text.cells import cell_width, fit
from tui.text.sanitise import SafeText, sanitise_line

CUT = SafeText("…")
STYLES = row_styles(DARK.to_color_system().generate() | theme_variables(DARK))
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"  # three emoji joined to one, two cells wide
ACCENTED = "e\u0301"  # a letter and a combining accent, one cell wide
HEART = "\u2764\ufe0f"  # one cell, two with the variation selector
LETTERS = st.text(
    st.sampled_from(["a", "Z", " ", "é", "\u0301", "日", "한", "\u200d", "\ufe0f", "\u2764", "👩", "🏽", "\t"])
)


def test_characters_have_the_width_that_is_drawn() -> None:
    # All of ASCII, which is measured here, and blocks with marks and wide letters, which Rich measures.
    assert [
        code
        for code in (*range(0x1200), *range(0x3000, 0x3100), *range(0x1F300, 0x1F700))
        if cell_width(chr(code)) != cell_len(chr(code))
    ] == []


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("abc", 5, "abc  "),
        ("abc", 3, "abc"),
        ("abcdef", 4, "abc…"),
        ("日本語", 6, "日本語"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日 …"),  # half of a wide character is a space
        (ACCENTED * 3, 3, ACCENTED * 3),
        (ACCENTED * 3, 2, f"{ACCENTED}…"),
        (FAMILY + "ab", 4, FAMILY + "ab"),
        (FAMILY + "ab", 3, f"{FAMILY}…"),
        (FAMILY + "ab", 2, " …"),
        ("a\u200d", 2, "a "),
        (HEART + "ab", 3, f"{HEART}…"),
        ("a\tb", 4, "a b "),
        ("a\u200bb\u2060c", 2, "a…"),  # invisible characters take no cells
        ("", 2, "  "),
        ("abc", 1, "…"),
        ("日本", 1, "…"),
        ("abc", 0, ""),
        ("日本", -1, ""),
    ],
)
def test_text_is_padded_and_cut_by_cells(text: str, width: int, expected: str) -> None:
    assert fit(sanitise_line(text), width, CUT) == expected
    assert cell_len(expected) == max(width, 0)


def test_the_ellipsis_is_the_one_asked_for() -> None:
    assert fit(SafeText("abcdef"), 3, SafeText("~")) == "ab~"
    assert fit(SafeText("日本語"), 3, SafeText("~")) == "日~"


@given(LETTERS, st.integers(0, 12))
def test_any_text_fits_exactly(text: str, width: int) -> None:
    shown = fit(sanitise_line(text), width, CUT)
    assert cell_width(shown) == cell_len(shown) == width
    assert sanitise_line(text).strip("\u200d").startswith(shown.rstrip(" …"))


@pytest.mark.parametrize("width", [40, 41, 60, 79])
@pytest.mark.parametrize(
    "title", ["日本語の論文" * 12, FAMILY * 40, ACCENTED * 90, HEART * 60, "a\tb\u200b" * 40, "\u200d日\u200d"]
)
def test_a_line_of_either_front_end_is_as_wide_as_asked(title: str, width: int) -> None:
    entry = Entry(Paper("0123456789", title=title, authors=("山田 太郎",), date=PartialDate(2024)), UNTOUCHED)
    row = render_row(entry, width, RowState(), (), STYLES, UNICODE)
    assert sum(cell_len(segment.text) for segment in row) == width
    (line,) = table([entry], width, 6, unicode=True)
    assert sum(cell_len(span.text) for span in line) == width
