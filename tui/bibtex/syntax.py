"""What readers and writers of BibTeX share: names of months, matching braces, and separators outside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

# The strings that every style defines.
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def closing_brace(text: str, at: int, limit: int | None = None) -> int | None:
    """The offset of the brace that closes a group; None if it is never closed.

    BibTeX counts escaped braces, too.

    Args:
        text: BibTeX.
        at: offset of the opening brace.
        limit: where to stop looking; by default the end of the text.
    """
    depth, end = 1, at
    while depth:
        # Looking for closing braces and counting the others is faster than looking at each.
        begin, end = end + 1, text.find("}", end + 1, limit)
        if end < 0:
            return None
        depth += text.count("{", begin, end) - 1
    return end


def split_outside(text: str, separators: re.Pattern[str]) -> list[str]:
    """Split a text at separators outside braces.

    Args:
        text: any text.
        separators: must also match braces; if it has a group, only matches of the group separate.
    """
    if not separators.groups and "{" not in text and "}" not in text:  # the common case
        return separators.split(text)
    parts: list[str] = []
    depth = start = 0
    for found in separators.finditer(text):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth = max(0, depth - 1)
        elif depth == 0 and (found.lastindex or not separators.groups):
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]
