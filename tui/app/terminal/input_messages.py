"""From the bytes that a terminal sends to Textual's messages: keys, bursts of keys, pastes, the mouse, the focus."""

from __future__ import annotations

from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

from textual import events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser

from tui.app.terminal.input_splitter import InputKind, InputSplitter
from tui.app.terminal.key_bursts import KeyBurst, is_burst

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.message import Message

    from tui.app.terminal.input_splitter import InputPiece

_HELD_BACK = ("\x1b[", "\x1bO")  # what Textual takes for single keys where it does not know it


class InputMessages:
    """The state between two reads."""

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")("surrogateescape").decode
        self._input = InputSplitter()
        self._parser = XTermParser()

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages that are complete with the next bytes; what is no text becomes replacement characters."""
        return self._messages(self._input.feed(self._decode(data)))

    def idle(self) -> Iterator[Message]:
        """The messages that are complete because nothing came for ``terminal_input.LOOK`` seconds."""
        return self._messages(self._input.idle())

    def _messages(self, pieces: Iterable[InputPiece]) -> Iterator[Message]:
        for kind, text in pieces:
            if kind is InputKind.PASTE:
                yield events.Paste(text)
            elif kind is InputKind.TEXT and is_burst(text):
                yield KeyBurst([each for each in self._parsed(text) if isinstance(each, events.Key)])
            else:
                yield from self._parsed(text)

    def _parsed(self, text: str) -> Iterator[Message]:
        """The messages of a piece; what the parser does not know, or stumbles over (numbers too long), is none.

        Textual would wait for the rest of such a sequence, and take it for keys when none comes.
        """
        try:
            yield from self._parser.feed(text)
            rest = list(self._ended())
        except (ValueError, OverflowError, ParseError):
            self._parser = XTermParser()
        else:
            if not text.startswith(_HELD_BACK):  # but for Escape, and keys with Alt
                yield from rest

    def _ended(self) -> Iterator[Message]:
        """What the parser makes of what it has, as nothing more belongs to it."""
        if self._parser._timeout_time is not None:  # noqa: SLF001 - it offers no other way
            self._parser._timeout_time = 0.0  # noqa: SLF001
            yield from self._parser.tick()
