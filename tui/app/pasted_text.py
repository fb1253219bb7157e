"""Pasted text for inputs of one line."""

from __future__ import annotations

import re

_BREAKS = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*|\t")


def as_one_line(text: str, limit: int) -> str:
    """Pasted text as one line: line breaks and tabs become spaces, other control characters are removed.

    Args:
        text: the pasted text.
        limit: the number of characters to use.
    """
    text = _BREAKS.sub(" ", text[:limit].strip("\r\n"))
    return "".join(character for character in text if character.isprintable())
