"""Output sanitiser: the second line of defence against control characters in the text of a frame.

Text is sanitised before it is shown. This filter covers what remains: widgets that show typed text, third-party
widgets and mistakes. Replacements have the same width, so that no line shifts.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.filter import LineFilter

from tui.text.cells import cell_width

if TYPE_CHECKING:
    from textual.color import Color

# More than four combining marks on a character slow down terminals, and have crashed some.
_EXCESS_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_MAX_CACHED = 4096  # texts
_BEYOND_ASCII = re.compile("[^ -~]")
_TO_ASCII = str.maketrans(
    dict.fromkeys("│▌▐▎▊▏▕▉█", "|")
    | {"┃": "#", "║": "!"}
    | dict.fromkeys("─▁▔▂▃▄▅▆▇▀", "-")
    | dict.fromkeys("━═", "=")
    | dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯┏┓┗┛╔╗╚╝", "+")
    | {"…": "~", "·": "-", "–": "-", "—": "-", "−": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "\xa0": " "}
    | {"↑": "^", "↓": "v", "←": "<", "→": ">"}
)


class OutputFilter(LineFilter):
    """Replaces control characters, and removes links.

    Args:
        ascii_only: replace everything beyond ASCII as well.
    """

    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__()
        self._ascii_only = ascii_only
        self._safe: set[str] = set()  # checked texts beyond ASCII: the same few glyphs are in every line

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's signature
        """Sanitise a line of a frame; returns the line itself if it is safe, as nearly all are."""
        safe = self._safe
        for text, style, control in segments:
            if not control and not (
                ((text.isascii() and text.isprintable()) or text in safe) and (style is None or style.link is None)
            ):
                return [self._sanitise_segment(segment) for segment in segments]
        return segments

    def _sanitise_segment(self, segment: Segment) -> Segment:
        text, style, control = segment
        is_linked = style is not None and style.link is not None
        if control or (not is_linked and text.isascii() and text.isprintable()):
            return segment
        result = Segment(self.sanitise(text), style.update_link(None) if style is not None and is_linked else style)
        if result.text == text:
            if len(self._safe) == _MAX_CACHED:
                self._safe.clear()
            self._safe.add(text)
        return result

    def sanitise(self, text: str) -> str:
        """The text with unsafe characters replaced, in the same width."""
        if not text.isprintable():
            text = _unsafe_pattern().sub(_replacement, text)
        if not text.isascii():
            text = _EXCESS_MARKS.sub(r"\1", text)
            if self._ascii_only:
                text = _BEYOND_ASCII.sub(_question_marks, text.translate(_TO_ASCII))
        return text


@cache
def _unsafe_pattern() -> re.Pattern[str]:
    """Matches controls, direction marks, invisible characters, tags, surrogates and noncharacters, but not U+200D."""
    planes = "".join(chr(plane + low) for plane in range(0x10000, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF))
    return re.compile(
        "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef"
        f"\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f{planes}]"
    )


def _replacement(found: re.Match[str]) -> str:
    return "\ufffd" * cell_width(found[0])


def _question_marks(found: re.Match[str]) -> str:
    return "?" * cell_width(found[0])
