"""Words of a text, folded: for likeness, vocabulary and citation keys. Keeps no position and no punctuation."""

from __future__ import annotations

import re

from tui.text.fold import fold

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return _WORD.findall(fold(text))


def squeezed(text: str) -> str:
    """The folded words joined by single blanks: equal for texts that differ in punctuation and spacing only."""
    return " ".join(words(text))
