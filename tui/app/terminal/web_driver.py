"""Textual's driver for a screen in a browser: what the server sends and takes, by way of two pipes.

``tui.web.process`` is the other end, and describes the packets. This driver guards against the same input as the one
for terminals. Knows the running app, and nothing of what is drawn.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import sys
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any

from textual import events
from textual.driver import Driver
from textual.geometry import Size
from textual.messages import InBandWindowResize

from tui.app.terminal.input_messages import InputMessages
from tui.app.terminal.input_splitter import IDLE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.message import Message

_INPUT = 0  # the descriptor of standard input
_HEAD = 5  # bytes of a packet before its content
_READ = 65_536  # bytes
_MODES_ON = (
    "\x1b[?1049h"  # alternate screen
    "\x1b[?1000h\x1b[?1003h\x1b[?1006h"  # mouse
    "\x1b[?25l"  # no cursor
    "\x1b[?2004h"  # bracketed paste
)


class WebDriver(Driver):
    """The driver."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - the base class's
        super().__init__(*arguments, **options)
        self._size = shutil.get_terminal_size()  # of its own terminal it has none: what the server says
        self._ended = Event()
        self._writing = Lock()
        self._input = InputMessages()

    @property
    def is_web(self) -> bool:
        """It is."""
        return True

    def write(self, data: str) -> None:
        """Draw."""
        self._send(b"D", data.encode(errors="replace"))

    def offer_file(self, name: str, content: bytes) -> None:
        """Have the browser download a file.

        Args:
            name: the name to offer for it.
            content: what is in it.
        """
        self._send_message({"type": "file", "name": name})
        self._send(b"F", content)

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Have the browser open a page."""
        self._send_message({"type": "open_url", "url": url, "new_tab": new_tab})

    def start_application_mode(self) -> None:
        """Begin to draw and to read."""
        self.write(_MODES_ON)
        self._resize(shutil.get_terminal_size())
        Thread(target=self._read, name="textual-input", daemon=True).start()

    def disable_input(self) -> None:
        """Take no more keys."""
        self._ended.set()

    def stop_application_mode(self) -> None:
        """Stop."""
        self._ended.set()

    def process_message(self, message: Message) -> None:
        """Pass on what came, but for reports of the size, and keys that are no letter."""
        if isinstance(message, (events.Resize, InBandWindowResize)):
            return
        if isinstance(message, events.Key) and "\ud800" <= (message.character or "") <= "\udfff":
            return
        super().process_message(message)

    def _send_message(self, message: dict[str, object]) -> None:
        self._send(b"M", json.dumps(message).encode())

    def _send(self, kind: bytes, payload: bytes) -> None:
        rest = memoryview(kind + len(payload).to_bytes(4, "big") + payload)
        with self._writing:
            while rest:
                try:
                    rest = rest[os.write(sys.__stdout__.fileno(), rest) :]  # type: ignore[union-attr]  # a pipe
                except OSError:
                    return  # the server is gone, which the reading end finds out

    def _read(self) -> None:
        """Read packets until told to stop. A server that is gone is the same as a terminal that was closed."""
        unread = bytearray()
        while not self._ended.is_set():
            if select.select([_INPUT], [], [], IDLE_SECONDS)[0]:
                data = os.read(_INPUT, _READ)
                if not data:
                    os.kill(os.getpid(), signal.SIGHUP)
                    return
                unread += data
                for kind, payload in _packets(unread):
                    if kind == b"D":
                        self._take(self._input.feed(payload))
                    else:
                        self._handle_message(json.loads(payload))
            else:
                self._take(self._input.idle())

    def _take(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)

    def _handle_message(self, told: dict[str, Any]) -> None:
        if told["type"] == "resize":
            self._resize((told["width"], told["height"]))
        else:
            self._app.post_message(events.AppFocus() if told["type"] == "focus" else events.AppBlur())

    def _resize(self, size: tuple[int, int]) -> None:
        self._size = size
        self._app.post_message(events.Resize(Size(*size), Size(*size)))


def _packets(unread: bytearray) -> Iterator[tuple[bytes, bytes]]:
    """Take the packets that are complete from what was read."""
    while len(unread) >= _HEAD and len(unread) >= (end := _HEAD + int.from_bytes(unread[1:_HEAD], "big")):
        kind, payload = bytes(unread[:1]), bytes(unread[_HEAD:end])
        del unread[:end]
        yield kind, payload
