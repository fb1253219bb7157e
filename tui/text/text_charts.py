"""Plots drawn with letters: bars that lie and columns that stand. Knows numbers, and not what they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LYING = " ╸━"  # thin, so that bars below each other stay apart
_STANDING = " ▁▂▃▄▅▆▇█"
_STEPS = 8


def bar_chart_row(value: float, most: float, width: int, *, unicode: bool) -> str:
    """A bar that lies, in exactly so many cells; whatever is not nothing shows.

    Args:
        value: its length, 0 to ``most``.
        most: the value that fills the width.
        width: cells.
        unicode: halves of a cell can be drawn; otherwise it is made of ``#``.
    """
    if not unicode:
        return ("#" * _steps(value, most, width)).ljust(width)
    whole, rest = divmod(_steps(value, most, width * 2), 2)
    return (_LYING[-1] * whole + (_LYING[rest] if rest else "")).ljust(width)


def column_chart(values: Sequence[float], most: float, height: int, *, wide: int = 1, unicode: bool) -> list[str]:
    """Columns that stand beside each other, as lines from top to bottom.

    Args:
        values: the heights, 0 to ``most``.
        most: the value that fills the height.
        height: lines.
        wide: cells of a column, with a blank cell at its end where there are several.
        unicode: eighths of a line can be drawn; otherwise they are made of ``#``.
    """
    steps = _STEPS if unicode else 1
    tall = [_steps(value, most, height * steps) for value in values]
    return ["".join(_cell(size - line * steps, steps, wide) for size in tall) for line in reversed(range(height))]


def _cell(size: int, steps: int, wide: int) -> str:
    sign = ("#" if size > 0 else " ") if steps == 1 else _STANDING[max(0, min(size, _STEPS))]
    return sign if wide == 1 else sign * (wide - 1) + " "


def _steps(value: float, most: float, room: int) -> int:
    if value <= 0 or most <= 0:
        return 0
    return max(1, min(room, round(room * value / most)))
