"""Textual's driver for a screen in a browser: exchanges packets with the server over two pipes.

``tui.web.process`` is the other end, and describes the packets. Input is checked as in the terminal driver.
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

from tui.app.terminal.hardened_app import hardened
from tui.app.terminal.input_messages import InputMessages
from tui.app.terminal.input_splitter import IDLE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.message import Message

_STDIN = 0  # file descriptor
_HEADER = 5  # bytes of a packet before its content
_READ_SIZE = 65_536  # bytes
_MODES_ON = (
    "\x1b[?1049h"  # alternate screen
    "\x1b[?1000h\x1b[?1003h\x1b[?1006h"  # mouse
    "\x1b[?25l"  # no cursor
    "\x1b[?2004h"  # bracketed paste
)


class WebDriver(Driver):
    """The driver of a screen in a browser."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - those of the base class
        # There is no terminal: the server sets the size.
        super().__init__(*arguments, **(options | {"size": shutil.get_terminal_size()}))
        self._hardened = hardened(arguments[0])
        self._hardened.web_driver = self
        self._stopped = Event()
        self._write_lock = Lock()
        self._input = InputMessages()

    @property
    def is_web(self) -> bool:
        """Always true."""
        return True

    def write(self, data: str) -> None:
        """Send output to the browser."""
        self._send(b"D", data.encode(errors="replace"))

    def offer_file(self, name: str, content: bytes) -> None:
        """Have the browser download a file.

        Args:
            name: its suggested name.
            content: its content.
        """
        self._send_message({"type": "file", "name": name})
        self._send(b"F", content)

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Open a URL in the browser."""
        self._send_message({"type": "open_url", "url": url, "new_tab": new_tab})

    def start_application_mode(self) -> None:
        """Start drawing and reading."""
        self.write(_MODES_ON)
        self._resize(shutil.get_terminal_size())
        Thread(target=self._read, name="textual-input", daemon=True).start()

    def disable_input(self) -> None:
        """Stop reading input."""
        self._stopped.set()

    def stop_application_mode(self) -> None:
        """Stop reading input."""
        self._stopped.set()

    def process_message(self, message: Message) -> None:
        """Pass on messages, except reports of the size and keys that are surrogates."""
        if isinstance(message, (events.Resize, InBandWindowResize)):
            return
        if isinstance(message, events.Key) and "\ud800" <= (message.character or "") <= "\udfff":
            return
        super().process_message(message)

    def _send_message(self, message: dict[str, object]) -> None:
        self._send(b"M", json.dumps(message).encode())

    def _send(self, kind: bytes, payload: bytes) -> None:
        rest = memoryview(kind + len(payload).to_bytes(4, "big") + payload)
        with self._write_lock:
            while rest:
                try:
                    rest = rest[os.write(sys.__stdout__.fileno(), rest) :]  # type: ignore[union-attr]  # a pipe
                except OSError:
                    return  # the server is gone, which the input thread detects

    def _read(self) -> None:
        """Read packets until the driver stops. If the server is gone, act as if the terminal was closed."""
        buffer = bytearray()
        while not self._stopped.is_set():
            if select.select([_STDIN], [], [], IDLE_SECONDS)[0]:
                data = os.read(_STDIN, _READ_SIZE)
                if not data:
                    os.kill(os.getpid(), signal.SIGHUP)
                    return
                buffer += data
                for kind, payload in _packets(buffer):
                    if kind == b"D":
                        self._post(self._input.feed(payload))
                    else:
                        self._handle_message(json.loads(payload))
            else:
                self._post(self._input.idle())

    def _post(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)

    def _handle_message(self, message: dict[str, Any]) -> None:
        if message["type"] == "resize":
            self._resize((message["width"], message["height"]))
        else:
            self._hardened.post_message(events.AppFocus() if message["type"] == "focus" else events.AppBlur())

    def _resize(self, size: tuple[int, int]) -> None:
        self._hardened.post_message(events.Resize(Size(*size), Size(*size)))


def _packets(buffer: bytearray) -> Iterator[tuple[bytes, bytes]]:
    """Remove and return the complete packets at the start of the buffer."""
    while len(buffer) >= _HEADER and len(buffer) >= (end := _HEADER + int.from_bytes(buffer[1:_HEADER], "big")):
        kind, payload = bytes(buffer[:1]), bytes(buffer[_HEADER:end])
        del buffer[:end]
        yield kind, payload
