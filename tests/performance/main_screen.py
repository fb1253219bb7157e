"""What a key costs at the real desk: processor time until the frame that answers it, and until all is still.

The desk runs in this process, on a driver that composes and encodes every frame as for a terminal and then drops it.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Key
from textual.widgets import Static

from tests.performance.clock import Row
from tui.app.app import ReadlistApp
from tui.app.screens.main_screen import MainScreen
from tui.model.edit import Edit
from tui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from textual.app import ComposeResult

_SIZE = (120, 40)
_STILL = 0.1  # seconds without a frame after which all is still
_PATIENCE = 2.0  # seconds until the first one; on a busy machine it can be late
_NAMES = {" ": "space", ":": "colon", ".": "full_stop", "/": "slash", "+": "plus"}


class Cost(NamedTuple):
    """Processor time of one key, in milliseconds.

    Attributes:
        frame: until the first frame behind it was written.
        rows: until the first frame was written that has the rows of the new list; as ``frame`` where it stays.
        still: until nothing more was drawn.
    """

    frame: float
    rows: float
    still: float


class Paper(HeadlessDriver):
    """A terminal that takes every frame and shows none."""

    frames = 0
    first: float | None = None
    rows: float | None = None
    last = 0.0
    shown: Callable[[], object] = staticmethod(lambda: None)
    before: object = None
    rows_at = 0.0

    @property
    def is_headless(self) -> bool:
        """No: then nothing would be composed."""
        return False

    def begin(self) -> None:
        """Forget the frames there were."""
        self.first = self.rows = None
        self.before = self.shown()

    def write(self, data: str) -> None:
        """Note the time."""
        if len(data) > 20:  # more than a cursor or a mode
            self.frames += 1
            self.last = time.process_time()
            if self.first is None:
                self.first = self.last
            if self.shown() is not self.before:
                self.before = self.shown()
                self.rows_at = time.perf_counter()
                self.rows = self.last if self.rows is None else self.rows


class Bench:
    """A desk to press keys at."""

    def __init__(self, app: ReadlistApp, driver: Paper) -> None:
        self.app = app
        self._driver = driver

    @property
    def desk(self) -> MainScreen:
        """The desk."""
        desk = self.app.screen_stack[0]
        assert isinstance(desk, MainScreen)
        return desk

    async def press(self, key: str) -> Cost:
        """Press a key, and wait until all is still."""
        driver = self._driver
        driver.begin()
        start = driver.last = time.process_time()
        character = key if len(key) == 1 else None
        driver.process_message(Key(_NAMES.get(key, key), character))
        still = time.perf_counter() + _PATIENCE
        frames = driver.frames
        while time.perf_counter() < still:
            await asyncio.sleep(0.002)
            if driver.frames != frames:
                frames = driver.frames
                still = time.perf_counter() + _STILL
        first = driver.first or start
        times = (first, driver.rows or first, driver.last)
        return Cost(*((end - start) * 1000 for end in times))

    async def burst(self, keys: str, every: float) -> float:
        """Type at a steady pace; returns how many seconds behind the last key the last new rows were shown."""
        last = 0.0
        for key in keys:
            last = time.perf_counter()
            self._driver.process_message(Key(_NAMES.get(key, key), key))
            await asyncio.sleep(every)
        await asyncio.sleep(_STILL)
        while self.desk.result.query.text != self.desk.query_text:
            await asyncio.sleep(_STILL)
        return max(self._driver.rows_at - last, 0.0)

    async def settle(self) -> None:
        """Wait until the indexes are warm and nothing is drawn."""
        while not self.desk.session.search.prebuild(50):
            await asyncio.sleep(0)
        await asyncio.sleep(0.3)


@asynccontextmanager
async def opened(home: Paths) -> AsyncIterator[Bench]:
    """The desk over a reading list, warm."""
    app = ReadlistApp(home)
    with patch("textual.drivers.headless_driver.HeadlessDriver", Paper):
        async with app.run_test(size=_SIZE) as pilot:
            driver = app._driver
            assert isinstance(driver, Paper)
            bench = Bench(app, driver)
            driver.shown = lambda: bench.desk.papers.ids
            while bench.desk.is_opening:
                await pilot.pause(0.01)
            await bench.settle()
            yield bench


_TYPED = ("diffusion model", "network training", "camera image")
_TRIES = 5
_TAGGED = 20  # papers that a thousand tags are spread over
_FLOOR = "a minimal app shows another screenful"
# What the floor took where the milliseconds of the aims come from: they are compared as multiples of it, because
# machines differ, and one machine from hour to hour.
_FLOOR_OF_AIMS = 7.0
_WALL = "behind the last of nine letters, 30 ms a key"  # milliseconds on the clock, as a person has them
# Milliseconds of processor time at 261, 10,000 and 100,000 papers, and megabytes.
_AIMS = {
    "first letters": (10, 20, 90),
    "later letters": (10, 20, 40),
    "cursor": (8, 8, 8),
    "mark read": (8, 8, 8),
    "star": (8, 8, 8),
    "tag": (8, 8, 8),
    "note": (8, 8, 8),
    "tag picker": (60, 60, 60),
    "replace the list": (8, 8, 8),
    "facet counts": (15, 15, 150),
    _WALL: (30, 30, 200),
    "peak memory": (60, 100, 450),
}
_WORDS = {
    "first letters": "key to frame: first 2 letters of a word",
    "later letters": "key to frame: later letters",
    "cursor": "key to frame: cursor down",
    "mark read": "key to frame: mark read",
    "star": "key to frame: star",
    "tag": "key to frame: tag, as the paper before",
    "note": "key to frame: leave a note that was written",
    "tag picker": "tag picker over 1,000 tags: key until all is still",
    "replace the list": "key to frame: every paper again",
    "facet counts": "facet counts for a query",
    _WALL: "nine letters at 30 ms a key: last rows behind",
    "peak memory": "peak memory",
}


async def figures(home: Paths) -> dict[str, float]:
    """Measure one list."""
    found: dict[str, float] = {}
    before = await _floor()
    async with opened(home) as bench:
        moves = [await bench.press("j") for _ in range(_TRIES)]
        reads = [await bench.press("r") for _ in range(_TRIES)]
        stars = [await bench.press("b") for _ in range(_TRIES)]
        tags, notes = await _tagged(bench), await _noted(bench)
        first, later, again = [], [], []
        for typed in _TYPED:
            await bench.press("/")
            letters = [await bench.press(letter) for letter in typed]
            first += letters[:2]
            later += letters[2:]
            await bench.press("enter")
            again.append(await bench.press("0"))
        found |= {
            "cursor": median(moves).frame,
            "cursor, page beside it": median(moves).still,
            "mark read": median(reads).frame,
            "mark read, page beside it": median(reads).still,
            "star": median(stars).frame,
            "tag": median(tags).frame,
            "note": median(notes).frame,
            "first letters": median(first).rows,
            "later letters": median(later).rows,
            "replace the list": median(again).rows,
            "later letters, panes beside it": median(later).still,
            "replace the list, panes beside it": median(again).still,
        }
        await bench.press("/")
        late = [await _nine_letters(bench) for _ in range(3)]
        found[_WALL] = statistics.median(late) * 1000
        await bench.press("escape")
        found["facet counts"] = _facets(bench)
        found["peak memory"] = _peak()
        # Last, because the picker has all papers compared, to offer the tags of those like this one.
        found["tag picker"] = await _picker(bench)
        found["peak memory, papers compared"] = _peak()
    found[_FLOOR] = (before + await _floor()) / 2
    return found


class _Minimal(App[None]):
    """One text over the whole screen; any key shows another."""

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def on_key(self, event: Key) -> None:
        line = f"{event.key} {time.process_time()} " * 4
        self.query_one(Static).update("\n".join([line] * _SIZE[1]))


async def _floor() -> float:
    """Processor time, in milliseconds, of a key in a minimal app until its frame is written."""
    with patch("textual.drivers.headless_driver.HeadlessDriver", Paper):
        async with _Minimal().run_test(size=_SIZE) as pilot:
            driver = pilot.app._driver
            assert isinstance(driver, Paper)
            costs = []
            for key in "abcdefg":
                driver.begin()
                start = time.process_time()
                driver.process_message(Key(key, key))
                await asyncio.sleep(_STILL)
                costs.append((driver.last - start) * 1000)
    return statistics.median(costs)


def _peak() -> float:
    """Most memory so far, in megabytes, as the system counts it for this program; a parent's own is not in it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


