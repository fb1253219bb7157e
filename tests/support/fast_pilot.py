"""Wait until the app is idle: all keys, messages and background tasks are processed.

Textual's pilot sleeps until the process seems idle, 20 ms at a time and several times per key. That is slow, and
unreliable on a busy machine. Here the event loop is inspected. If only short timers are left that follow a key, the
first one ends immediately, since nothing else can happen before.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from unittest.mock import patch
from weakref import WeakKeyDictionary

from textual._compositor import Compositor
from textual._context import active_app

from tui.app.terminal.hardened_app import HardenedApp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import App
    from textual.screen import Screen

_PAUSES = 0.2  # seconds: one-shot timers up to this length wait for the end of typing
_LIMIT = 60  # seconds


class _Nap(NamedTuple):
    """The sleep of a timer, which ends when it is due, or when ``end`` is called."""

    due: float
    over: asyncio.Future[None]

    def end(self) -> None:
        if not self.over.done():
            self.over.set_result(None)


_naps: WeakKeyDictionary[asyncio.Task[Any], _Nap] = WeakKeyDictionary()


async def calm(app: App[Any], *, pauses: bool = True, workers: bool = True) -> None:
    """Wait until the app is idle and everything is laid out and painted.

    Args:
        app: the app.
        pauses: end short timers that follow a key.
        workers: wait for worker threads as well.
    """
    begun = time.monotonic()
    while app.is_running:
        assert time.monotonic() - begun < _LIMIT, "the app did not become idle"
        await _nothing_ready()
        if (screen := next(_to_be_painted(app), None)) is not None:
            screen._on_timer_update()  # otherwise within a sixtieth of a second
            continue
        await app.animator.wait_until_complete()
        timers_due = [*_timers(app)] if pauses else []
        waits = [*_keys(app), *(_background_tasks(app) if workers else ())]
        if waits or not _end_first_nap(timers_due):
            if not (waits := [*waits, *timers_due]):
                return
            await asyncio.wait(waits, timeout=_LIMIT, return_when=asyncio.FIRST_COMPLETED)


async def _nap(seconds: float) -> None:
    """Sleep as a timer does; ``calm`` may end it."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None
    nap = _naps[task] = _Nap(loop.time() + seconds, loop.create_future())
    alarm = loop.call_at(nap.due, nap.end)
    try:
        await nap.over
    finally:
        alarm.cancel()
        del _naps[task]


def _end_first_nap(timers: list[asyncio.Task[None]]) -> bool:
    """End the timer that is due first; returns whether there was one."""
    naps = [nap for timer in timers if (nap := _naps.get(timer)) is not None and not nap.over.done()]
    if naps:
        min(naps, key=lambda nap: nap.due).end()
    return bool(naps)


async def _nothing_ready() -> None:
    """Wait until no other task of the event loop is ready, so all queues are empty."""
    ready = cast("Any", asyncio.get_running_loop())._ready
    while True:
        await asyncio.sleep(0)
        if not ready:
            return


def _to_be_painted(app: App[Any]) -> Iterator[Screen[Any]]:
    """Visible screens that changed, also below a dialog."""
    for screen in app.screen_stack:
        is_changed = (
            screen._layout_required
            or screen._scroll_required
            or screen._repaint_required
            or screen._recompose_required
            or screen._dirty_widgets
        )
        if is_changed and screen.is_current and not app._batch_count:
            yield screen


def _keys(app: App[Any]) -> Iterator[asyncio.Task[None]]:
    """The processing of the last key; deferred keys are not waited for."""
    if isinstance(app, HardenedApp) and app._key_queue._settling is not None:
        yield app._key_queue._settling


def _timers(app: App[Any]) -> Iterator[asyncio.Task[None]]:
    """The running one-shot timers."""
    for node in app._registry:
        for timer in node._timers:
            task = timer._task
            if timer._repeat == 0 and timer._interval <= _PAUSES and task is not None and not task.done():
                yield task


def _background_tasks(app: App[Any]) -> Iterator[asyncio.Task[None]]:
    """The running background tasks."""
    for worker in app.workers:
        if worker._task is not None and not worker._task.done():
            yield worker._task


@contextmanager
def calm_pilots() -> Iterator[None]:
    """Make Textual's pilots use ``calm`` instead of sleeping."""

    async def between_keys(*_: float) -> None:
        await calm(active_app.get(), pauses=False, workers=False)

    async def at_the_end(*_: float) -> None:
        await calm(active_app.get())

    with (
        patch("textual.app.wait_for_idle", between_keys),
        patch("textual.pilot.wait_for_idle", at_the_end),
        patch("textual.timer.sleep", _nap),
    ):
        yield


@contextmanager
def frames_left_out() -> Iterator[None]:
    """Lay out without drawing; changes are drawn with the next frame."""
    with patch.object(Compositor, "render_update", lambda *_, **__: None):
        yield
