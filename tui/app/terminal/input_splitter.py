"""What the terminal sends, split into typed text, key sequences and pastes; its replies are consumed and never keys.

A terminal replies to questions (colours, its name, its settings, graphics) in the stream that brings the keys.
Control strings (OSC, DCS, APC, PM, SOS) are skipped up to their end whatever they contain, control sequences (CSI)
that cannot be keys are dropped, and a bracketed paste is one piece, however the stream is cut into reads.
Knows the grammar of ECMA-48, and neither Textual nor the clock: the caller says when it looked and nothing came.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

IDLE_SECONDS = 0.1  # seconds that the caller waits before it says that nothing came
_GIVE_UP = 10  # such looks in a row end what was never finished
_GIVE_UP_NESTED = 3  # the same where an inner string ended, and perhaps the outer one with it
_GIVE_UP_IN_ALL = 30  # such looks with bytes between them: somebody is typing
_LONGEST = 100_000  # characters of a control string; behind it a short pause is its end
_LONGEST_SEQUENCE = 256  # characters
_LONGEST_PASTE = 20_000_000  # characters
_PASTE_GIVE_UP = 30  # looks in a row until a paste counts as ended
_LATE = 100  # looks during which the rest of a string that was given up may still come
_DEEPEST = 16  # strings in strings that are counted

_ESC = "\x1b"
_PASTE_BEGIN, _PASTE_END = "\x1b[200~", "\x1b[201~"
_STRINGS = "]P_^X"  # OSC, DCS, APC, PM, SOS, behind an escape
# The same and others as one byte: as UTF-8 has them, and as bytes that are no UTF-8 (surrogates stand for those).
_EIGHT_BIT = {chr(base + byte): letter for base in (0, 0xDC00) for byte, letter in
              {0x90: "P", 0x98: "X", 0x9B: "[", 0x9C: "\\", 0x9D: "]", 0x9E: "^", 0x9F: "_"}.items()}  # fmt: skip
_CONTROL = re.compile(f"[{_ESC}{''.join(_EIGHT_BIT)}]")
_IN_STRING = re.compile(f"[{_ESC}\x07{''.join(_EIGHT_BIT)}]")
_BYTES = re.compile("[\udc80-\udcff]")
_LATE_END = re.compile("\x07|\x1b\\\\|[\x9c\udc9c]")
# A sequence with a private mark (<, =, >, ?) is a reply, but for the mouse and reports of modes; so are reports of
# the state, of the window's size and the like.
_NO_KEY = re.compile(r"\x1b\[(?!<[-\d;]*[Mm]\Z|\?[\d;]*\$y\Z)(?:[<=>?]|.*[ntxy]\Z)")


class InputKind(Enum):
    """What a piece of input is."""

    TEXT = auto()  # characters as typed, one key each
    SEQUENCE = auto()  # one escape sequence, whole: a key, the mouse, the focus
    PASTE = auto()  # the text of a bracketed paste


class InputPiece(NamedTuple):
    """A piece of what came."""

    kind: InputKind
    text: str


class _State(Enum):
    GROUND = auto()
    ESCAPE = auto()  # behind an escape
    SEQUENCE = auto()  # in a CSI or SS3 sequence
    STRING = auto()  # in a control string
    PASTE = auto()


class InputSplitter:
    """The state between two reads."""

    def __init__(self) -> None:
        self._state = _State.GROUND
        self._held = ""  # the unfinished sequence, or what may be the beginning of a paste's end
        self._strings: list[str] = []  # the control strings we are in, the outermost first
        self._is_escaped = False  # the last character of a string was an escape
        self._length = 0
        self._quiet = self._quiet_in_all = 0  # looks at which nothing came
        self._patience = _GIVE_UP
        self._late = 0  # looks for which the rest of a string is still waited for
        self._paste: list[str] = []
        self._pieces: list[InputPiece] = []
        self._firm = 0  # pieces that a stray end of a string does not take back

    def feed(self, text: str) -> list[InputPiece]:
        """The pieces that are complete with the next characters; bytes that are no UTF-8 come as surrogates."""
        self._quiet = 0
        self._firm = 0
        if self._late and self._state is _State.GROUND and (end := _LATE_END.search(text)):
            opening = _CONTROL.search(text)
            if opening is None or opening.start() >= end.start():
                text, self._late = text[end.end() :], 0
        at = 0
        while at < len(text):
            if self._state is _State.GROUND:
                at = self._ground(text, at)
            elif self._state is _State.ESCAPE:
                at = self._escape(text, at)
            elif self._state is _State.SEQUENCE:
                at = self._sequence(text, at)
            elif self._state is _State.STRING:
                at = self._string(text, at)
            else:
                at = self._pasted(text, at)
        return self._taken()

    def idle(self) -> list[InputPiece]:
        """The pieces that are complete because nothing came for ``LOOK`` seconds."""
        self._late = max(self._late - 1, 0)
        if self._state is _State.GROUND:
            return []
        self._quiet += 1
        self._quiet_in_all += 1
        if self._state is _State.ESCAPE:
            self._add(InputKind.SEQUENCE, _ESC)
            self._begin(_State.GROUND)
        elif self._state is _State.PASTE:
            if self._quiet >= _PASTE_GIVE_UP:
                self._end_paste()
        elif self._state is _State.SEQUENCE:
            # rxvt ends some keys with what elsewhere only stands in the middle.
            if re.fullmatch(r"\x1b\[\d+\$", self._held):
                self._add(InputKind.SEQUENCE, self._held)
                self._begin(_State.GROUND)
            elif self._quiet >= _GIVE_UP:
                self._begin(_State.GROUND)
        elif (
            self._quiet >= self._patience
            or self._quiet_in_all >= _GIVE_UP_IN_ALL
            or (self._length > _LONGEST and self._quiet >= _GIVE_UP_NESTED)
        ):
            self._late = _LATE
            self._begin(_State.GROUND)
        return self._taken()

    def _taken(self) -> list[InputPiece]:
        pieces, self._pieces = self._pieces, []
        return pieces

    def _add(self, kind: InputKind, text: str) -> None:
        if kind is not InputKind.SEQUENCE:
            text = _BYTES.sub("\N{REPLACEMENT CHARACTER}", text)
        if text:
            self._pieces.append(InputPiece(kind, text))

    def _begin(self, state: _State, held: str = "") -> None:
        self._state, self._held = state, held
        self._quiet = self._quiet_in_all = self._length = 0
        self._strings.clear()
        self._is_escaped, self._patience = False, _GIVE_UP

    def _ground(self, text: str, at: int) -> int:
        found = _CONTROL.search(text, at)
        end = found.start() if found else len(text)
        self._add(InputKind.TEXT, text[at:end])
        if found is None:
            return end
        if found[0] == _ESC:
            self._begin(_State.ESCAPE)
        else:
            self._introduce(_EIGHT_BIT[found[0]])
        return end + 1

    def _escape(self, text: str, at: int) -> int:
        letter = text[at]
        if letter == _ESC:
            self._add(InputKind.SEQUENCE, _ESC)
        elif letter in "[O\\" or letter in _STRINGS:
            self._introduce(letter)
        elif letter in _EIGHT_BIT:
            self._introduce(_EIGHT_BIT[letter])
        else:
            self._add(InputKind.SEQUENCE, _ESC + letter)
            self._begin(_State.GROUND)
        return at + 1

    def _introduce(self, letter: str) -> None:
        """Begin what a letter behind an escape begins."""
        if letter == "\\":  # an end without a beginning: what stands before it is the rest of a string
            while len(self._pieces) > self._firm and self._pieces[-1].kind is InputKind.TEXT:
                self._pieces.pop()
            self._begin(_State.GROUND)
        elif letter in _STRINGS:
            self._begin(_State.STRING)
            self._strings.append(letter)
        else:
            self._begin(_State.SEQUENCE, _ESC + letter)

    def _sequence(self, text: str, at: int) -> int:
        letter, held = text[at], self._held
        if letter == _ESC or letter in _EIGHT_BIT:
            self._begin(_State.GROUND)
            return at
        self._held = held + letter
        if held == "\x1bO":
            is_end = not letter.isdecimal()
        elif held == "\x1b[":
            # Two brackets begin a function key of the Linux console, and M a mouse report of old: three bytes.
            is_end = letter not in "[M" and _ends(letter)
        elif held.startswith("\x1b[["):
            is_end = True
        elif held.startswith("\x1b[M"):
            if len(self._held) == len("\x1b[Mbxy"):
                self._begin(_State.GROUND)
            return at + 1
        else:
            is_end = _ends(letter)
        if is_end:
            self._end_sequence()
        elif len(self._held) > _LONGEST_SEQUENCE:
            self._held = held  # it is too long for a key, and consumed up to its end
        return at + 1

    def _end_sequence(self) -> None:
        sequence = self._held
        self._begin(_State.GROUND)
        if sequence == _PASTE_BEGIN:
            self._begin(_State.PASTE)
        elif sequence != _PASTE_END and len(sequence) < _LONGEST_SEQUENCE and not _NO_KEY.match(sequence):
            self._add(InputKind.SEQUENCE, sequence)

    def _string(self, text: str, at: int) -> int:
        if self._is_escaped:
            self._is_escaped = False
            self._length += 1
            letter = _EIGHT_BIT.get(text[at], text[at])
            if letter == _ESC:
                self._is_escaped = True
            else:
                self._nest_or_end(letter)
            return at + 1
        found = _IN_STRING.search(text, at)
        if found is None:
            self._length += len(text) - at
            return len(text)
        self._length += found.end() - at
        if found[0] == _ESC:
            self._is_escaped = True
        elif found[0] == "\x07":
            if self._strings[-1] == "]":
                self._nest_or_end("\\")
        else:
            self._nest_or_end(_EIGHT_BIT[found[0]])
        return found.end()

    def _nest_or_end(self, letter: str) -> None:
        """A letter behind an escape, within a string."""
        if letter in _STRINGS:
            if len(self._strings) < _DEEPEST:
                self._strings.append(letter)
            self._patience = _GIVE_UP
        elif letter == "\\":
            self._strings.pop()
            self._patience = _GIVE_UP_NESTED
            if not self._strings:
                self._begin(_State.GROUND)
                self._firm = len(self._pieces)

    def _pasted(self, text: str, at: int) -> int:
        """Read what is pasted, without escape characters: most terminals take them out themselves, tmux does not."""
        pasted, end, rest = (self._held + text[at:]).partition(_PASTE_END)
        self._held = "" if end else _beginning_of_end(pasted)
        pasted = pasted.removesuffix(self._held).replace(_ESC, "").replace("\x00", "")
        if self._length + len(pasted) <= _LONGEST_PASTE:
            self._paste.append(pasted)
            self._length += len(pasted)
        if end:
            self._end_paste()
        return len(text) - len(rest)

    def _end_paste(self) -> None:
        self._add(InputKind.PASTE, "".join(self._paste))
        self._paste.clear()
        self._begin(_State.GROUND)


def _ends(letter: str) -> bool:
    """Whether a character ends a control sequence; one that may not stand in it ends it, too."""
    return not " " <= letter <= "?"


def _beginning_of_end(text: str) -> str:
    """The longest end of the text that the mark of a paste's end may begin with."""
    return next(
        (text[-size:] for size in range(len(_PASTE_END) - 1, 0, -1) if _PASTE_END.startswith(text[-size:])), ""
    )
