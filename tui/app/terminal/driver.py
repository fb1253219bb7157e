"""Textual's driver for terminals that misbehave: one that stops reading, closes, sends rubbish, or is put to sleep.

Knows the terminal and the running app, and nothing of what is drawn.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, TextIO, cast

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.messages import InBandWindowResize

from tui.app.terminal.input_messages import InputMessages
from tui.app.terminal.input_splitter import IDLE_SECONDS
from tui.terminal_modes import open_nonblocking_tty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.message import Message

_PATIENCE = 1.0  # seconds until a terminal that takes no byte counts as one that does not read
_HURRY = 0.2  # the same when the program is about to end
_LOOK = 0.1  # seconds between two looks at whether the terminal reads
_READ = 4096  # bytes
_PASTED = 8  # bytes at once that may be more than keys
_MORE = 0.01  # seconds that the next piece of a paste takes at most
_MOST = 1_000_000  # bytes that are read before any of them is looked at
_CUT = b"\x1b\\"  # the string terminator ends a sequence that was cut, and does nothing elsewhere


class NonBlockingWriter:
    """The file that frames are written to. It never waits long: what a terminal does not take is dropped.

    Textual itself would wait for good, and neither keys nor signals would reach the program. Once the terminal reads
    again, everything is drawn anew.

    Args:
        stream: standard error, which Textual draws on.
        reads_again: called in a thread of its own when a terminal that had stopped reading reads again.
    """

    def __init__(self, stream: TextIO, reads_again: Callable[[], None]) -> None:
        own = open_nonblocking_tty(stream.fileno())
        self._descriptor = stream.fileno() if own is None else own
        self._encoding = stream.encoding
        self._reads_again = reads_again
        self._pending = bytearray()
        self._stalled = Event()
        self.timeout = _PATIENCE
        self.lost_output = False

    def fileno(self) -> int:
        """The descriptor written to."""
        return self._descriptor

    def write(self, text: str) -> int:
        """Take a text; it leaves with the next flush."""
        self._pending += text.encode(self._encoding, "replace")
        return len(text)

    def flush(self) -> None:
        """Send what was taken, as far as the terminal takes it."""
        rest = memoryview(bytes(self._pending))
        self._pending.clear()
        while rest:
            if self._stalled.is_set():
                self._pending += _CUT
                return
            try:
                rest = rest[os.write(self._descriptor, rest) :]
            except BlockingIOError:
                if not self._has_room():
                    self._stall()
            except OSError:
                return  # it is gone, which the reading end finds out

    def _has_room(self) -> bool:
        """Wait for room as long as patience has it, which may become less while waiting."""
        start = time.monotonic()
        while time.monotonic() - start < self.timeout:
            if select.select([], [self._descriptor], [], _LOOK)[1]:
                return True
        return False

    def _stall(self) -> None:
        self.lost_output = True
        self._stalled.set()
        Thread(target=self._await_reader, name="readlist-stalled", daemon=True).start()

    def _await_reader(self) -> None:
        while not select.select([], [self._descriptor], [], None)[1]:
            pass
        self._stalled.clear()
        self._reads_again()


class Driver(LinuxDriver):
    """The driver.

    Attributes:
        drawing: the terminal is in the program's hands, and not the shell's or an editor's.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - the base class's
        super().__init__(*arguments, **options)
        self.is_drawing = False
        self._input = InputMessages()
        self._writer = NonBlockingWriter(cast("TextIO", sys.__stderr__), self._repaint_soon)
        self._file = cast("Any", self._writer)

    @property
    def lost_output(self) -> bool:
        """Whether the terminal missed anything it was sent."""
        return self._writer.lost_output

    def shorten_timeout(self) -> None:
        """Waste no more time on a terminal that does not read."""
        self._writer.timeout = _HURRY

    def start_application_mode(self) -> None:
        """Take the terminal."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.is_drawing = not self._must_signal_resume  # still set where the terminal belongs to another job

    def stop_application_mode(self) -> None:
        """Give it back."""
        super().stop_application_mode()
        self.is_drawing = False

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except OSError:
            self._closed()
        except Exception as bug:  # noqa: BLE001 - handed on to where bugs of the event loop go as well
            self._loop.call_soon_threadsafe(self._app._handle_exception, bug)  # noqa: SLF001

    def run_input_thread(self) -> None:
        """Read what the terminal sends until told to stop."""
        while not self.exit_event.is_set():
            if not select.select([self.fileno], [], [], IDLE_SECONDS)[0]:
                self._take(self._input.idle())
                continue
            data = read = os.read(self.fileno, _READ)
            # A paste comes in several pieces; the last of them may be as short as a few keys.
            while read and _PASTED <= len(data) < _MOST and select.select([self.fileno], [], [], _MORE)[0]:
                read = os.read(self.fileno, _READ)
                data += read
            self._take(self._input.feed(data))
            if not read:
                self._closed()
                return

    def process_message(self, message: Message) -> None:
        """Pass on what came, but for reports of the size, and keys that are no letter.

        The kernel tells the size, and a forged report could name any. The kitty keyboard can name half a letter.
        """
        if isinstance(message, (events.Resize, InBandWindowResize)):
            return
        if isinstance(message, events.Key) and "\ud800" <= (message.character or "") <= "\udfff":
            return
        super().process_message(message)

    def _take(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)

    @staticmethod
    def _closed() -> None:
        """The terminal is gone: the same as its hang-up signal, which may have been ignored by who started us."""
        os.kill(os.getpid(), signal.SIGHUP)

    # Handlers only leave word for the loop: what they interrupt may hold the very locks that drawing needs.

    def _sigtstp_application(self, *_: object) -> None:
        if self._auto_restart and self.is_drawing:
            self._loop.call_soon_threadsafe(self._sleep)
        else:
            os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._wake)

    def _sleep(self) -> None:
        self.suspend_application_mode()
        self._must_signal_resume = True
        os.kill(os.getpid(), signal.SIGSTOP)

    def _wake(self) -> None:
        """Take the terminal, again where need be: whoever stopped the program may have left it in any state."""
        if not self._auto_restart:
            return
        if self.is_drawing:
            self.suspend_application_mode()
        elif not self._must_signal_resume:
            return
        self.resume_application_mode()
        self._repaint()

    def _repaint_soon(self) -> None:
        self._loop.call_soon_threadsafe(self._repaint)

    def _repaint(self) -> None:
        self._app.screen.refresh(repaint=True, layout=True)
