"""Textual's terminal driver, hardened against terminals that stop reading, close, send garbage or are suspended."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import time
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Protocol, TextIO, cast

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.messages import InBandWindowResize

from tui import first_frame
from tui.app.terminal.input_messages import InputMessages
from tui.app.terminal.input_splitter import IDLE_SECONDS
from tui.terminal_modes import open_nonblocking_tty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from textual.app import App
    from textual.message import Message
    from textual.screen import Screen

_WRITE_TIMEOUT = 1.0  # seconds after which a terminal that accepts no byte is stalled
_EXIT_TIMEOUT = 0.2  # the same while the program exits
_POLL = 0.1  # seconds between checks whether the terminal reads
_READ_SIZE = 4096  # bytes
_MIN_PASTE = 8  # bytes in one read that may be part of a paste
_PASTE_GAP = 0.01  # seconds at most between the parts of a paste
_MAX_PENDING = 1_000_000  # bytes read before they are parsed
_TERMINATOR = b"\x1b\\"  # the string terminator ends a truncated sequence, and does nothing otherwise


class NonBlockingWriter:
    """A tty writer that never blocks for long: output that the terminal does not accept is dropped.

    Textual would block forever, and neither keys nor signals would reach the program. When the terminal reads again,
    the screen is repainted.

    Args:
        stream: standard error, which Textual writes to.
        on_resume: called in a separate thread when a stalled terminal reads again.
    """

    def __init__(self, stream: TextIO, on_resume: Callable[[], None]) -> None:
        descriptor = open_nonblocking_tty(stream.fileno())
        self._descriptor = stream.fileno() if descriptor is None else descriptor
        self._encoding = stream.encoding
        self._on_resume = on_resume
        self._pending = bytearray()
        self._stalled = Event()
        self.timeout = _WRITE_TIMEOUT
        self.lost_output = False

    def fileno(self) -> int:
        """The descriptor written to."""
        return self._descriptor

    def write(self, text: str) -> int:
        """Buffer text until the next flush."""
        self._pending += text.encode(self._encoding, "replace")
        return len(text)

    def flush(self) -> None:
        """Write the buffered text, as far as the terminal accepts it."""
        rest = memoryview(bytes(self._pending))
        self._pending.clear()
        while rest:
            if self._stalled.is_set():
                self._pending += _TERMINATOR
                return
            try:
                rest = rest[os.write(self._descriptor, rest) :]
            except BlockingIOError:
                if not self._wait_writable():
                    self._stall()
            except OSError:
                return  # the terminal is gone, which the input thread detects

    def _wait_writable(self) -> bool:
        """Wait until the terminal accepts output; the timeout may be shortened meanwhile."""
        start = time.monotonic()
        while time.monotonic() - start < self.timeout:
            if select.select([], [self._descriptor], [], _POLL)[1]:
                return True
        return False

    def _stall(self) -> None:
        self.lost_output = True
        self._stalled.set()
        Thread(target=self._wait_for_reader, name="readlist-stalled", daemon=True).start()

    def _wait_for_reader(self) -> None:
        while not select.select([], [self._descriptor], [], None)[1]:
            pass
        self._stalled.clear()
        self._on_resume()


class _Owner(Protocol):
    """The app, as far as its driver calls it."""

    @property
    def screen(self) -> Screen[Any]:
        """The current screen."""

    def fail(self, error: Exception) -> None:
        """End the program because of a bug."""


class Driver(LinuxDriver):
    """The driver of the terminal.

    Attributes:
        is_drawing: whether this program controls the terminal, not the shell or an editor.
        is_holding: whether frames are held back, so that the remembered frame stays.
    """

    def __init__(self, app: App[int], **options: Any) -> None:  # noqa: ANN401 - those of the base class
        super().__init__(app, **options)
        self._owner = cast("_Owner", app)
        self._event_loop = asyncio.get_running_loop()
        self._restarts = True
        self._is_stopped = False
        signal.signal(signal.SIGTSTP, self._on_stop)
        signal.signal(signal.SIGCONT, self._on_continue)
        self.is_drawing = self.is_holding = False
        self._keeps_screen = False
        self._input = InputMessages()
        self._has_read = False
        self._writer = NonBlockingWriter(cast("TextIO", sys.__stderr__), self._repaint_soon)
        self._file = cast("Any", self._writer)

    @property
    def lost_output(self) -> bool:
        """Whether output was dropped."""
        return self._writer.lost_output

    def shorten_timeout(self) -> None:
        """Wait less for a terminal that does not read."""
        self._writer.timeout = _EXIT_TIMEOUT

    def hold(self) -> None:
        """Hold back frames from now on."""
        self.is_holding = True

    def release(self) -> None:
        """Draw again: one frame with all that changed."""
        if self.is_holding:
            self.is_holding = False
            self._repaint()

    def write(self, data: str) -> None:
        """Write output, but no frame while frames are held back."""
        is_mode = data.startswith("\x1b[?")
        if self.is_holding and not is_mode:
            return
        self.is_drawing |= data == first_frame.ALTERNATE_SCREEN
        # Where the remembered frame is, terminals would clear it, and save the position of the cursor once more.
        if not (self._keeps_screen and data == first_frame.ALTERNATE_SCREEN):
            super().write(data)

    def start_application_mode(self) -> None:
        """Take control of the terminal, and of the remembered frame on it, if there is one."""
        self.is_holding = first_frame.is_shown()
        before = first_frame.adopt()
        self._keeps_screen = before is not None
        self.is_drawing = False
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._keeps_screen = False
        if before is not None:
            self.attrs_before = before
        self._is_stopped &= not self.is_drawing  # nothing was written if the terminal belongs to another job

    def stop_application_mode(self) -> None:
        """Return the terminal to the shell."""
        self.is_holding = False
        super().stop_application_mode()
        self.is_drawing = False

    @contextmanager
    def no_automatic_restart(self) -> Iterator[None]:
        """While another program has the terminal, neither stop nor resume it."""
        self._restarts = False
        try:
            with super().no_automatic_restart():
                yield
        finally:
            self._restarts = True

    def run_input_thread(self) -> None:
        """Read input until the driver stops."""
        try:
            self._read_input()
        except OSError:
            self._closed()
        except Exception as bug:  # noqa: BLE001 - handled like exceptions of the event loop
            self._event_loop.call_soon_threadsafe(self._owner.fail, bug)

    def _read_input(self) -> None:
        if not self._has_read and select.select([self.fileno], [], [], 0)[0]:
            # When these keys were typed is not known: at any time since the start, so they look like a paste.
            self._post(self._input.feed_waiting(os.read(self.fileno, _READ_SIZE)))
        self._has_read = True
        while not self.exit_event.is_set():
            if not select.select([self.fileno], [], [], IDLE_SECONDS)[0]:
                self._post(self._input.idle())
                continue
            data = read = os.read(self.fileno, _READ_SIZE)
            # A paste arrives in several reads; the last may be as short as a few keys.
            while (
                read
                and _MIN_PASTE <= len(data) < _MAX_PENDING
                and select.select([self.fileno], [], [], _PASTE_GAP)[0]
            ):
                read = os.read(self.fileno, _READ_SIZE)
                data += read
            self._post(self._input.feed(data))
            if not read:
                self._closed()
                return

    def process_message(self, message: Message) -> None:
        """Pass on messages, except reports of the size and keys that are surrogates.

        The size comes from the kernel; a report could be forged. The kitty keyboard protocol can encode a surrogate.
        """
        if isinstance(message, (events.Resize, InBandWindowResize)):
            return
        if isinstance(message, events.Key) and "\ud800" <= (message.character or "") <= "\udfff":
            return
        super().process_message(message)

    def _post(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)

    @staticmethod
    def _closed() -> None:
        """The terminal was closed: act as on SIGHUP, which the parent process may have disabled."""
        os.kill(os.getpid(), signal.SIGHUP)

    # Signal handlers only schedule calls: the code they interrupt may hold locks that drawing needs.

    def _on_stop(self, *_: object) -> None:
        if self._restarts and self.is_drawing:
            self._event_loop.call_soon_threadsafe(self._suspend)
        else:
            os.kill(os.getpid(), signal.SIGSTOP)

    def _on_continue(self, *_: object) -> None:
        self._event_loop.call_soon_threadsafe(self._resume)

    def _suspend(self) -> None:
        self.suspend_application_mode()
        self._is_stopped = True
        os.kill(os.getpid(), signal.SIGSTOP)

    def _resume(self) -> None:
        """Take control of the terminal again; another program may have left it in any state."""
        if not self._restarts:
            return
        if self.is_drawing:
            self.suspend_application_mode()
        elif not self._is_stopped:
            return
        self.resume_application_mode()
        self._repaint()

    def _repaint_soon(self) -> None:
        self._event_loop.call_soon_threadsafe(self._repaint)

    def _repaint(self) -> None:
        self._owner.screen.refresh(repaint=True, layout=True)
