"""Letters of LaTeX commands and back."""

from __future__ import annotations

import pytest

from tui.latex.transliterate import from_latex_ascii, to_latex_ascii


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("é", "{\\'e}"),
        ("ç", "{\\c{c}}"),
        ("ß", "{\\ss}"),
        ("漢", '{\\symbol{"6F22}}'),
        ("𝔸", '{\\symbol{"1D538}}'),
    ],
)
def test_a_letter_becomes_a_command_and_comes_back(text: str, written: str) -> None:
    assert to_latex_ascii(text) == written
    assert from_latex_ascii(f"a{written}b") == f"a{text}b"


@pytest.mark.parametrize("text", ['{\\symbol{"110000}}', '{\\symbol{"FFFFFF}}', "{\\nosuch}", "{\\textbf}"])
def test_a_command_without_a_letter_stays(text: str) -> None:
    assert from_latex_ascii(text) == text
