"""Keys that came at once: a paste of a terminal without brackets comes so, and must not run commands in bulk.

Quick fingers, a key held down and a slow line bring several keys at once, too; those are few, or the same again and
again. Knows Textual's keys, and nothing of papers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual import events

if TYPE_CHECKING:
    from collections.abc import Sequence

# Nobody types eight keys within one read of the terminal (some milliseconds). A line that holds keys back for half a
# second (a bad one) brings four of the quickest typist; of a key that is held down it brings fifteen, all the same.
# Who goes through a list ahead of a slow screen moves now and then, which no text does: j and k are rare in words.
_LONG = 8  # letters
_DIFFERENT = 4  # of them, at least
_MOVES = frozenset("jkgG")
_BETWEEN_MOVES = 4  # letters for each that moves, at most, where it is keys
_TOO_LONG = 40  # letters that are a paste whatever they are
_ENTER = "\r\n"


class KeyBurst(events.InputEvent):
    """Keys that came at once, more than anybody types.

    Args:
        keys: the keys, in order.
    """

    def __init__(self, keys: Sequence[events.Key]) -> None:
        super().__init__()
        self.keys = tuple(keys)


class BurstRest(NamedTuple):
    """What is left of a burst.

    Attributes:
        keys: all keys of the burst.
        start: the first that was not taken yet.
    """

    keys: Sequence[events.Key]
    start: int

    @property
    def text(self) -> str:
        """What they write."""
        return "".join(key.character or "" for key in self.keys[self.start :])


def is_burst(text: str) -> bool:
    """Whether a text that came at once is more than anybody types."""
    letters = [letter for letter in text if letter.isprintable()]
    if len(letters) < _LONG or len(set(letters)) < _DIFFERENT:
        return False
    moves = sum(letter in _MOVES for letter in letters)
    return moves * _BETWEEN_MOVES < len(letters) or len(letters) >= _TOO_LONG


def is_paste(rest: BurstRest, *, accepts_text: bool, opens_text_input: bool) -> bool:
    """Whether keys that came at once are a paste rather than keys.

    Args:
        rest: the keys that are not taken yet.
        writes: they would be written where the focus is.
        begins_to_write: the first of them is a command that opens a line to write in.
    """
    text = rest.text
    if not is_burst(text):
        return False
    if not accepts_text and not opens_text_input:
        return True
    line, enter, behind = _line_of(text)
    if is_burst(behind):
        return True  # of several lines
    # One line and Enter: a word typed quickly, but words behind a letter that happens to be a command are a sentence.
    return bool(enter) and not accepts_text and text[0].isalpha() and " " in line.strip()


def _line_of(text: str) -> tuple[str, str, str]:
    """The first line, the character that ends it, and what comes after it."""
    end = next((place for place, letter in enumerate(text) if letter in _ENTER), len(text))
    return text[:end], text[end : end + 1], text[end + 1 :]
