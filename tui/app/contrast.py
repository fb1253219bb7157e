"""Contrast between colours, and colours moved until they can be read.

The ratio is that of the Web Content Accessibility Guidelines: from 1, equal, to 21, black on white.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.color import Color

if TYPE_CHECKING:
    from collections.abc import Collection

TEXT = 4.5  # least ratio of a text to its background
HINT = 3.0  # least ratio of a hint, which is read once and then known
_SLACK = 0.05  # more than the least: colours are rounded
_STEPS = 40
_WHITE, _BLACK = Color(255, 255, 255), Color(0, 0, 0)


def contrast(first: Color, second: Color) -> float:
    """The contrast ratio of two opaque colours."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(ink: Color, grounds: Collection[Color], ratio: float = TEXT) -> Color:
    """The colour nearest to a given one that has a contrast on every background, lighter or darker as they require.

    Args:
        ink: the colour wanted.
        grounds: the backgrounds.
        ratio: the least contrast.
    """
    best = max((_WHITE, _BLACK), key=lambda extreme: _least(extreme, grounds))
    for step in range(_STEPS):
        moved = ink.blend(best, step / _STEPS)
        if _least(moved, grounds) >= ratio + _SLACK:
            return moved
    return best


def ground_below(ink: Color, ground: Color, tint: Color, share: float, ratio: float) -> Color:
    """A background tinted as much as a text on it allows.

    Args:
        ink: the colour of the text.
        ground: the background.
        tint: the colour mixed in.
        share: how much of it at most, from 0 to 1.
        ratio: the least contrast.
    """
    for step in range(_STEPS):
        tinted = ground.blend(tint, share * (1 - step / _STEPS))
        if contrast(ink, tinted) >= ratio:
            return tinted
    return ground


def _least(ink: Color, grounds: Collection[Color]) -> float:
    return min(contrast(ink, ground) for ground in grounds)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
