"""Orderly shutdown on signals: within two seconds, leaving a usable terminal.

Changes are on disk before they are shown, so only the state of the screen and an unfinished note are saved here.
"""

from __future__ import annotations

import asyncio
import os
import signal
from threading import Timer
from typing import TYPE_CHECKING, Self

from tui.terminal_modes import attributes, restore_terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT)
_TIMEOUT = 1.5  # seconds for an orderly exit
_RESET_TIMEOUT = 0.3  # seconds for the terminal to accept the reset sequences


class ShutdownHandler:
    """A context manager that handles signals.

    Args:
        exit_app: called on the event loop to exit in order.
        is_drawing: whether this program controls the terminal.

    Attributes:
        signal_number: the received signal; 0 for none.
    """

    def __init__(self, exit_app: Callable[[], object], is_drawing: Callable[[], bool]) -> None:
        self.signal_number = 0
        self._exit_app = exit_app
        self._is_drawing = is_drawing
        self._attributes = attributes()
        self._previous: dict[signal.Signals, object] = {}

    def __enter__(self) -> Self:
        self._previous = {number: signal.signal(number, self._on_signal) for number in _SIGNALS}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._previous.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def restore_terminal(self) -> None:
        """Restore the terminal, without waiting long for it."""
        restore_terminal(self._attributes, _RESET_TIMEOUT)

    def _on_signal(self, number: int, _: object) -> None:
        if self.signal_number:
            return
        self.signal_number = number
        # Never cancelled: it also ends a process that hangs after the orderly exit.
        watchdog = Timer(_TIMEOUT, self._force)
        watchdog.daemon = True
        watchdog.start()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            raise SystemExit(128 + number) from None
        loop.call_soon_threadsafe(self._exit_app)

    def _force(self) -> None:
        if self._is_drawing():
            self.restore_terminal()
        os._exit(128 + self.signal_number)
