"""How a run ends that is asked to end by a signal: in order, within two seconds, with a terminal the shell can use.

Changes are on disk before they show, so nothing has to be saved here but the place and a half-written note.
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
_PATIENCE = 1.5  # seconds for the orderly way
_LAST_WORDS = 0.3  # seconds for the terminal to take the bytes that reset it


class ShutdownHandler:
    """Handlers of signals for as long as the block lasts.

    Args:
        leave: called on the event loop, to end the run in order.
        drawing: whether the terminal is in the program's hands.

    Attributes:
        number: the signal that asked; 0 for none.
    """

    def __init__(self, leave: Callable[[], object], drawing: Callable[[], bool]) -> None:
        self.signal_number = 0
        self._leave = leave
        self._drawing = drawing
        self._attributes = attributes()
        self._former: dict[signal.Signals, object] = {}

    def __enter__(self) -> Self:
        self._former = {number: signal.signal(number, self._asked) for number in _SIGNALS}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._former.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def restore_terminal(self) -> None:
        """Restore the terminal without waiting for it."""
        restore_terminal(self._attributes, _LAST_WORDS)

    def _asked(self, number: int, _: object) -> None:
        if self.signal_number:
            return
        self.signal_number = number
        # Never cancelled: it also ends a process that hangs after the orderly way.
        watchdog = Timer(_PATIENCE, self._force)
        watchdog.daemon = True
        watchdog.start()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            raise SystemExit(128 + number) from None
        loop.call_soon_threadsafe(self._leave)

    def _force(self) -> None:
        if self._drawing():
            self.restore_terminal()
        os._exit(128 + self.signal_number)
