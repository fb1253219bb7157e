"""The harness of these tests: an event loop that skips waits, and Textual's timers on it."""

from __future__ import annotations

import asyncio
import time

import pytest
from textual.app import App

from tests.support.skipping_loop import run


async def test_waits_are_skipped_and_end_in_their_order() -> None:
    ended: list[int] = []

    async def wait(seconds: int) -> None:
        await asyncio.sleep(seconds)
        ended.append(seconds)

    loop = asyncio.get_running_loop()
    real, skipped = time.monotonic(), loop.time()
    await asyncio.gather(*map(wait, (3000, 1000, 2000)))
    assert ended == [1000, 2000, 3000]
    assert loop.time() - skipped == pytest.approx(3000, abs=60)
    assert time.monotonic() - real < 60


async def test_a_thread_is_waited_for_before_a_timer() -> None:
    ended: list[str] = []
    timer = asyncio.create_task(asyncio.sleep(5))
    timer.add_done_callback(lambda _: ended.append("timer"))
    await asyncio.to_thread(time.sleep, 0.05)
    assert ended == []
    await timer
    assert ended == ["timer"]


def test_a_coroutine_runs_on_a_loop_of_its_own() -> None:
    async def wait() -> str:
        await asyncio.sleep(3600)
        return "done"

    assert run(wait()) == "done"


async def test_timers_of_textual_read_the_clock_of_the_loop() -> None:
    """The inner name ``textual.timer._time``."""
    app: App[None] = App()
    ticks: list[float] = []
    async with app.run_test():
        start = asyncio.get_running_loop().time()
        app.set_interval(10, lambda: ticks.append(asyncio.get_running_loop().time() - start))
        await asyncio.sleep(55)
    assert [round(tick, -1) for tick in ticks] == [10, 20, 30, 40, 50], (
        "textual.timer reads another clock: without timers_skip_waits of tests/support/fast_pilot.py, repeated timers "
        "on a loop that skips waits come later and later"
    )
