"""Words of a text, folded: for likeness, vocabulary and citation keys. Keeps no position and no punctuation."""

from __future__ import annotations

import re

from tui.text.fold import fold

# Quick for ASCII without apostrophes, which most texts are: whatever is no letter or digit becomes a blank.
_ASCII_BLANKS = bytes(sign if chr(sign).isalnum() else ord(" ") for sign in range(256))
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def tokenize(text: str) -> list[str]:
    """The folded words of a text, in order."""
    folded = fold(text)
    if folded.isascii() and "'" not in folded:
        return folded.encode("ascii").translate(_ASCII_BLANKS).decode("ascii").split()
    return _WORD.findall(folded)


def normalise_words(text: str) -> str:
    """The folded words joined by single blanks: equal for texts that differ in punctuation and spacing only."""
    return " ".join(tokenize(text))
