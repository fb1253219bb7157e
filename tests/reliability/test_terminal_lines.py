"""Screens on slow lines, and two screens on one list."""

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


def read_slowly(terminal: Terminal, seconds: float) -> None:
    """Read the output in small parts, until there was none for a time."""
    while select.select([terminal.master], [], [], seconds)[0]:
        try:
            terminal.output += os.read(terminal.master, _BITE)
        except OSError:  # the other end is closed
            return
        time.sleep(_EVERY)


def test_a_slow_line_loses_no_key(start: Starter) -> None:
    terminal = start.open_screen()
    for key in "jjjjbkkGgjjb":
        terminal.type(key)
        terminal.output += os.read(terminal.master, _BITE)
    read_slowly(terminal, 0.5)
    assert terminal.position() == "3 of 30"
    terminal.type("\x11")
    read_slowly(terminal, 0.2)
    assert terminal.end() == 0
    assert terminal.left_on() == []
    assert start.kept()[1] == 2


def test_a_cursor_step_sends_only_what_changed(start: Starter) -> None:
    terminal = start.open_screen()
    for number in range(2, 8):
        before = len(terminal.output)
        terminal.type("j")
        terminal.shows(f"{number} of 30")
        terminal.rest(0.2)
        assert len(terminal.output) - before < _STEP
    terminal.type("\x11")
    assert terminal.end() == 0


def test_two_screens_on_one_list(start: Starter) -> None:
    one, two = start.open_screen(), start.open_screen()
    one.type("b")
    one.shows("star: Sparse Retrieval")
    two.shows("●★")
    two.type("jb")
    two.shows("star: Sparse Attention")
    one.until(lambda: one.screen().count("●★") == 2)
    # Both at once, without waiting for each other: marks of the same paper and of different ones.
    for terminal, key in (
        (one, "jjb"),
        (two, "jjjb"),
        (one, "+one\r"),
        (two, "+two\r"),
        (one, "k+one\r"),
        (two, "kk+two\r"),
    ):
        terminal.type(key)
    for terminal in (one, two):
        terminal.rest(0.3)
        terminal.until(lambda terminal=terminal: "#" in terminal.screen())  # type: ignore[misc]
        terminal.type("\x11")
        assert terminal.end() == 0
        assert terminal.left_on() == []
    session = Session.open_store(Paths(start.home / "data", start.home / "seeds"))
    assert len(session.find("is:starred").ids) == 4
    assert len(session.find("tag:one").ids) == 2
    assert len(session.find("tag:two").ids) == 2
    assert len(session.edits.history()) == 8
    assert session.maintenance.inspect() == ((), ())
    session.close()
