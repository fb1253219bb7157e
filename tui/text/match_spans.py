"""Where folded terms stand in a text as it is shown: what highlighting needs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def find_matches(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """Find terms in a text, letters folded on both sides.

    Args:
        text: the text as shown.
        terms: folded words or phrases.

    Returns:
        (start, end) offsets into ``text``, in order, not overlapping.
    """
    if not any(terms):
        return []
    pattern = _pattern(tuple(terms))
    folded, origin = _folded_letters(text)
    return [(origin[found.start()], origin[found.end() - 1] + 1) for found in pattern.finditer(folded)]


@lru_cache(maxsize=32)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    """One that finds the longest of the terms."""
    return re.compile("|".join(map(re.escape, sorted({*terms} - {""}, key=len, reverse=True))))


@lru_cache(maxsize=256)
def _folded_letters(text: str) -> tuple[str, Sequence[int]]:
    """The text folded letter by letter, and for each folded letter the offset of the letter it came from."""
    if text.isascii():
        return text.lower(), range(len(text))
    from tui.text.fold import fold_for_search  # noqa: PLC0415 - a start highlights nothing

    letters: list[str] = []
    origin: list[int] = []
    for offset, letter in enumerate(text):
        for folded in letter.lower() if letter.isascii() else fold_for_search(letter):
            letters.append(folded)
            origin.append(offset)
    return "".join(letters), origin
