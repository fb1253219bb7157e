"""Signals, closed and unread terminals: the cursor is saved, the terminal restored, and the exit takes two seconds."""

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
ACTIONS["move.bottom"] = lambda workspace, ui: time.sleep(60)
from tui.__main__ import main
sys.exit(main())
"""
EDITOR = """#!/bin/sh
printf 'EDITOR-OPEN' > /dev/tty
kill -STOP $$
printf 'EDITOR-AGAIN' > /dev/tty
"""


def ended(terminal: Terminal, *, reading: bool = True) -> tuple[int, bool]:
    """The exit status, and whether the process ended in time."""
    start = time.monotonic()
    status = terminal.end(reading=reading)
    return status, time.monotonic() - start < LIMIT


def stop_reading(terminal: Terminal) -> None:
    """Stop reading, and make the program draw until the buffer of the terminal is full."""
    for number in range(8):
        terminal.resize(101 - number % 2, 30)
        time.sleep(0.05)


@pytest.mark.parametrize("number", ENDING)
def test_a_signal_shuts_the_program_down_in_order(number: signal.Signals, start: Starter) -> None:
    terminal = start.open_screen()
    terminal.type("jjjb")
    terminal.until(lambda: terminal.position() == "4 of 30" and "★" in terminal.screen())
    terminal.send(number)
    assert ended(terminal) == (128 + number, True)
    assert terminal.left_on() == []
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


def test_an_unfinished_note_is_kept(start: Starter) -> None:
    terminal = start.open_screen()
    terminal.type("e")
    terminal.shows("Note ·")
    terminal.type("half a thou")
    terminal.shows("half a thou")
    terminal.send(signal.SIGTERM)
    assert ended(terminal) == (143, True)
    again = start.open_screen()
    assert "unsaved note" not in again.screen()
    again.shows("half a thou")  # in the detail pane
    again.type("e")
    again.shows("Note ·")


def test_the_note_that_is_typed_when_the_terminal_is_closed_is_kept(start: Starter) -> None:
    terminal = start.open_screen()
    terminal.type("e")
    terminal.shows("Note ·")
    terminal.type("half a thou")
    terminal.shows("half a thou")
    terminal.close()
    assert ended(terminal, reading=False) == (129, True)
    start.open_screen().shows("half a thou")


def test_a_note_that_is_typed_when_the_program_is_killed_is_offered(start: Starter) -> None:
    terminal = start.open_screen()
    terminal.type("je")
    terminal.shows("Note ·")
    terminal.type("half a thou")
    terminal.until(start.drafts)
    terminal.send(signal.SIGKILL)
    assert terminal.end() == -signal.SIGKILL
    again = start.open_screen()
    assert "unsaved note on Sparse Attention at Scale (e: continue)" in again.screen()


def test_a_program_that_hangs_is_ended(start: Starter) -> None:
    terminal = start.script(STUCK)
    terminal.shows(" of 30")
    terminal.rest()
    terminal.type("G")
    terminal.rest()
    terminal.send(signal.SIGTERM)
    assert ended(terminal) == (143, True)
    assert terminal.left_on() == []


@pytest.mark.parametrize("command", [None, STARTED_BY_NOHUP], ids=["", "hang-ups ignored"])
def test_closing_the_terminal_ends_the_program(command: list[str] | None, start: Starter) -> None:
    terminal = start(command=command)
    terminal.shows(" of 30")
    terminal.type("jj")
    terminal.shows("3 of 30")
    terminal.rest()
    terminal.close()
    assert ended(terminal, reading=False) == (129, True)
    assert start.kept() == ("Sparse Grasping at Scale", 0)


@pytest.mark.slow  # it starts two screens on terminals that nobody reads, and a busy machine can starve the second
def test_a_terminal_that_does_not_read_does_not_delay_the_exit(start: Starter) -> None:
    terminal = start.open_screen()
    terminal.type("jj")
    terminal.shows("3 of 30")
    stop_reading(terminal)
    terminal.send(signal.SIGTERM)
    assert ended(terminal, reading=False) == (143, True)
    assert terminal.left_on() == []
    again = start.open_screen()
    assert again.position() == "3 of 30"
    stop_reading(again)
    again.type("q")
    assert ended(again, reading=False) == (0, True)
    assert again.left_on() == []


def test_a_terminal_that_reads_again_sees_what_it_missed(start: Starter) -> None:
    terminal = start.open_screen()
    stop_reading(terminal)
    time.sleep(1.2)
    terminal.type("G")
    terminal.shows("30 of 30")
    terminal.shows("Federated Decoding at Scale")
    terminal.type("q")
    assert terminal.end() == 0


def test_suspending_and_resuming(start: Starter) -> None:
    terminal = start.open_screen()
    for way in ("\x1a", signal.SIGTSTP) * 2:
        terminal.type(way) if isinstance(way, str) else terminal.send(way)
        terminal.until(lambda: terminal.state() == "T")
        assert terminal.left_on() == []
        terminal.send(signal.SIGCONT)
        terminal.until(lambda: terminal.state() != "T")
        terminal.rest()
    terminal.send(signal.SIGSTOP)
    terminal.send(signal.SIGCONT)
    terminal.rest()
    terminal.send(signal.SIGCONT)
    terminal.rest()
    terminal.type("j")
    terminal.shows("2 of 30")
    terminal.type("q")
    assert ended(terminal) == (0, True)
    assert terminal.left_on() == []


@pytest.mark.slow
def test_suspending_and_resuming_two_hundred_times(start: Starter) -> None:
    terminal = start.open_screen()
    for number in range(200):
        terminal.send((signal.SIGTSTP, signal.SIGSTOP)[number % 2])
        terminal.until(lambda: terminal.state() == "T")
        terminal.send(signal.SIGCONT)
        terminal.until(lambda: terminal.state() != "T")
        terminal.rest(0.05)
    terminal.type("j")
    terminal.shows("2 of 30")
    terminal.type("q")
    assert terminal.end() == 0
    assert terminal.left_on() == []


def test_an_editor_has_the_terminal_to_itself(start: Starter) -> None:
    editor = start.home / "editor"
    editor.write_text(EDITOR, encoding="utf-8")
    editor.chmod(0o755)
    terminal = start.open_screen(environ={"EDITOR": str(editor)})
    terminal.type("E")
    terminal.until(lambda: b"EDITOR-OPEN" in terminal.output)
    assert terminal.left_on() == []
    terminal.send(signal.SIGCONT)
    os.killpg(terminal.pid, signal.SIGCONT)
    terminal.until(lambda: b"EDITOR-AGAIN" in terminal.output)
    terminal.rest()
    terminal.type("j")
    terminal.shows("2 of 30")
    terminal.type("q")
    assert terminal.end() == 0
    assert terminal.left_on() == []


def test_reset_terminal_restores_a_terminal_after_a_kill(start: Starter) -> None:
    terminal = start(command=["sh", "-c", f"{sys.executable} -m tui; {sys.executable} -m tui reset-terminal"])
    terminal.shows(" of 30")
    terminal.rest()
    assert len(terminal.left_on()) >= 9
    children = f"/proc/{terminal.pid}/task/{terminal.pid}/children"
    with open(children, encoding="utf-8") as file:  # noqa: PTH123 - reads as what it is
        os.kill(int(file.read()), signal.SIGKILL)
    assert terminal.end() == 0
    assert terminal.left_on() == []
