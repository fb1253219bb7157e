"""What reaches the terminal piece by piece is what would be drawn if all of it were drawn at once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import pyte
import pytest
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Region

from tui.app.patches import _filled, _outermost

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.app.conftest import Driver

SIZE = (120, 30)


class Screened(HeadlessDriver):
    """A terminal that can be looked at."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.screen = pyte.Screen(*SIZE)
        self._stream = pyte.Stream(self.screen)

    @property
    def is_headless(self) -> bool:
        """No: then nothing would be composed."""
        return False

    def write(self, data: str) -> None:
        """Take a frame."""
        self._stream.feed(data)


@pytest.mark.parametrize(
    "keys",
    [
        "j j r j J f j j space h",
        "slash n e t w escape slash t r a i n enter r u 0",
        "slash y e tab c ctrl+u y tab tab escape escape",
        "slash x x x x enter 0 G V r u S",
        "t escape e a b escape enter j escape question_mark escape M",
        "f j j space plus f 0 s y S",
    ],
)
async def test_pieces_make_the_whole(
    open_desk: Callable[..., AbstractAsyncContextManager[Driver]], keys: str
) -> None:
    with patch("textual.drivers.headless_driver.HeadlessDriver", Screened):
        async with open_desk(SIZE) as driver:
            terminal = driver.app._driver
            assert isinstance(terminal, Screened)
            for key in keys.split():
                await driver.press(key)
            await driver.pilot.pause(0.3)
            shown = "\n".join(terminal.screen.display)
            assert shown.split("\n") == driver.screen_text.split("\n")


def test_a_region_inside_another_is_not_drawn_twice() -> None:
    whole, part, other = Region(0, 0, 10, 5), Region(2, 2, 3, 1), Region(8, 4, 5, 3)
    assert _outermost([part, other, whole, Region()]) == [whole, other]


def test_a_widget_in_front_leaves_what_is_beside_it_to_those_behind() -> None:
    front = Region(4, 0, 3, 1)
    filled, left = _filled([(0, 10)], front)
    assert (filled, left) == ([(4, 7)], [(0, 4), (7, 10)])
    assert _filled(left, Region(0, 0, 10, 1)) == (left, [])
    assert _filled([(0, 3)], front) == ([], [(0, 3)])
