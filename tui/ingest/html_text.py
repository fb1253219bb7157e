"""The text of a saved web page or of an e-mail in HTML: its lines as a browser shows them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from tui.ingest.record import SourceLine

if TYPE_CHECKING:
    from collections.abc import Sequence

_BEGIN = re.compile(r"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)
_BLOCKS = frozenset(
    """
    address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section select summary table tbody
    td tfoot th thead tr ul button
    """.split()  # noqa: SIM905 - a table of words reads better without quotation marks
)
_HIDDEN = frozenset(("head", "noscript", "script", "style", "svg", "template", "title"))


def html_lines(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines, with those of an HTML page replaced by what a browser shows of them.

    Args:
        lines: the lines of a text; what is before the page, such as the headers of an e-mail, stays as it is.

    Returns:
        The lines; several can have the number of one line of the page.
    """
    begin = next((index for index, line in enumerate(lines) if _BEGIN.search(line.text)), None)
    if begin is None:
        return list(lines)
    reader = _Reader()
    for line in lines[begin:]:
        reader.number = line.number
        reader.feed(f"{line.text}\n")
    reader.close()
    reader.end_line()
    return [*lines[:begin], *reader.lines]


class _Reader(HTMLParser):
    """Collects the visible text.

    Attributes:
        number: the number of the line that is read.
        lines: the lines found.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.number = 0
        self.lines: list[SourceLine] = []
        self._parts: list[str] = []
        self._start = 0
        self._hidden = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Begin a line at a block, and skip what is not shown."""
        del attrs
        if not self._hidden and tag in _HIDDEN:
            self._hidden = tag
        elif tag in _BLOCKS:
            self.end_line()
            if tag == "body":  # after a head that is not closed
                self._hidden = ""

    def handle_endtag(self, tag: str) -> None:
        """End a line with its block."""
        if tag == self._hidden:
            self._hidden = ""
        elif tag in _BLOCKS:
            self.end_line()

    def handle_data(self, data: str) -> None:
        """Collect a text."""
        if self._hidden or not data:
            return
        if not self._parts and data.strip():
            self._start = self.number
        if self._parts or data.strip():
            self._parts.append(data)

    def end_line(self) -> None:
        """End the current line."""
        text = " ".join("".join(self._parts).split())
        if text:
            self.lines.append(SourceLine(self._start, text))
        self._parts = []
