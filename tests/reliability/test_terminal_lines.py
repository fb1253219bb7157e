"""Screens at the end of slow lines, and two at once."""

from __future__ import annotations

import os
import select
import time
from typing import TYPE_CHECKING

from tui.paths import Paths
from tui.session.session import Session

if TYPE_CHECKING:
    from tests.reliability.conftest import Starter, Terminal

# Bytes of a step of the cursor: two rows of the list, the status line, and another abstract with its colours.
_STEP = 8_000
_BITE = 48
_EVERY = 0.01  # seconds: 4,800 bytes a second, as at 38,400 bits


def read_slowly(desk: Terminal, seconds: float) -> None:
    """Take what comes in small bites, until nothing came for so long."""
    while select.select([desk.master], [], [], seconds)[0]:
        try:
            desk.output += os.read(desk.master, _BITE)
        except OSError:  # the other end is closed
            return
        time.sleep(_EVERY)


def test_a_slow_line_drops_no_key(start: Starter) -> None:
    desk = start.desk()
    for key in "jjjjbkkGgjjb":
        desk.type(key)
        desk.output += os.read(desk.master, _BITE)
    read_slowly(desk, 0.5)
    assert desk.place() == "3 of 30"
    desk.type("\x11")
    read_slowly(desk, 0.2)
    assert desk.end() == 0
    assert desk.left_on() == []
    assert start.kept()[1] == 2


def test_a_step_sends_what_changed_and_no_more(start: Starter) -> None:
    desk = start.desk()
    for number in range(2, 8):
        before = len(desk.output)
        desk.type("j")
        desk.shows(f"{number} of 30")
        desk.rest(0.2)
        assert len(desk.output) - before < _STEP
    desk.type("\x11")
    assert desk.end() == 0


def test_two_screens_on_one_list(start: Starter) -> None:
    one, two = start.desk(), start.desk()
    one.type("b")
    one.shows("star: Sparse Retrieval")
    two.shows("●★")
    two.type("jb")
    two.shows("star: Sparse Attention")
    one.until(lambda: one.screen().count("●★") == 2)
    # Both at once, without waiting for each other: marks of the same paper and of different ones.
    for desk, key in (
        (one, "jjb"),
        (two, "jjjb"),
        (one, "+one\r"),
        (two, "+two\r"),
        (one, "k+one\r"),
        (two, "kk+two\r"),
    ):
        desk.type(key)
    for desk in (one, two):
        desk.rest(0.3)
        desk.until(lambda desk=desk: "#" in desk.screen())  # type: ignore[misc]
        desk.type("\x11")
        assert desk.end() == 0
        assert desk.left_on() == []
    session = Session.open_store(Paths(start.home / "data", start.home / "seeds"))
    assert len(session.find("is:starred").ids) == 4
    assert len(session.find("tag:one").ids) == 2
    assert len(session.find("tag:two").ids) == 2
    assert len(session.history()) == 8
    assert session.inspect() == ((), ())
    session.close()
