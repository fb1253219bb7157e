"""Waiting until the screen is calm: done is all that keys, messages and work beside the screen gave to do.

Textual's pilot sleeps until the process looks idle, 20 ms at a time and several times a key. That is slow where nothing
is left to do, and proves little on a busy machine. Here the event loop is asked whether anything is left. And where
only a short pause is left, behind which something follows a key, it is over at once: nothing else could happen in it.
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

_PAUSES = 0.2  # seconds: timers that ring once and sooner wait for the end of typing
_LIMIT = 60  # seconds; only what hangs takes so long


class _Nap(NamedTuple):
    """The sleep of a timer, which ends when it is due, or when it is told to."""

    due: float
    over: asyncio.Future[None]

    def end(self) -> None:
        if not self.over.done():
            self.over.set_result(None)


_naps: WeakKeyDictionary[asyncio.Task[Any], _Nap] = WeakKeyDictionary()


async def calm(app: App[Any], *, pauses: bool = True, workers: bool = True) -> None:
    """Wait until nothing is left to do, and what was done is laid out and painted.

    Args:
        app: the app.
        pauses: let the short pauses pass after which something follows a key.
        workers: wait for work in threads, too.
    """
    begun = time.monotonic()
    while app.is_running:
        assert time.monotonic() - begun < _LIMIT, "it never became calm"
        await _nothing_ready()
        if (screen := next(_to_be_painted(app), None)) is not None:
            screen._on_timer_update()  # it would be within a sixtieth of a second
            continue
        await app.animator.wait_until_complete()
        rings = [*_rings(app)] if pauses else []
        waits = [*_keys(app), *(_works(app) if workers else ())]
        if waits or not _end_first_nap(rings):
            if not (waits := [*waits, *rings]):
                return
            await asyncio.wait(waits, timeout=_LIMIT, return_when=asyncio.FIRST_COMPLETED)


async def _nap(seconds: float) -> None:
    """Sleep as a timer does; calm may end it."""
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
    """End the pause of these timers that would be over first; says whether there was one."""
    naps = [nap for timer in timers if (nap := _naps.get(timer)) is not None and not nap.over.done()]
    if naps:
        min(naps, key=lambda nap: nap.due).end()
    return bool(naps)


async def _nothing_ready() -> None:
    """Wait until no task of the event loop but this one has anything to do: all queues are empty then."""
    ready = cast("Any", asyncio.get_running_loop())._ready
    while True:
        await asyncio.sleep(0)
        if not ready:
            return


def _to_be_painted(app: App[Any]) -> Iterator[Screen[Any]]:
    """Screens in sight that changed, those below a dialog among them."""
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
    """The end of what the last key causes; keys that are held until something else has happened are not waited for."""
    if isinstance(app, HardenedApp) and app._key_queue._settling is not None:
        yield app._key_queue._settling


def _rings(app: App[Any]) -> Iterator[asyncio.Task[None]]:
    """The ends of the pauses."""
    for node in app._registry:
        for timer in node._timers:
            task = timer._task
            if timer._repeat == 0 and timer._interval <= _PAUSES and task is not None and not task.done():
                yield task


def _works(app: App[Any]) -> Iterator[asyncio.Task[None]]:
    """The ends of what is done beside the screen."""
    for worker in app.workers:
        if worker._task is not None and not worker._task.done():
            yield worker._task


@contextmanager
def calm_pilots() -> Iterator[None]:
    """Let Textual's pilots wait for calm where they would sleep."""

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
    """Lay out without drawing; what changed is drawn with the next frame."""
    with patch.object(Compositor, "render_update", lambda *_, **__: None):
        yield
