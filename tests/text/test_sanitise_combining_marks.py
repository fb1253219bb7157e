"""Marks and invisible letters that a first look at the tables of Unicode misses."""

from __future__ import annotations

import pytest

from tui.text.sanitise import sanitise_block, sanitise_line


@pytest.mark.parametrize("mark", ["\u20dd", "\u034f", "\u0301", "\u0488", "\ufe20"])
def test_marks_of_any_class_are_counted(mark: str) -> None:
    assert sanitise_line("a" + mark * 300 + "b") == "a" + mark * 4 + "b"
    assert sanitise_block("a" + mark * 300 + "b") == "a" + mark * 4 + "b"


@pytest.mark.parametrize("text", ["नमस्ते स्वास्थ्य", "ภาษาไทยน้ำ", "བསྒྲུབས", "עִבְרִית", "العَرَبِيَّة"])
def test_scripts_with_many_marks_stay_unchanged(text: str) -> None:
    assert sanitise_line(text) == text


def test_every_invisible_character_of_the_punctuation_block_is_removed() -> None:
    hidden = "".join(map(chr, (*range(0x200B, 0x200D), *range(0x2060, 0x2066), *range(0x206A, 0x2070))))
    assert sanitise_line(f"pass{hidden}word") == "password"
