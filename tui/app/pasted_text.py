"""Pasted text for lines: what has line breaks becomes one line."""

from __future__ import annotations

import re

_BREAKS = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*|\t")


def as_one_line(text: str, limit: int) -> str:
    """Pasted text as one line: line breaks and tabs are blanks, other control characters are left out.

    Args:
        text: what was pasted.
        limit: how many characters of it count.
    """
    text = _BREAKS.sub(" ", text[:limit].strip("\r\n"))
    return "".join(letter for letter in text if letter.isprintable())
