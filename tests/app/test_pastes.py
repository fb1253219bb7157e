"""Pasted text in a line of one row: its line breaks are blanks."""

from __future__ import annotations

import pytest

from tui.app.pasted_text import as_one_line


@pytest.mark.parametrize(
    ("pasted", "line"),
    [
        ("Colour as\nSupervision", "Colour as Supervision"),
        ("Colour as\r\n   Supervision\r\n", "Colour as Supervision"),
        ("Colour as \rSupervision", "Colour as Supervision"),
        ("one\ttwo\u2028three\x0bfour", "one two three four"),
        ("  kept  as it is ", "  kept  as it is "),
        ("a\x07\x1bb\u200bc", "abc"),
        ("\n\n", ""),
    ],
)
def test_line_breaks_become_spaces(pasted: str, line: str) -> None:
    assert as_one_line(pasted, 100) == line


def test_a_paste_is_read_up_to_the_limit() -> None:
    assert as_one_line("ab\n" * 10, 4) == "ab a"
