"""The first lines of a text, with methods to test them for the signs of a format."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

LINES = 400  # number of lines examined
_LONGEST = 2_000  # number of characters examined per line
_START = 40  # number of lines that may contain the header of a format


class TextSample:
    """The first 400 lines of a text that are not empty.

    Args:
        lines: the lines of the text.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = [line.strip()[:_LONGEST] for line in lines if line.strip()][:LINES]
        self.start = self.lines[:_START]

    def count(self, pattern: re.Pattern[str]) -> int:
        """Number of lines that match the pattern."""
        return sum(pattern.match(line) is not None for line in self.lines)

    def share(self, pattern: re.Pattern[str]) -> float:
        """Share of lines that match the pattern; 0 for a single line, which may match by chance."""
        return self.count(pattern) / len(self.lines) if len(self.lines) > 1 else 0.0

    def announces(self, pattern: re.Pattern[str]) -> bool:
        """Whether one of the first lines matches the pattern."""
        return any(pattern.match(line) for line in self.start)

    def different(self, pattern: re.Pattern[str]) -> int:
        """Number of different values of group 1 of the pattern in the first lines."""
        return len({found[1].casefold() for line in self.start if (found := pattern.match(line))})
