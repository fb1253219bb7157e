"""Cost of a key on the main screen: processor time until the next frame, and until the screen is idle.

The app runs in this process, with a driver that renders every frame as for a terminal and then drops it.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.app import App
from textual.drivers import headless_driver
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Key
from textual.widgets import Static

from tests.performance.clock import Row
from tui.app.app import ReadlistApp
from tui.app.screens.main_screen import MainScreen
from tui.model.edit import Edit
from tui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence

    from textual.app import ComposeResult

_SIZE = (120, 40)
_IDLE = 0.1  # seconds without a frame after which the screen is idle
_TIMEOUT = 2.0  # seconds until the first frame, which may be late on a busy machine
_NAMES = {" ": "space", ":": "colon", ".": "full_stop", "/": "slash", "+": "plus"}


class Cost(NamedTuple):
    """Processor time of one key, in milliseconds.

    Attributes:
        frame: until the first frame after it.
        rows: until the first frame with the rows of the new list; as ``frame`` if the list is the same.
        still: until the screen is idle.
    """

    frame: float
    rows: float
    still: float


class DroppingDriver(HeadlessDriver):
    """A driver that renders every frame and drops it."""

    frames = 0
    first: float | None = None
    rows: float | None = None
    last = 0.0
    shown: Callable[[], object] = staticmethod(lambda: None)
    before: object = None
    rows_at = 0.0

    @property
    def is_headless(self) -> bool:
        """Always false: a headless app does not render."""
        return False

    def begin(self) -> None:
        """Reset the times."""
        self.first = self.rows = None
        self.before = self.shown()

    def write(self, data: str) -> None:
        """Record the time of a frame."""
        if len(data) > 20:  # not only a cursor or a mode
            self.frames += 1
            self.last = time.process_time()
            if self.first is None:
                self.first = self.last
            if self.shown() is not self.before:
                self.before = self.shown()
                self.rows_at = time.perf_counter()
                self.rows = self.last if self.rows is None else self.rows


@contextmanager
def _dropping_drivers() -> Iterator[list[DroppingDriver]]:
    """Let apps make such drivers, which are in the list."""
    made: list[DroppingDriver] = []

    def make(*arguments: Any, **options: Any) -> DroppingDriver:  # noqa: ANN401 - those of the driver
        made.append(DroppingDriver(*arguments, **options))
        return made[-1]

    # Not by unittest.mock, which would add a megabyte to the memory measured here.
    headless_driver.HeadlessDriver = make  # type: ignore[assignment, misc]
    try:
        yield made
    finally:
        headless_driver.HeadlessDriver = HeadlessDriver  # type: ignore[misc]


class Bench:
    """A running app that measures keys."""

    def __init__(self, app: ReadlistApp, driver: DroppingDriver) -> None:
        self.app = app
        self._driver = driver

    @property
    def screen(self) -> MainScreen:
        """The main screen."""
        screen = self.app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    async def press(self, key: str) -> Cost:
        """Press a key, and wait until the screen is idle."""
        driver = self._driver
        driver.begin()
        start = driver.last = time.process_time()
        character = key if len(key) == 1 else None
        driver.process_message(Key(_NAMES.get(key, key), character))
        still = time.perf_counter() + _TIMEOUT
        frames = driver.frames
        while time.perf_counter() < still:
            await asyncio.sleep(0.002)
            if driver.frames != frames:
                frames = driver.frames
                still = time.perf_counter() + _IDLE
        first = driver.first or start
        times = (first, driver.rows or first, driver.last)
        return Cost(*((end - start) * 1000 for end in times))

    async def burst(self, keys: str, every: float) -> float:
        """Type at a steady pace; returns the seconds from the last key until the last new rows."""
        last = 0.0
        for key in keys:
            last = time.perf_counter()
            self._driver.process_message(Key(_NAMES.get(key, key), key))
            await asyncio.sleep(every)
        await asyncio.sleep(_IDLE)
        while self.screen.workspace.query.result.query.text != self.screen.workspace.query.text:
            await asyncio.sleep(_IDLE)
        return max(self._driver.rows_at - last, 0.0)

    async def settle(self) -> None:
        """Wait until the index is built and the screen is idle."""
        while not self.screen.workspace.session.search.prebuild(50):
            await asyncio.sleep(0)
        await asyncio.sleep(0.3)


@asynccontextmanager
async def opened(home: Paths) -> AsyncIterator[Bench]:
    """The app with a reading list, after its index is built."""
    app = ReadlistApp(home)
    with _dropping_drivers() as drivers:
        async with app.run_test(size=_SIZE) as pilot:
            driver = drivers[-1]
            bench = Bench(app, driver)
            driver.shown = lambda: bench.screen.papers.ids
            while bench.screen.workspace.is_opening:
                await pilot.pause(0.01)
            await bench.settle()
            yield bench


_TYPED = ("diffusion model", "network training", "camera image")
_TRIES = 5
_TAGGED = 20  # papers that the tags are spread over
_BASELINE = "a minimal app shows another screenful"
# The baseline on the machine of the aims. Times are compared as multiples of the baseline, since machines differ.
_BASELINE_OF_AIMS = 7.0
_WALL = "after the last of nine characters, 30 ms a key"  # milliseconds of wall-clock time
# Milliseconds of processor time at 261, 10,000 and 100,000 papers, and megabytes.
_AIMS = {
    "first characters": (10, 20, 90),
    "later characters": (10, 20, 40),
    "cursor": (8, 8, 8),
    "mark read": (8, 8, 8),
    "star": (8, 8, 8),
    "tag": (8, 8, 8),
    "note": (8, 8, 8),
    "tag picker": (60, 60, 60),
    "replace the list": (8, 8, 8),
    "facet counts": (15, 15, 150),
    _WALL: (30, 30, 200),
    "peak memory": (60, 100, 600),
}
_WORDS = {
    "first characters": "key to frame: first 2 characters of a word",
    "later characters": "key to frame: later characters",
    "cursor": "key to frame: cursor down",
    "mark read": "key to frame: mark read",
    "star": "key to frame: star",
    "tag": "key to frame: tag, as on the previous paper",
    "note": "key to frame: close an edited note",
    "tag picker": "tag picker over 1,000 tags: key until idle",
    "replace the list": "key to frame: all papers again",
    "facet counts": "facet counts for a query",
    _WALL: "nine characters at 30 ms a key: delay of the last rows",
    "peak memory": "peak memory",
}


async def figures(home: Paths) -> dict[str, float]:
    """Measure one list."""
    found: dict[str, float] = {}
    before = await _baseline()
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
            "cursor, detail pane": median(moves).still,
            "mark read": median(reads).frame,
            "mark read, detail pane": median(reads).still,
            "star": median(stars).frame,
            "tag": median(tags).frame,
            "note": median(notes).frame,
            "first characters": median(first).rows,
            "later characters": median(later).rows,
            "replace the list": median(again).rows,
            "later characters, all panes": median(later).still,
            "replace the list, all panes": median(again).still,
        }
        await bench.press("/")
        late = [await _nine_characters(bench) for _ in range(3)]
        found[_WALL] = statistics.median(late) * 1000
        await bench.press("escape")
        found["facet counts"] = _facets(bench)
        found["peak memory"] = _peak()
        # Last, since the picker compares all papers to suggest tags.
        found["tag picker"] = await _picker(bench)
        found["peak memory, papers compared"] = _peak()
    found[_BASELINE] = (before + await _baseline()) / 2
    return found


class _Minimal(App[None]):
    """One text on the full screen; every key changes it."""

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def on_key(self, event: Key) -> None:
        line = f"{event.key} {time.process_time()} " * 4
        self.query_one(Static).update("\n".join([line] * _SIZE[1]))


async def _baseline() -> float:
    """Milliseconds of processor time from a key to its frame in a minimal app."""
    with _dropping_drivers() as drivers:
        async with _Minimal().run_test(size=_SIZE):
            driver = drivers[-1]
            costs = []
            for key in "abcdefg":
                driver.begin()
                start = time.process_time()
                driver.process_message(Key(key, key))
                await asyncio.sleep(_IDLE)
                costs.append((driver.last - start) * 1000)
    return statistics.median(costs)


def _peak() -> float:
    """Peak memory of this process in megabytes, without that of its parent."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


