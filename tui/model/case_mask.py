"""A text kept as its capitals alone, where its lower case is in memory anyway. Knows not what the text is."""

from __future__ import annotations

import re

_CAPITAL = re.compile("[A-Z]")
_LONGEST = 255  # letters without a capital that one byte can tell; as many as that have none behind them
_LOWER = ord("a") ^ ord("A")  # the bit that makes a letter of ASCII a small one


class CaseMask:
    """A text of which the lower case stands at the end of another one.

    Use :func:`capitals_of` to make one.
    """

    __slots__ = ("_length", "_runs", "_within")

    def __init__(self, within: str, length: int, runs: bytes) -> None:
        self._within = within
        self._length = length
        self._runs = runs

    def __str__(self) -> str:
        letters = bytearray(self._lower(), "ascii")
        place = 0
        for run in self._runs:
            place += run
            if run < _LONGEST:
                letters[place] &= ~_LOWER
                place += 1
        return letters.decode("ascii")

    def move(self, within: str) -> None:
        """Let go of the other text, if the lower case stands at the end of this one, too."""
        if within.endswith(self._lower()):
            self._within = within

    def _lower(self) -> str:
        within = self._within  # once: another thread may move it
        return within[len(within) - self._length :]


def case_mask_of(text: str, within: str) -> CaseMask | None:
    """The capitals of a text; None where it cannot be told from them and the end of the other one.

    Args:
        text: what ``str`` of the result will be.
        within: a longer text, which stays in memory.
    """
    if not text.isascii() or not within.endswith(text.lower()):
        return None
    *before, _ = map(len, _CAPITAL.split(text))
    if before and max(before) >= _LONGEST:
        before = [run for letters in before for run in (*[_LONGEST] * (letters // _LONGEST), letters % _LONGEST)]
    return CaseMask(within, len(text), bytes(before))
