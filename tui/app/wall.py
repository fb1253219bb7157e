"""The second wall against hostile text: nothing that steers a terminal leaves in the text of a frame.

Every sink takes sanitised text already. This stands below them all, for widgets that draw what is typed into them,
for those of others, and for mistakes. Its replacements are as wide as what they replace, so that no line shifts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import LineFilter

if TYPE_CHECKING:
    from rich.style import Style
    from textual.color import Color

# Controls, marks of direction, invisible letters and tags, surrogates and noncharacters. U+200D stays: it joins emoji.
_HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
    + "".join(chr(plane + low) for plane in range(0x10000, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF))
    + "]"
)
_BEYOND_ASCII = re.compile("[^ -~]")
_DRAWN = str.maketrans(
    dict.fromkeys("│┃║▌▐▎▊▏▕▉█", "|")
    | dict.fromkeys("─━═▁▔▂▃▄▅▆▇▀", "-")
    | dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯┏┓┗┛╔╗╚╝", "+")
    | {"…": "~", "·": "-", "–": "-", "—": "-", "−": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "\xa0": " "}
    | {"↑": "^", "↓": "v", "←": "<", "→": ">"}
)


class Wall(LineFilter):
    """Replaces what would steer the terminal, and takes links out.

    Args:
        ascii_only: replace all beyond ASCII, too.
    """

    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__()
        self._ascii_only = ascii_only

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Make a line of a frame harmless."""
        for segment in segments:
            if not self._is_plain(segment):
                return [self._plain(each) for each in segments]
        return segments

    def _is_plain(self, segment: Segment) -> bool:
        text, style, control = segment
        if control:
            return True
        return text.isprintable() and (not self._ascii_only or text.isascii()) and not _has_link(style)

    def _plain(self, segment: Segment) -> Segment:
        text, style, control = segment
        if control:
            return segment
        if style is not None and style.link:
            style = style.update_link(None)
        return Segment(self.harmless(text), style)

    def harmless(self, text: str) -> str:
        """A text with all that is harmful replaced, in as many cells."""
        if not text.isprintable():
            text = _HARMFUL.sub(_stand_in, text)
        if self._ascii_only and not text.isascii():
            text = _BEYOND_ASCII.sub(_question_marks, text.translate(_DRAWN))
        return text


def _has_link(style: Style | None) -> bool:
    return style is not None and style.link is not None


def _stand_in(found: re.Match[str]) -> str:
    return "\ufffd" * cell_len(found[0])


def _question_marks(found: re.Match[str]) -> str:
    return "?" * cell_len(found[0])
