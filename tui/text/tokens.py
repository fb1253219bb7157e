"""Split a text into folded words, without punctuation: for similarity, vocabulary and citation keys."""

from __future__ import annotations

import re

from tui.text.fold import fold

# Fast path for ASCII, which most texts are: anything but a letter, a digit or an apostrophe inside a word is a space.
_ASCII_TO_SPACES = bytes(code if chr(code).isalnum() or chr(code) == "'" else ord(" ") for code in range(256))
_OUTER_APOSTROPHE = re.compile(r"'(?:(?![a-z0-9])|(?<![a-z0-9]'))")
_SPACES = re.compile("  +")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def tokenize(text: str) -> list[str]:
    """The folded words of a text, in order."""
    folded = fold(text)
    return _blanked(folded).split() if folded.isascii() else _WORD.findall(folded)


def normalise_words(text: str) -> str:
    """The folded words joined by single spaces: equal for texts that differ in punctuation and spacing only."""
    folded = fold(text)
    if not folded.isascii():
        return " ".join(_WORD.findall(folded))
    # A third faster than splitting and joining: most words are one space apart already.
    return _SPACES.sub(" ", _blanked(folded)).strip(" ")


def _blanked(folded: str) -> str:
    """A folded ASCII text with spaces in place of everything but words."""
    if "'" in folded:
        folded = _OUTER_APOSTROPHE.sub(" ", folded)
    return folded.encode("ascii").translate(_ASCII_TO_SPACES).decode("ascii")
