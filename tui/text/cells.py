"""Width of text on a terminal, in cells, and text fitted to a number of them: the same for both front ends.

Rich measures what is beyond ASCII, as it draws it. It is imported late: the command line rarely needs it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tui.text.sanitise import SafeText

if TYPE_CHECKING:
    from collections.abc import Callable

_ELLIPSIS = SafeText("…")
_JOINER = "\u200d"  # at an end it joins nothing, but would take the cell of what stands beside the text


def cell_width(text: str) -> int:
    """Number of cells that a text takes on a terminal; control characters take none."""
    if text.isascii() and text.isprintable():
        return len(text)
    cell_len, _ = _rich()
    return cell_len(text)


def fit(text: SafeText, width: int, ellipsis: SafeText = _ELLIPSIS) -> SafeText:
    """Pad or cut a line to exactly a number of cells.

    What is cut ends in the ellipsis. A character is never cut: a wide one that does not fit leaves a space, and marks
    and joined emoji stay with the character before them.

    Args:
        text: a line.
        width: number of cells; of 0 or less nothing is left.
        ellipsis: one cell wide, marks the cut.
    """
    if width <= 0:
        return SafeText("")
    if text.isascii() and text.isprintable():
        return SafeText(text.ljust(width) if len(text) <= width else text[: width - 1] + ellipsis)
    cell_len, set_cell_size = _rich()
    text = SafeText(text.strip(_JOINER))
    missing = width - cell_len(text)
    return SafeText(text + " " * missing if missing >= 0 else set_cell_size(text, width - 1) + ellipsis)


@cache
def _rich() -> tuple[Callable[[str], int], Callable[[str, int], str]]:
    """How Rich measures a text and fits it; cached, because an import for every text costs more than measuring it."""
    from rich.cells import cell_len, set_cell_size  # noqa: PLC0415 - see above

    return cell_len, set_cell_size
