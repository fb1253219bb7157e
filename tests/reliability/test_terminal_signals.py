"""Signals, closed and deaf terminals: the place is kept, the terminal as it was, and the end comes in two seconds."""

from __future__ import annotations

import os
import signal
import sys
import time
from random import Random
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.reliability.conftest import Starter, Terminal

ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT)
LIMIT = 2.0  # seconds
STARTED_BY_NOHUP = ["sh", "-c", f"trap '' HUP; exec {sys.executable} -m tui"]
STUCK = """
import sys, time
from tui.app.actions.registry import ACTIONS
ACTIONS["move.bottom"] = lambda desk: time.sleep(60)
from tui.__main__ import main
sys.exit(main())
"""
EDITOR = """#!/bin/sh
printf 'EDITOR-OPEN' > /dev/tty
kill -STOP $$
printf 'EDITOR-AGAIN' > /dev/tty
"""


def ended(terminal: Terminal, *, reading: bool = True) -> tuple[int, bool]:
    """The exit status, and whether it came in time."""
    start = time.monotonic()
    status = terminal.end(reading=reading)
    return status, time.monotonic() - start < LIMIT


def deafen(terminal: Terminal) -> None:
    """Do not read, and make the program draw until nothing more fits between it and the terminal."""
    for number in range(8):
        terminal.resize(101 - number % 2, 30)
        time.sleep(0.05)


@pytest.mark.parametrize("number", ENDING)
def test_a_signal_ends_the_run_in_order(number: signal.Signals, start: Starter) -> None:
    desk = start.desk()
    desk.type("jjjb")
    desk.until(lambda: desk.place() == "4 of 30" and "★" in desk.screen())
    desk.send(number)
    assert ended(desk) == (128 + number, True)
    assert desk.left_on() == []
    assert start.kept() == ("Sparse Planning at Scale", 1)


@pytest.mark.slow
@pytest.mark.parametrize("number", ENDING)
def test_two_hundred_signals_at_any_moment(number: signal.Signals, start: Starter) -> None:
    chance = Random(f"{number}")  # noqa: S311 - reproducible on purpose
    for _ in range(200):
        terminal = start()
        until = time.monotonic() + chance.uniform(0.3, 1.6)
        while time.monotonic() < until:
            terminal.type(chance.choice(["j", "k", "b", "r", "/", "nerf", "\x1b", "?", "t", "e", "x"]))
            terminal.pump(0.03)
        terminal.send(number)
        status, in_time = ended(terminal)
        # Python itself dies of a signal that comes before the program has begun.
        assert status in {128 + number, -number, 130 if number is signal.SIGINT else 128 + number}
        assert in_time
        assert terminal.left_on() == []


def test_a_half_written_note_is_kept(start: Starter) -> None:
    desk = start.desk()
    desk.type("e")
    desk.shows("Note ·")
    desk.type("half a thou")
    desk.shows("half a thou")
    desk.send(signal.SIGTERM)
    assert ended(desk) == (143, True)
    again = start.desk()
    assert "unfinished note" not in again.screen()
    again.shows("half a thou")  # on the paper's page
    again.type("e")
    again.shows("Note ·")


def test_the_note_that_is_typed_when_the_terminal_is_closed_is_kept(start: Starter) -> None:
    desk = start.desk()
    desk.type("e")
    desk.shows("Note ·")
    desk.type("half a thou")
    desk.shows("half a thou")
    desk.close()
    assert ended(desk, reading=False) == (129, True)
    start.desk().shows("half a thou")


def test_a_note_that_is_typed_when_the_program_is_killed_is_offered(start: Starter) -> None:
    desk = start.desk()
    desk.type("je")
    desk.shows("Note ·")
    desk.type("half a thou")
    desk.until(start.drafts)
    desk.send(signal.SIGKILL)
    assert desk.end() == -signal.SIGKILL
    again = start.desk()
    assert "unsaved note of Sparse Attention at Scale" in again.screen()


def test_a_run_that_hangs_ends_all_the_same(start: Starter) -> None:
    desk = start.script(STUCK)
    desk.shows(" of 30")
    desk.rest()
    desk.type("G")
    desk.rest()
    desk.send(signal.SIGTERM)
    assert ended(desk) == (143, True)
    assert desk.left_on() == []


