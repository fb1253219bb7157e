"""Parse terminal input into Textual's messages: keys, key bursts, pastes, mouse, focus."""

from __future__ import annotations

from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

from textual import events
from textual._xterm_parser import XTermParser

from tui.app.terminal.input_splitter import InputKind, InputSplitter
from tui.app.terminal.key_bursts import KeyBurst, is_burst

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.message import Message

    from tui.app.terminal.input_splitter import InputPiece

_MOUSE = "\x1b[<"
_SEQUENCES = ("\x1b[", "\x1bO")  # unknown ones would be parsed as single keys by Textual


class InputMessages:
    """An incremental parser of terminal input."""

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")("surrogateescape").decode
        self._input = InputSplitter()
        self._parser = XTermParser()

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages completed by these bytes; invalid UTF-8 becomes replacement characters."""
        return self._messages(self._input.feed(self._decode(data)))

    def feed_waiting(self, data: bytes) -> Iterator[Message]:
        """The messages of input that waited for the first read: keys in their order, unless nobody types so many.

        A paste in brackets is known as such. Until the program turned that off, terminals made a line feed of Enter.
        """
        pieces = self._input.feed(self._decode(data))
        return self._messages(
            (
                piece._replace(text=piece.text.replace("\n", "\r")) if piece.kind is InputKind.TEXT else piece
                for piece in pieces
            ),
            waited=True,
        )

    def idle(self) -> Iterator[Message]:
        """The messages completed because nothing came for ``IDLE_SECONDS``."""
        return self._messages(self._input.idle())

    def _messages(self, pieces: Iterable[InputPiece], *, waited: bool = False) -> Iterator[Message]:
        for kind, text in pieces:
            if kind is InputKind.PASTE:
                yield events.Paste(text)
            elif kind is InputKind.TEXT and is_burst(text, waited=waited):
                yield KeyBurst([each for each in self._parsed(text) if isinstance(each, events.Key)])
            else:
                yield from self._parsed(text)

    def _parsed(self, text: str) -> Iterator[Message]:
        """The messages of a piece; sequences that Textual does not know or cannot parse (long numbers) have none.

        Textual would wait for the rest of such a sequence, and then treat it as keys.
        """
        try:
            yield from self._parser.feed(text)
            if text.startswith(_MOUSE):  # complete, and the next one is measured from it
                return
            rest = list(self._parser.feed(""))  # the end: what it has buffered
        except (ValueError, OverflowError):
            rest = []
        self._parser = XTermParser()
        if not text.startswith(_SEQUENCES):  # Escape and keys with Alt
            yield from rest
