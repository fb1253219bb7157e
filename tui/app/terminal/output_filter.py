"""The second wall against hostile text: nothing that steers a terminal leaves in the text of a frame.

Every sink takes sanitised text already. This stands below them all, for widgets that draw what is typed into them,
for those of others, and for mistakes. Its replacements are as wide as what they replace, so that no line shifts.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.color import Color

# More than four marks on a letter slow terminals down, and have crashed some.
_PILE = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_MOST_KNOWN = 4096  # texts
_BEYOND_ASCII = re.compile("[^ -~]")
_DRAWN = str.maketrans(
    dict.fromkeys("│▌▐▎▊▏▕▉█", "|")
    | {"┃": "#", "║": "!"}
    | dict.fromkeys("─▁▔▂▃▄▅▆▇▀", "-")
    | dict.fromkeys("━═", "=")
    | dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯┏┓┗┛╔╗╚╝", "+")
    | {"…": "~", "·": "-", "–": "-", "—": "-", "−": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "\xa0": " "}
    | {"↑": "^", "↓": "v", "←": "<", "→": ">"}
)


class OutputFilter(LineFilter):
    """Replaces what would steer the terminal, and takes links out.

    Args:
        ascii_only: replace all beyond ASCII, too.
    """

    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__()
        self._ascii_only = ascii_only
        self._harmless: set[str] = set()  # texts beyond ASCII that were looked at: the same few glyphs in every line

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's signature
        """Make a line of a frame harmless; the line itself where it is, which nearly all are."""
        harmless = self._harmless
        for text, style, control in segments:
            if not control and not (
                ((text.isascii() and text.isprintable()) or text in harmless)
                and (style is None or style.link is None)
            ):
                return [self._harmless_segment(segment) for segment in segments]
        return segments

    def _harmless_segment(self, segment: Segment) -> Segment:
        text, style, control = segment
        is_linked = style is not None and style.link is not None
        if control or (not is_linked and text.isascii() and text.isprintable()):
            return segment
        made = Segment(self.sanitise(text), style.update_link(None) if style is not None and is_linked else style)
        if made.text == text:
            if len(self._harmless) == _MOST_KNOWN:
                self._harmless.clear()
            self._harmless.add(text)
        return made

    def sanitise(self, text: str) -> str:
        """A text with all that is harmful replaced, in as many cells."""
        if not text.isprintable():
            text = _harmful().sub(_stand_in, text)
        if not text.isascii():
            text = _PILE.sub(r"\1", text)
            if self._ascii_only:
                text = _BEYOND_ASCII.sub(_question_marks, text.translate(_DRAWN))
        return text


@cache
def _harmful() -> re.Pattern[str]:
    """Controls, marks of direction, invisible letters and tags, surrogates, noncharacters. U+200D joins emoji."""
    planes = "".join(chr(plane + low) for plane in range(0x10000, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF))
    return re.compile(
        "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef"
        f"\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f{planes}]"
    )


def _stand_in(found: re.Match[str]) -> str:
    return "\ufffd" * cell_len(found[0])


def _question_marks(found: re.Match[str]) -> str:
    return "?" * cell_len(found[0])