async def _tagged(bench: Bench) -> list[Cost]:
    """Give some papers the tag that the one before them was given."""
    for key in ("+", *"timed", "enter"):
        await bench.press(key)
    costs = []
    for _ in range(_TRIES):
        await bench.press("j")
        costs.append(await bench.press("."))
    return costs


async def _noted(bench: Bench) -> list[Cost]:
    """Write notes, and leave each, which saves it."""
    costs = []
    for letter in "abcde"[:_TRIES]:
        await bench.press("j")
        await bench.press("e")
        await bench.press(letter)
        costs.append(await bench.press("escape"))
    return costs


async def _picker(bench: Bench) -> float:
    """Open the picker where a thousand tags are in use, which then go again; the papers are compared before."""
    session = bench.desk.session
    for number, paper in enumerate(session.ids()[-_TAGGED:]):
        session.mark([paper], Edit(add_tags=tuple(f"timed/{number}-{tag}" for tag in range(1000 // _TAGGED))))
    session.insights.prepare()
    costs = []
    for _ in range(_TRIES):
        costs.append(await bench.press("t"))
        await bench.press("escape")
    return median(costs).still


async def _nine_letters(bench: Bench) -> float:
    await bench.press("ctrl+u")
    return await bench.burst("diffusion", 0.03)


def _facets(bench: Bench) -> float:
    """Milliseconds of processor time to count the facets of a query that has just been answered."""
    costs = []
    for word in ("diffusion", "model", "network", "training", "image"):
        listing = bench.desk.session.find(word)
        start = time.process_time()
        bench.desk.session.search.facets(listing)
        costs.append((time.process_time() - start) * 1000)
    return statistics.median(costs)


def measured(text: str, size: int) -> list[Row]:
    """The rows of a report from what the process that measured printed."""
    column = (261, 10_000, 100_000).index(size) if size in (261, 10_000, 100_000) else None
    found = json.loads(text)
    floor = found.pop(_FLOOR)
    rows = []
    for name, value in found.items():
        what = f"{_WORDS.get(name, f'  {name}')}, {size}"
        aim: float | None = _AIMS[name][column] if name in _AIMS and column is not None else None
        if "memory" in name or name == _WALL:
            rows.append(Row(what, value, "MB" if "memory" in name else "ms", aim=aim))
        else:
            aim = None if aim is None else aim / _FLOOR_OF_AIMS
            rows.append(Row(what, value, "ms", _FLOOR, floor, value / floor, aim))
    return rows


def median(costs: Sequence[Cost]) -> Cost:
    """The middle of several costs."""
    return Cost(*(statistics.median(times) for times in zip(*costs, strict=True)))


if __name__ == "__main__":
    json.dump(asyncio.run(figures(Paths(data=Path(sys.argv[1]), seeds=Path(sys.argv[2])))), sys.stdout)