async def _tagged(bench: Bench) -> list[Cost]:
    """Repeat adding a tag on some papers."""
    for key in ("+", *"timed", "enter"):
        await bench.press(key)
    costs = []
    for _ in range(_TRIES):
        await bench.press("j")
        costs.append(await bench.press("."))
    return costs


async def _noted(bench: Bench) -> list[Cost]:
    """Write notes; closing each saves it."""
    costs = []
    for letter in "abcde"[:_TRIES]:
        await bench.press("j")
        await bench.press("e")
        await bench.press(letter)
        costs.append(await bench.press("escape"))
    return costs


async def _picker(bench: Bench) -> float:
    """Open the tag picker with a thousand tags; the papers are compared before."""
    session = bench.screen.workspace.session
    for number, paper in enumerate(session.ids()[-_TAGGED:]):
        session.edits.mark([paper], Edit(add_tags=tuple(f"timed/{number}-{tag}" for tag in range(1000 // _TAGGED))))
    session.insights.prepare()
    costs = []
    for _ in range(_TRIES):
        costs.append(await bench.press("t"))
        await bench.press("escape")
    return median(costs).still


async def _nine_characters(bench: Bench) -> float:
    await bench.press("ctrl+u")
    return await bench.burst("diffusion", 0.03)


def _facets(bench: Bench) -> float:
    """Milliseconds of processor time to count the facets of a query result."""
    costs = []
    for word in ("diffusion", "model", "network", "training", "image"):
        result = bench.screen.workspace.session.find(word)
        start = time.process_time()
        bench.screen.workspace.session.search.facets(result)
        costs.append((time.process_time() - start) * 1000)
    return statistics.median(costs)


def report_rows(text: str, size: int) -> list[Row]:
    """The rows of a report from the output of the measuring process."""
    column = (261, 10_000, 100_000).index(size) if size in (261, 10_000, 100_000) else None
    found = json.loads(text)
    baseline = found.pop(_BASELINE)
    rows = []
    for name, value in found.items():
        what = f"{_WORDS.get(name, f'  {name}')}, {size}"
        aim: float | None = _AIMS[name][column] if name in _AIMS and column is not None else None
        if "memory" in name or name == _WALL:
            rows.append(Row(what, value, "MB" if "memory" in name else "ms", aim=aim))
        else:
            aim = None if aim is None else aim / _BASELINE_OF_AIMS
            rows.append(Row(what, value, "ms", _BASELINE, baseline, value / baseline, aim))
    return rows


def median(costs: Sequence[Cost]) -> Cost:
    """The median of several costs."""
    return Cost(*(statistics.median(times) for times in zip(*costs, strict=True)))


if __name__ == "__main__":
    json.dump(asyncio.run(figures(Paths(data=Path(sys.argv[1]), seeds=Path(sys.argv[2])))), sys.stdout)
