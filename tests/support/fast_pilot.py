"""Wait until the app is idle: all keys, messages and background tasks are processed.

The app runs on a ``SkippingLoop``, so that neither Textual's pilot nor a timer takes time.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING
from unittest.mock import patch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.app.terminal.hardened_app import HardenedApp

_PAUSE = 0.25  # seconds: timers that wait for the end of typing are shorter, polls are longer
_LIMIT = 60  # seconds


async def until_idle(app: HardenedApp, *, workers: bool = True) -> None:
    """Wait until the app is idle and everything is laid out and painted.

    Args:
        app: the app.
        workers: wait for workers and deferred keys as well.
    """
    begun = time.monotonic()
    while app.is_running:
        assert time.monotonic() - begun < _LIMIT, "the app did not become idle"
        if workers and not all(worker.is_finished for worker in app.workers):
            await asyncio.to_thread(time.sleep, 0.001)
            continue
        await asyncio.sleep(_PAUSE)
        if not workers or (app.is_done_with_keys and all(worker.is_finished for worker in app.workers)):
            return


@contextmanager
def timers_skip_waits() -> Iterator[None]:
    """Let Textual's timers read the clock of the loop, which they sleep by.

    By the clock of the machine, each tick of a repeated timer would be further away than the one before.
    """
    clock = SimpleNamespace(get_time=lambda: asyncio.get_running_loop().time())
    with patch("textual.timer._time", clock):
        yield
