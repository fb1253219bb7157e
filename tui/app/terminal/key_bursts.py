"""Key bursts: detect pastes of terminals without bracketed paste, which must not run commands in bulk.

Fast typing, a key held down and a slow connection also deliver several keys in one read; those are few, or
repetitions of one key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual import events

if TYPE_CHECKING:
    from collections.abc import Sequence

# Nobody types eight keys within one read of the terminal (some milliseconds). A bad connection that delays keys for
# half a second delivers four of a fast typist, and fifteen of a key held down, all equal. Somebody who moves ahead of
# a slow screen presses movement keys often; j and k are rare in text.
_MIN_BURST = 8  # characters
_MIN_DISTINCT = 4  # different characters
_MOVES = frozenset("jkgG")
_MAX_PER_MOVE = 4  # characters at most for each movement key
_MAX_KEYS = 40  # characters that are always a paste
_ENTER = "\r\n"


class KeyBurst(events.InputEvent):
    """Keys of one read, more than anybody types.

    Args:
        keys: the keys, in order.
    """

    def __init__(self, keys: Sequence[events.Key]) -> None:
        super().__init__()
        self.keys = tuple(keys)


class BurstRest(NamedTuple):
    """The unprocessed rest of a burst.

    Attributes:
        keys: all keys of the burst.
        start: index of the first unprocessed key.
    """

    keys: Sequence[events.Key]
    start: int

    @property
    def text(self) -> str:
        """The text of the keys."""
        return "".join(key.character or "" for key in self.keys[self.start :])


def is_burst(text: str, *, waited: bool = False) -> bool:
    """Whether text of one read is more than anybody types.

    Args:
        text: the characters.
        waited: whether it may have been typed in the whole time since the program was started.
    """
    characters = [each for each in text if each.isprintable()]
    if len(characters) < (_MAX_KEYS if waited else _MIN_BURST) or len(set(characters)) < _MIN_DISTINCT:
        return False
    moves = sum(each in _MOVES for each in characters)
    return moves * _MAX_PER_MOVE < len(characters) or len(characters) >= _MAX_KEYS


def is_paste(rest: BurstRest, *, accepts_text: bool, opens_text_input: bool) -> bool:
    """Whether a burst is a paste rather than typed keys.

    Args:
        rest: the unprocessed keys.
        accepts_text: whether the focused widget takes text.
        opens_text_input: whether the first key runs a command that opens a text input.
    """
    text = rest.text
    if not is_burst(text):
        return False
    if not accepts_text and not opens_text_input:
        return True
    line, enter, after = _split_line(text)
    if is_burst(after):
        return True  # several lines
    # One line and Enter is a word typed quickly; several words after a letter that happens to be a command are text.
    return bool(enter) and not accepts_text and text[0].isalpha() and " " in line.strip()


def _split_line(text: str) -> tuple[str, str, str]:
    """The first line, its line break, and the rest."""
    end = next((index for index, each in enumerate(text) if each in _ENTER), len(text))
    return text[:end], text[end : end + 1], text[end + 1 :]
