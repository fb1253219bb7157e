"""The signs of Markdown in a text, as far as a glance needs them. Knows no colour.

Light on purpose: line by line, by a few patterns, so that a long note costs a key no more than a short one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Span = tuple[int, int, str]  # characters from, to, and what they are

_FENCE = re.compile(r"\s*(```|~~~)")
_WHOLE_LINE = (
    (re.compile(r"#{1,6}\s.*"), "heading"),
    (re.compile(r"\s*>.*"), "quote"),
)
_SIGN = re.compile(r"\s*([-*+]|\d+[.)])(?=\s)(\s+\[[ xX]\])?")
_INLINE = re.compile(
    r"(?P<code>`[^`]+`)|(?P<strong>\*\*[^*\s](?:[^*]*[^*\s])?\*\*|__[^_\s](?:[^_]*[^_\s])?__)"
    r"|(?P<emphasis>(?<![\w*])\*[^*\s](?:[^*]*[^*\s])?\*(?![\w*])|(?<![\w_])_[^_\s](?:[^_]*[^_\s])?_(?![\w_]))"
    r"|(?P<link>\[[^\]]*\]\([^)\s]*\)|https?://[^\s)]+)"
)


def highlight_spans(lines: Iterable[str]) -> Iterator[tuple[Span, ...]]:
    """What is to be highlighted in each line of a Markdown text.

    Args:
        lines: the text.
    """
    fenced = False
    for line in lines:
        if _FENCE.match(line):
            fenced = not fenced
            yield ((0, len(line), "code"),)
        elif fenced:
            yield ((0, len(line), "code"),)
        else:
            yield _of_line(line)


@lru_cache(maxsize=4_096)
def _of_line(line: str) -> tuple[Span, ...]:
    """The same for a line outside of fenced code."""
    for pattern, name in _WHOLE_LINE:
        if pattern.match(line):
            return ((0, len(line), name),)
    sign = _SIGN.match(line)
    spans = [(sign.start(), sign.end(), "sign")] if sign is not None else []
    spans += [
        (found.start(), found.end(), found.lastgroup)
        for found in _INLINE.finditer(line, sign.end() if sign is not None else 0)
        if found.lastgroup is not None
    ]
    return tuple(spans)
