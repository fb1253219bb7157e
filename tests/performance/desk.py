"""What a key costs at the real desk: processor time until the frame that answers it, and until all is still.

The desk runs in this process, on a driver that composes and encodes every frame as for a terminal and then drops it.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Key

from tui.app.app import ReadlistApp
from tui.app.screens.desk import Desk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from tui.home import Home

_SIZE = (120, 40)
_STILL = 0.03  # seconds without a frame after which all is still
_NAMES = {" ": "space", ":": "colon", ".": "full_stop", "/": "slash"}


class Cost(NamedTuple):
    """Processor time of one key, in milliseconds.

    Attributes:
        frame: until the first frame behind it was written.
        still: until nothing more was drawn.
    """

    frame: float
    still: float


class Paper(HeadlessDriver):
    """A terminal that takes every frame and shows none."""

    frames = 0
    first: float | None = None
    last = 0.0

    @property
    def is_headless(self) -> bool:
        """No: then nothing would be composed."""
        return False

    def write(self, data: str) -> None:
        """Note the time."""
        if len(data) > 20:  # more than a cursor or a mode
            self.frames += 1
            self.last = time.process_time()
            if self.first is None:
                self.first = self.last


class Bench:
    """A desk to press keys at."""

    def __init__(self, app: ReadlistApp, driver: Paper) -> None:
        self.app = app
        self._driver = driver

    @property
    def desk(self) -> Desk:
        """The desk."""
        desk = self.app.screen_stack[0]
        assert isinstance(desk, Desk)
        return desk

    async def press(self, key: str) -> Cost:
        """Press a key, and wait until all is still."""
        driver = self._driver
        driver.first = None
        start = driver.last = time.process_time()
        character = key if len(key) == 1 else None
        driver.process_message(Key(_NAMES.get(key, key), character))
        still = time.perf_counter() + _STILL
        frames = driver.frames
        while time.perf_counter() < still:
            await asyncio.sleep(0.002)
            if driver.frames != frames:
                frames = driver.frames
                still = time.perf_counter() + _STILL
        return Cost(((driver.first or start) - start) * 1000, (driver.last - start) * 1000)

    async def burst(self, keys: str, every: float) -> float:
        """Type at a steady pace; returns by how many seconds the last frame came behind the last key."""
        for key in keys:
            self._driver.process_message(Key(_NAMES.get(key, key), key))
            await asyncio.sleep(every)
        frames, seen, last = self._driver.frames, time.perf_counter(), time.perf_counter()
        while time.perf_counter() < seen + _STILL:
            await asyncio.sleep(0.001)
            if self._driver.frames != frames:
                frames, seen = self._driver.frames, time.perf_counter()
        return max(seen - last, 0.0)

    async def settle(self) -> None:
        """Wait until the indexes are warm and nothing is drawn."""
        while not self.desk.session.search.warm(50):
            await asyncio.sleep(0)
        await asyncio.sleep(0.3)


@asynccontextmanager
async def opened(home: Home) -> AsyncIterator[Bench]:
    """The desk over a reading list, warm."""
    app = ReadlistApp(home)
    with patch("textual.drivers.headless_driver.HeadlessDriver", Paper):
        async with app.run_test(size=_SIZE) as pilot:
            driver = app._driver
            assert isinstance(driver, Paper)
            bench = Bench(app, driver)
            while bench.desk.is_opening:
                await pilot.pause(0.01)
            await bench.settle()
            yield bench


def median(costs: Sequence[Cost]) -> Cost:
    """The middle of several costs."""
    return Cost(statistics.median(cost.frame for cost in costs), statistics.median(cost.still for cost in costs))
