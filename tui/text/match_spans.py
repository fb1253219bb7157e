"""Find folded terms in a displayed text, for highlighting."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def find_matches(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """Find terms in a text, ignoring case and accents.

    Args:
        text: the displayed text.
        terms: folded words or phrases.

    Returns:
        (start, end) offsets into ``text``, in order, not overlapping.
    """
    if not any(terms):
        return []
    pattern = _pattern(tuple(terms))
    folded, origin = _fold_with_offsets(text)
    return [(origin[found.start()], origin[found.end() - 1] + 1) for found in pattern.finditer(folded)]


@lru_cache(maxsize=32)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that prefers the longest term."""
    return re.compile("|".join(map(re.escape, sorted({*terms} - {""}, key=len, reverse=True))))


@lru_cache(maxsize=256)
def _fold_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """The text folded character by character, and the original offset of each folded character."""
    if text.isascii():
        return text.lower(), range(len(text))
    from tui.text.fold import fold_for_search  # noqa: PLC0415 - not needed at start-up

    characters: list[str] = []
    origin: list[int] = []
    for offset, character in enumerate(text):
        for folded in character.lower() if character.isascii() else fold_for_search(character):
            characters.append(folded)
            origin.append(offset)
    return "".join(characters), origin
