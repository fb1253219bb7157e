"""Charts drawn with characters: horizontal bars and vertical columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_HORIZONTAL = " ╸━"  # thin, so that bars of adjacent lines do not touch
_VERTICAL = " ▁▂▃▄▅▆▇█"
_STEPS = 8


def bar_chart_row(value: float, maximum: float, width: int, *, unicode: bool) -> str:
    """A horizontal bar, padded to the width; any positive value is visible.

    Args:
        value: its length, 0 to ``maximum``.
        maximum: the value that fills the width.
        width: cells.
        unicode: draw half cells; otherwise use ``#``.
    """
    if not unicode:
        return ("#" * _steps(value, maximum, width)).ljust(width)
    whole, rest = divmod(_steps(value, maximum, width * 2), 2)
    return (_HORIZONTAL[-1] * whole + (_HORIZONTAL[rest] if rest else "")).ljust(width)


def column_chart(
    values: Sequence[float], maximum: float, height: int, *, column_width: int = 1, unicode: bool
) -> list[str]:
    """Vertical columns side by side, as lines from top to bottom.

    Args:
        values: the heights, 0 to ``maximum``.
        maximum: the value that fills the height.
        height: lines.
        column_width: cells of a column, the last one a space if there are several.
        unicode: draw eighths of a line; otherwise use ``#``.
    """
    steps = _STEPS if unicode else 1
    sizes = [_steps(value, maximum, height * steps) for value in values]
    return [
        "".join(_cell(size - line * steps, steps, column_width) for size in sizes) for line in reversed(range(height))
    ]


def _cell(size: int, steps: int, width: int) -> str:
    character = ("#" if size > 0 else " ") if steps == 1 else _VERTICAL[max(0, min(size, _STEPS))]
    return character if width == 1 else character * (width - 1) + " "


def _steps(value: float, maximum: float, available: int) -> int:
    if value <= 0 or maximum <= 0:
        return 0
    return max(1, min(available, round(available * value / maximum)))
