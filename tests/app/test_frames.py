"""What reaches the terminal piece by piece is what would be drawn if all of it were drawn at once."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pyte
import pytest
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Static

from tests.support.screen_driver import shown_lines

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from textual.screen import Screen

    from tests.support.screen_driver import Driver

    Cells = list[list[tuple[object, ...]]]

SIZE = (120, 30)
ESCAPES = re.compile(r"\x1b\[[^A-Za-z]*[A-Za-z]")


class Screened(HeadlessDriver):
    """A terminal that can be looked at."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.screen = pyte.Screen(*SIZE)
        self._stream = pyte.Stream(self.screen)
        self.whole_frames = 0
        self.frames = 0

    @property
    def is_headless(self) -> bool:
        """No: then nothing would be composed."""
        return False

    def write(self, data: str) -> None:
        """Take a frame."""
        self.whole_frames += len(ESCAPES.sub("", data)) >= SIZE[0] * SIZE[1]
        self._stream.feed(data)
        self.frames += bool(data)

    @property
    def cells(self) -> Cells:
        """Every cell."""
        return cells_of(self.screen)


def cells_of(screen: pyte.Screen) -> Cells:
    """Every cell of a terminal: its letter, its colours, and whether it is bold."""
    lines = (screen.buffer[line] for line in range(SIZE[1]))
    return [
        [(cell.data, cell.fg, cell.bg, cell.bold) for cell in map(line.__getitem__, range(SIZE[0]))] for line in lines
    ]


@asynccontextmanager
async def screened(
    open_app: Callable[..., AbstractAsyncContextManager[Driver]],
) -> AsyncIterator[tuple[Driver, Screened]]:
    """The main screen on such a terminal, which gets every frame there is."""
    terminals: list[Screened] = []

    def terminal(*arguments: object, **options: object) -> Screened:
        terminals.append(Screened(*arguments, **options))
        return terminals[-1]

    with patch("textual.drivers.headless_driver.HeadlessDriver", terminal):
        async with open_app(SIZE) as driver:
            yield driver, terminals[-1]


def drawn_at_once(driver: Driver) -> Cells:
    """The cells of a terminal that gets all lines of the screen, one after the other."""
    screen = pyte.Screen(*SIZE)
    stream = pyte.Stream(screen)
    for number, strip in enumerate(shown_lines(driver.app), start=1):
        stream.feed(f"\x1b[{number};1H{strip.render(driver.app.console)}")
    return cells_of(screen)


@pytest.mark.parametrize(
    "keys",
    [
        "j j r j J f j j space h",
        "slash n e t w escape slash t r a i n enter r u 0",
        "slash y e tab c ctrl+u y tab tab escape escape",
        "slash x x x x enter 0 G V r u S",
        "t escape e a b escape enter j escape question_mark escape M",
        "f j j space plus f 0 s y S",
        "C down down",
        "C down down enter t C escape x down",
        "e a b escape e c",
        "T e a escape t escape q",
        "x enter escape",
        "x enter escape question_mark escape t question_mark escape escape",
        "U down enter u escape M escape D escape I escape",
        "t a b c enter e x escape W v enter w escape s down enter",
    ],
)
async def test_pieces_make_the_whole(open_app: Callable[..., AbstractAsyncContextManager[Driver]], keys: str) -> None:
    async with screened(open_app) as (driver, terminal):
        for key in keys.split():
            await driver.pilot.press(key)  # with every frame, where the driver draws one for all
        await driver.pilot.pause()
        shown = "\n".join(terminal.screen.display)
        assert shown.split("\n") == driver.screen_text.split("\n")
        pieces = terminal.cells
        for widget in driver.app.screen.walk_children(Widget):
            widget.notify_style_update()  # forgets what it drew
            widget.refresh()
        assert pieces == drawn_at_once(driver)


@pytest.mark.parametrize(
    "refresh", [lambda screen: screen.refresh(Region(0, 3, 10, 1)), lambda screen: screen.refresh(layout=True)]
)
async def test_a_widget_that_changes_while_its_screen_is_refreshed_is_drawn(
    open_app: Callable[..., AbstractAsyncContextManager[Driver]], refresh: Callable[[Screen[Any]], object]
) -> None:
    async with screened(open_app) as (driver, terminal):
        await driver.pilot.pause()
        screen = driver.app.screen
        bar = screen.query_one("#keys", Static)
        with driver.app.batch_update():  # both are painted together
            bar.update("another key bar", layout=False)
            await driver.rest()
            refresh(screen)
        await driver.pilot.pause()
        assert terminal.screen.display[-1].strip() == driver.screen_text.split("\n")[-1].strip() == "another key bar"


async def test_a_frame_draws_what_changed_though_the_message_of_its_widget_has_not_arrived(
    open_app: Callable[..., AbstractAsyncContextManager[Driver]],
) -> None:
    async with screened(open_app) as (driver, terminal):
        await driver.pilot.pause()
        screen = driver.app.screen
        terminal.frames = 0
        screen.query_one("#keys", Static).update("another key bar", layout=False)
        screen._compositor_refresh()  # for another widget
        assert terminal.screen.display[-1].strip() == "another key bar"
        await driver.pilot.pause()
        assert terminal.frames == 1


async def test_a_dialog_comes_in_one_whole_frame_and_goes_in_a_piece(
    open_app: Callable[..., AbstractAsyncContextManager[Driver]],
) -> None:
    async with screened(open_app) as (driver, terminal):
        await driver.pilot.pause()
        terminal.whole_frames = 0
        await driver.pilot.press("t")
        await driver.pilot.pause()
        assert terminal.whole_frames == 1
        terminal.whole_frames = 0
        await driver.pilot.press("escape")
        await driver.pilot.pause()
        assert terminal.whole_frames == 0
        await driver.pilot.press("tab")
        await driver.pilot.pause()
        assert terminal.whole_frames == 0
        assert terminal.cells == drawn_at_once(driver)


async def test_the_main_screen_comes_up_in_two_whole_frames_at_most(
    open_app: Callable[..., AbstractAsyncContextManager[Driver]],
) -> None:
    async with screened(open_app) as (_, terminal):
        assert terminal.whole_frames <= 2


async def test_what_lies_below_a_dialog_is_drawn_when_it_changes_and_not_with_each_key(
    open_app: Callable[..., AbstractAsyncContextManager[Driver]],
) -> None:
    async with open_app(SIZE) as driver:
        await driver.press("colon")
        below = driver.main_screen
        with patch.object(below, "drawn_lines", wraps=below.drawn_lines) as drawn:
            await driver.type("star")
            assert drawn.call_count == 0
            for news in ("one", "another"):
                driver.main_screen.workspace.show_message(f"there is {news} thing")
                await driver.pilot.pause()
                assert f"there is {news} thing" in driver.screen_text
            assert drawn.call_count == 2
            await driver.press("tab")
            assert drawn.call_count == 2


async def test_scrolling_lays_out_nothing(open_app: Callable[..., AbstractAsyncContextManager[Driver]]) -> None:
    async with open_app((120, 12)) as driver:
        papers = driver.main_screen.papers
        with patch.object(driver.main_screen, "arrange", wraps=driver.main_screen.arrange) as arranged:
            await driver.press(*"jjjjjjjjj")
            assert papers.scroll_offset.y > 0
            assert papers.vertical_scrollbar.region.area == 0  # asks for a map of the layout, if that is out of date
        assert arranged.call_count == 0
