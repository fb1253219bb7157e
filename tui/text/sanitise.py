"""Make untrusted text safe to print on a terminal.

Text of sources and notes may hold escape sequences, bidirectional overrides and worse. The store keeps it unchanged,
so that exports are lossless; the screen shows only ``SafeText``, which is sanitised or written in the program.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NewType, overload

if TYPE_CHECKING:
    from typing import Self, SupportsIndex

if TYPE_CHECKING:

    class SafeText(str):
        """Text that may be shown: sanitised, or written in this program.

        A string when the program runs. Parts of safe text, and safe texts put together by ``+``, are safe too.
        """

        __slots__ = ()

        def __new__(cls, text: str) -> Self:
            """Call it only with text written in this program."""

        @overload
        def __add__(self, other: SafeText) -> SafeText: ...
        @overload
        def __add__(self, other: str) -> str: ...
        def __add__(self, other: str) -> str: ...
        def __getitem__(self, part: SupportsIndex | slice) -> SafeText: ...
        def __mul__(self, times: SupportsIndex) -> SafeText: ...

else:
    SafeText = NewType("SafeText", str)

LINE_LIMIT = 500
BLOCK_LIMIT = 20_000
_MARKS_PER_LETTER = 4


def _one_line_table() -> dict[int, str]:
    table = {code: chr(0x2400 + code) for code in range(0x20)}
    table |= dict.fromkeys((0x09, 0x0A, 0x0D, 0x2028, 0x2029), " ")
    table[0x7F] = "\u2421"
    table |= dict.fromkeys(range(0x80, 0xA0), "\ufffd")
    table |= dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd")
    table |= dict.fromkeys((*range(0xFFF9, 0xFFFC), *range(0xFDD0, 0xFDF0)), "\ufffd")
    table |= {plane + low: "\ufffd" for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF)}
    # Invisible on every terminal, and a way to hide words: removed. U+200D stays because it joins emoji.
    table |= dict.fromkeys(
        (0x00AD, 0x200B, 0x200C, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x2065, 0xFEFF, 0x180E), ""
    )
    table |= dict.fromkeys(range(0xE0000, 0xE0080), "")
    table |= dict.fromkeys(range(0x206A, 0x2070), "")
    return table


_ONE_LINE = _one_line_table()
_BLOCK = _ONE_LINE | {0x0A: "\n", 0x09: "    ", 0x0D: "", 0x2028: "\n", 0x2029: "\n\n"}
_NOT_PRINTABLE_ASCII = re.compile(r"[^ -~]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MANY_MARKS = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u07ff\u0900-\u0eff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{5,}"
)


def sanitise_line(text: str, limit: int = LINE_LIMIT) -> SafeText:
    """Make text safe for a single line: a row, a status line, a title.

    Args:
        text: anything.
        limit: length in characters after which the text is cut and ends in an ellipsis.
    """
    return _safe(text, _ONE_LINE, limit)


def sanitise_block(text: str, limit: int = BLOCK_LIMIT) -> SafeText:
    """Make text safe for a pane: line breaks stay, tabs become four spaces.

    Args:
        text: anything.
        limit: length in characters after which the text is cut and ends in an ellipsis.
    """
    return _safe(text, _BLOCK, limit)


def _safe(text: str, table: dict[int, str], limit: int) -> SafeText:
    is_cut = len(text) > limit
    if is_cut:
        text = text[:limit]
    if _NOT_PRINTABLE_ASCII.search(text):
        text = _SURROGATE.sub("\ufffd", text.translate(table))
        text = _MANY_MARKS.sub(_limit_marks, text)
    return SafeText(text + "…" if is_cut else text)


def _limit_marks(found: re.Match[str]) -> str:
    """Keep at most four combining marks in a row; more of them crash or slow terminals."""
    kept: list[str] = []
    run = 0
    for character in found[0]:
        run = run + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if run <= _MARKS_PER_LETTER:
            kept.append(character)
    return "".join(kept)
