"""Compact storage of a text as the positions of its capitals, relative to a lower-case copy already in memory."""

from __future__ import annotations

import re

_CAPITAL = re.compile("[A-Z]")
_LONGEST = 255  # the longest run one byte can hold; a run of this length is followed by no capital
_LOWER = ord("a") ^ ord("A")  # the bit that makes an ASCII letter lower case


class CaseMask:
    """A text whose lower-case form is the end of another text.

    Use :func:`case_mask_of` to make one.
    """

    __slots__ = ("_container", "_length", "_runs")

    def __init__(self, container: str, length: int, runs: bytes) -> None:
        self._container = container
        self._length = length
        self._runs = runs

    def __str__(self) -> str:
        letters = bytearray(self._lower(), "ascii")
        position = 0
        for run in self._runs:
            position += run
            if run < _LONGEST:
                letters[position] &= ~_LOWER
                position += 1
        return letters.decode("ascii")

    def move(self, container: str) -> None:
        """Refer to this text from now on, if it ends in the same lower-case text."""
        if container.endswith(self._lower()):
            self._container = container

    def _lower(self) -> str:
        container = self._container  # read once: another thread may change it
        return container[len(container) - self._length :]


def case_mask_of(text: str, container: str) -> CaseMask | None:
    """The case mask of a text, or None if mask and container do not determine the text.

    Args:
        text: the text that ``str`` of the result returns.
        container: a longer text that ends in the text in lower case, and stays in memory.
    """
    if not text.isascii() or not container.endswith(text.lower()):
        return None
    *before, _ = map(len, _CAPITAL.split(text))
    if before and max(before) >= _LONGEST:
        before = [run for letters in before for run in (*[_LONGEST] * (letters // _LONGEST), letters % _LONGEST)]
    return CaseMask(container, len(text), bytes(before))
