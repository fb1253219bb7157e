"""Find Markdown syntax in a text, for highlighting.

Works line by line with a few patterns, and caches each line, so that typing in a long note stays fast.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Span = tuple[int, int, str]  # start, end, kind of syntax

_FENCE = re.compile(r"\s*(```|~~~)")
_WHOLE_LINE = (
    (re.compile(r"#{1,6}\s.*"), "heading"),
    (re.compile(r"\s*>.*"), "quote"),
)
_BULLET = re.compile(r"\s*([-*+]|\d+[.)])(?=\s)(\s+\[[ xX]\])?")
_INLINE = re.compile(
    r"(?P<code>`[^`]+`)|(?P<strong>\*\*[^*\s](?:[^*]*[^*\s])?\*\*|__[^_\s](?:[^_]*[^_\s])?__)"
    r"|(?P<emphasis>(?<![\w*])\*[^*\s](?:[^*]*[^*\s])?\*(?![\w*])|(?<![\w_])_[^_\s](?:[^_]*[^_\s])?_(?![\w_]))"
    r"|(?P<link>\[[^\]]*\]\([^)\s]*\)|https?://[^\s)]+)"
)


def highlight_spans(lines: Iterable[str]) -> Iterator[tuple[Span, ...]]:
    """The spans to highlight in each line of a Markdown text."""
    fenced = False
    for line in lines:
        if _FENCE.match(line):
            fenced = not fenced
            yield ((0, len(line), "code"),)
        elif fenced:
            yield ((0, len(line), "code"),)
        else:
            yield _line_spans(line)


@lru_cache(maxsize=4_096)
def _line_spans(line: str) -> tuple[Span, ...]:
    """The spans of a line outside fenced code."""
    for pattern, name in _WHOLE_LINE:
        if pattern.match(line):
            return ((0, len(line), name),)
    bullet = _BULLET.match(line)
    spans = [(bullet.start(), bullet.end(), "marker")] if bullet is not None else []
    spans += [
        (found.start(), found.end(), found.lastgroup)
        for found in _INLINE.finditer(line, bullet.end() if bullet is not None else 0)
        if found.lastgroup is not None
    ]
    return tuple(spans)