@pytest.mark.parametrize("command", [None, STARTED_BY_NOHUP], ids=["", "hang-ups ignored"])
def test_a_closed_terminal_ends_the_run(command: list[str] | None, start: Starter) -> None:
    desk = start(command=command)
    desk.shows(" of 30")
    desk.type("jj")
    desk.shows("3 of 30")
    desk.rest()
    desk.close()
    assert ended(desk, reading=False) == (129, True)
    assert start.kept() == ("Sparse Grasping at Scale", 0)


@pytest.mark.slow  # it starts two screens on terminals that nobody reads, and a busy machine can starve the second
def test_a_terminal_that_does_not_read_cannot_hold_the_end_up(start: Starter) -> None:
    desk = start.desk()
    desk.type("jj")
    desk.shows("3 of 30")
    deafen(desk)
    desk.send(signal.SIGTERM)
    assert ended(desk, reading=False) == (143, True)
    assert desk.left_on() == []
    again = start.desk()
    assert again.place() == "3 of 30"
    deafen(again)
    again.type("q")
    assert ended(again, reading=False) == (0, True)
    assert again.left_on() == []


def test_a_terminal_that_reads_again_sees_what_it_missed(start: Starter) -> None:
    desk = start.desk()
    deafen(desk)
    time.sleep(1.2)
    desk.type("G")
    desk.shows("30 of 30")
    desk.shows("Federated Decoding at Scale")
    desk.type("q")
    assert desk.end() == 0


def test_sleeping_and_waking(start: Starter) -> None:
    desk = start.desk()
    for way in ("\x1a", signal.SIGTSTP) * 2:
        desk.type(way) if isinstance(way, str) else desk.send(way)
        desk.until(lambda: desk.state() == "T")
        assert desk.left_on() == []
        desk.send(signal.SIGCONT)
        desk.until(lambda: desk.state() != "T")
        desk.rest()
    desk.send(signal.SIGSTOP)
    desk.send(signal.SIGCONT)
    desk.rest()
    desk.send(signal.SIGCONT)
    desk.rest()
    desk.type("j")
    desk.shows("2 of 30")
    desk.type("q")
    assert ended(desk) == (0, True)
    assert desk.left_on() == []


@pytest.mark.slow
def test_sleeping_and_waking_two_hundred_times(start: Starter) -> None:
    desk = start.desk()
    for number in range(200):
        desk.send((signal.SIGTSTP, signal.SIGSTOP)[number % 2])
        desk.until(lambda: desk.state() == "T")
        desk.send(signal.SIGCONT)
        desk.until(lambda: desk.state() != "T")
        desk.rest(0.05)
    desk.type("j")
    desk.shows("2 of 30")
    desk.type("q")
    assert desk.end() == 0
    assert desk.left_on() == []


def test_an_editor_has_the_terminal_to_itself(start: Starter) -> None:
    editor = start.home / "editor"
    editor.write_text(EDITOR, encoding="utf-8")
    editor.chmod(0o755)
    desk = start.desk(environ={"EDITOR": str(editor)})
    desk.type("E")
    desk.until(lambda: b"EDITOR-OPEN" in desk.output)
    assert desk.left_on() == []
    desk.send(signal.SIGCONT)
    os.killpg(desk.pid, signal.SIGCONT)
    desk.until(lambda: b"EDITOR-AGAIN" in desk.output)
    desk.rest()
    desk.type("j")
    desk.shows("2 of 30")
    desk.type("q")
    assert desk.end() == 0
    assert desk.left_on() == []


def test_a_killed_screen_is_mended_by_reset_terminal(start: Starter) -> None:
    desk = start(command=["sh", "-c", f"{sys.executable} -m tui; {sys.executable} -m tui reset-terminal"])
    desk.shows(" of 30")
    desk.rest()
    assert len(desk.left_on()) >= 9
    children = f"/proc/{desk.pid}/task/{desk.pid}/children"
    with open(children, encoding="utf-8") as file:  # noqa: PTH123 - reads as what it is
        os.kill(int(file.read()), signal.SIGKILL)
    assert desk.end() == 0
    assert desk.left_on() == []
