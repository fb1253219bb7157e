"""Split terminal input into typed text, key sequences and pastes; replies of the terminal are dropped.

A terminal sends its replies (colours, name, settings, graphics) in the same stream as the keys. Control strings (OSC,
DCS, APC, PM, SOS) are skipped up to their end whatever they contain, control sequences (CSI) that cannot be keys are
dropped, and a bracketed paste is one piece, however the stream is split into reads. The grammar is that of ECMA-48.
There is no clock here: the caller reports when it polled and nothing came.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

IDLE_SECONDS = 0.1  # seconds the caller waits before it calls ``idle``
_GIVE_UP = 10  # idle calls in a row that end an unfinished sequence or string
_GIVE_UP_NESTED = 3  # the same after an inner string ended, perhaps with the outer one
_GIVE_UP_IN_ALL = 30  # idle calls with bytes between them: somebody is typing
_LONGEST = 100_000  # characters of a control string; after them a short pause ends it
_LONGEST_SEQUENCE = 256  # characters
_LONGEST_PASTE = 20_000_000  # characters
_PASTE_GIVE_UP = 30  # idle calls in a row that end a paste
_LATE = 100  # idle calls during which the rest of an abandoned string may still come
_DEEPEST = 16  # nested strings that are counted

_ESC = "\x1b"
_PASTE_BEGIN, _PASTE_END = "\x1b[200~", "\x1b[201~"
_STRINGS = "]P_^X"  # OSC, DCS, APC, PM, SOS, after an escape
# The same and others as single characters: C1 controls, and their raw bytes (decoded to surrogates).
_EIGHT_BIT = {chr(base + byte): character for base in (0, 0xDC00) for byte, character in
              {0x90: "P", 0x98: "X", 0x9B: "[", 0x9C: "\\", 0x9D: "]", 0x9E: "^", 0x9F: "_"}.items()}  # fmt: skip
_CONTROL = re.compile(f"[{_ESC}{''.join(_EIGHT_BIT)}]")
_IN_STRING = re.compile(f"[{_ESC}\x07{''.join(_EIGHT_BIT)}]")
_BYTES = re.compile("[\udc80-\udcff]")
_LATE_END = re.compile("\x07|\x1b\\\\|[\x9c\udc9c]")
# A sequence with a private marker (<, =, >, ?) is a reply, except the mouse and mode reports; so are reports of the
# status, the window size and so on.
_NO_KEY = re.compile(r"\x1b\[(?!<[-\d;]*[Mm]\Z|\?[\d;]*\$y\Z)(?:[<=>?]|.*[ntxy]\Z)")


class InputKind(Enum):
    """The kind of a piece of input."""

    TEXT = auto()  # characters as typed, one key each
    SEQUENCE = auto()  # one complete escape sequence: a key, the mouse, the focus
    PASTE = auto()  # the text of a bracketed paste


class InputPiece(NamedTuple):
    """A piece of input."""

    kind: InputKind
    text: str


class _State(Enum):
    GROUND = auto()
    ESCAPE = auto()  # after an escape
    SEQUENCE = auto()  # in a CSI or SS3 sequence
    STRING = auto()  # in a control string
    PASTE = auto()


class InputSplitter:
    """An incremental splitter."""

    def __init__(self) -> None:
        self._state = _State.GROUND
        self._held = ""  # the unfinished sequence, or a possible start of the end marker of a paste
        self._strings: list[str] = []  # the open control strings, outermost first
        self._is_escaped = False  # the last character of a string was an escape
        self._length = 0
        self._quiet = self._quiet_in_all = 0  # idle calls
        self._idle_limit = _GIVE_UP
        self._late = 0  # idle calls during which the rest of a string may still come
        self._paste: list[str] = []
        self._pieces: list[InputPiece] = []
        self._final = 0  # pieces that a stray string terminator does not discard

    def feed(self, text: str) -> list[InputPiece]:
        """The pieces completed by these characters; invalid UTF-8 is passed as surrogates."""
        self._quiet = 0
        self._final = 0
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
        return self._pop_pieces()

    def idle(self) -> list[InputPiece]:
        """The pieces completed because nothing came for ``IDLE_SECONDS``."""
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
            # rxvt ends some keys with a character that elsewhere is only inside a sequence.
            if re.fullmatch(r"\x1b\[\d+\$", self._held):
                self._add(InputKind.SEQUENCE, self._held)
                self._begin(_State.GROUND)
            elif self._quiet >= _GIVE_UP:
                self._begin(_State.GROUND)
        elif (
            self._quiet >= self._idle_limit
            or self._quiet_in_all >= _GIVE_UP_IN_ALL
            or (self._length > _LONGEST and self._quiet >= _GIVE_UP_NESTED)
        ):
            self._late = _LATE
            self._begin(_State.GROUND)
        return self._pop_pieces()

    def _pop_pieces(self) -> list[InputPiece]:
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
        self._is_escaped, self._idle_limit = False, _GIVE_UP

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
        character = text[at]
        if character == _ESC:
            self._add(InputKind.SEQUENCE, _ESC)
        elif character in "[O\\" or character in _STRINGS:
            self._introduce(character)
        elif character in _EIGHT_BIT:
            self._introduce(_EIGHT_BIT[character])
        else:
            self._add(InputKind.SEQUENCE, _ESC + character)
            self._begin(_State.GROUND)
        return at + 1

    def _introduce(self, character: str) -> None:
        """Enter the state that a character after an escape introduces."""
        if character == "\\":  # a terminator without a start: the text before it is the rest of a string
            while len(self._pieces) > self._final and self._pieces[-1].kind is InputKind.TEXT:
                self._pieces.pop()
            self._begin(_State.GROUND)
        elif character in _STRINGS:
            self._begin(_State.STRING)
            self._strings.append(character)
        else:
            self._begin(_State.SEQUENCE, _ESC + character)

    def _sequence(self, text: str, at: int) -> int:
        character, held = text[at], self._held
        if character == _ESC or character in _EIGHT_BIT:
            self._begin(_State.GROUND)
            return at
        self._held = held + character
        if held == "\x1bO":
            is_end = not character.isdecimal()
        elif held == "\x1b[":
            # Two brackets start a function key of the Linux console, and M an old mouse report: three bytes.
            is_end = character not in "[M" and _is_final(character)
        elif held.startswith("\x1b[["):
            is_end = True
        elif held.startswith("\x1b[M"):
            if len(self._held) == len("\x1b[Mbxy"):
                self._begin(_State.GROUND)
            return at + 1
        else:
            is_end = _is_final(character)
        if is_end:
            self._end_sequence()
        elif len(self._held) > _LONGEST_SEQUENCE:
            self._held = held  # too long for a key; dropped up to its end
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
            character = _EIGHT_BIT.get(text[at], text[at])
            if character == _ESC:
                self._is_escaped = True
            else:
                self._nest_or_end(character)
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

    def _nest_or_end(self, character: str) -> None:
        """Handle a character after an escape inside a string."""
        if character in _STRINGS:
            if len(self._strings) < _DEEPEST:
                self._strings.append(character)
            self._idle_limit = _GIVE_UP
        elif character == "\\":
            self._strings.pop()
            self._idle_limit = _GIVE_UP_NESTED
            if not self._strings:
                self._begin(_State.GROUND)
                self._final = len(self._pieces)

    def _pasted(self, text: str, at: int) -> int:
        """Read pasted text, without escape characters: most terminals remove them, tmux does not."""
        pasted, end, rest = (self._held + text[at:]).partition(_PASTE_END)
        self._held = "" if end else _partial_end(pasted)
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


def _is_final(character: str) -> bool:
    """Whether a character ends a control sequence; an invalid character ends it too."""
    return not " " <= character <= "?"


def _partial_end(text: str) -> str:
    """The longest suffix of the text that is a prefix of the end marker of a paste."""
    return next(
        (text[-size:] for size in range(len(_PASTE_END) - 1, 0, -1) if _PASTE_END.startswith(text[-size:])), ""
    )
