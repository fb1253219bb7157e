"""What no text file should hold goes, out of short texts and long ones, which are looked at in two ways."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.text import cleanup

BESIDE = ("", "beside it ", "a long text " * 20, 'a long "text" with \\signs ' * 10, "ein längerer Text – " * 10)


def _letter_by_letter(text: str) -> str:
    """What ``lines`` is to return."""
    kept: list[str] = []
    for character in text.replace("\r\n", "\n"):
        if character in "\n\r\x0b\x0c\x85\u2028\u2029":
            kept.append("\n")
        elif unicodedata.category(character) == "Cs":
            kept.append("\ufffd")
        elif unicodedata.category(character) != "Cc" or character == "\t":
            kept.append(character)
    return "".join(kept)


def _agrees(text: str) -> None:
    lines = _letter_by_letter(text)
    assert cleanup.clean_lines(text) == lines
    assert cleanup.clean_line(text) == re.sub(r"[ \t\n]{2,}|[\t\n]", " ", lines).strip()
    ends = text.translate(dict.fromkeys(map(ord, "\r\x0b\x0c\x85\u2028\u2029"), "\n"))
    assert cleanup.has_control_characters(text) is (_letter_by_letter(ends) != ends)


@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize("character", [*map(chr, range(0xA1)), "\u2028", "\u2029", "\ud800", "\r\n", "  ", "é", "中"])
def test_a_control_character_is_removed_everywhere(character: str, beside: str) -> None:
    for text in (character, f"{character}{beside}", f"{beside}{character}", f"{beside}{character}{beside}"):
        _agrees(text)


@given(st.sampled_from(BESIDE), st.text(max_size=30), st.sampled_from(BESIDE))
@examples(300)
def test_any_text_is_cleaned_character_by_character(before: str, text: str, after: str) -> None:
    _agrees(before + text + after)
