"""Terminals of every kind and size: only what they can show is sent, and the cursor keeps its paper."""

from __future__ import annotations

import re
import shutil
import sys
from random import Random
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.reliability.conftest import Starter, Terminal

TITLE = "Sparse Retrieval at Scale"
SGR = re.compile(rb"\x1b\[([\d;]*)m")


def colours(terminal: Terminal) -> set[str]:
    """The kinds of colour codes sent to the terminal: 16, 256 or 16 million colours."""
    kinds: set[str] = set()
    for codes in SGR.findall(bytes(terminal.output)):
        text = codes.decode()
        kinds |= {{"5": "256", "2": "rgb"}[kind] for kind in re.findall(r"[34]8;([25])", text)}
        rest = re.sub(r"[34]8;(?:5;\d+|2;\d+;\d+;\d+)", "", text)
        kinds |= {"16" for code in rest.split(";") if re.fullmatch(r"(?:[349]|10)[0-7]", code)}
    return kinds


def leave(terminal: Terminal) -> None:
    terminal.type("\x11")
    assert terminal.end() == 0
    assert terminal.left_on() == []


@pytest.mark.parametrize(
    ("environ", "expected", "few"),
    [
        ({"NO_COLOR": "1"}, set(), True),
        ({"NO_COLOR": "", "COLORTERM": "truecolor"}, {"rgb"}, False),
        ({"TERM": "xterm-256color"}, {"256"}, False),
        ({"TERM": "xterm"}, {"16"}, True),
    ],
    ids=["NO_COLOR", "NO_COLOR empty", "256", "16"],
)
def test_only_colours_that_the_terminal_supports_are_sent(
    environ: dict[str, str], expected: set[str], few: bool, start: Starter
) -> None:
    terminal = start.open_screen(environ=environ)
    terminal.type("/sparse\rj")
    terminal.shows("2 of 5")
    terminal.rest()
    assert colours(terminal) == expected
    reversed_row = re.search(rb"\x1b\[[\d;]*\b7\b[\d;]*m[^\x1b]*Sparse", terminal.output)
    assert (reversed_row is not None) is few
    leave(terminal)


@pytest.mark.parametrize(
    ("words", "environ"),
    [
        (["--ascii"], {}),
        ([], {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
        ([], {"LC_ALL": "C"}),
    ],
    ids=["--ascii", "encoding", "locale"],
)
def test_ascii_only_output(words: list[str], environ: dict[str, str], start: Starter) -> None:
    (start.home / "seeds" / "more.txt").write_text(
        "CVOct 26, 2023\nÉtude of 薛定谔 “Fields” — λ²Élodie Durand\nWe study naïve 日本 fields with “care” here.\n",
        encoding="utf-8",
    )
    terminal = start(*words, environ=environ)
    terminal.shows(" of 31")
    terminal.type("G g?\x1b\x1b")
    terminal.rest(0.4)
    terminal.type("t")
    terminal.rest()
    terminal.type("\x1b")
    terminal.rest(0.3)
    assert re.search(rb"\?tude of \?\?\?\?\?\? \"Fields\" - \?\?", terminal.output)
    leave(terminal)
    assert terminal.output.isascii()


def test_the_very_first_start(start: Starter) -> None:
    shutil.rmtree(start.home / "data")
    terminal = start()
    terminal.shows(" of 30")
    terminal.shows(TITLE)
    leave(terminal)
    assert (start.home / "data" / "papers.json").stat().st_size > 0


@pytest.mark.parametrize("environ", [{"TERM": "dumb"}, {"TERM": ""}], ids=["dumb", "unset"])
def test_a_terminal_that_cannot_move_its_cursor(environ: dict[str, str], start: Starter) -> None:
    terminal = start(environ=environ)
    assert terminal.end() == 2
    assert b"readlist list" in terminal.output
    assert b"\x1b" not in terminal.output


def test_the_screen_needs_all_three_streams(start: Starter) -> None:
    def redirected(what: str) -> tuple[int, bytes]:
        terminal = start(command=["sh", "-c", f"exec {sys.executable} -m tui {what}"])
        status = terminal.end()
        terminal.rest()
        return status, bytes(terminal.output)

    output = start.home / "output"
    assert redirected(f"2> {output}") == (2, b"")
    assert "standard error" in output.read_text(encoding="utf-8")
    assert redirected(f"> {output}") == (0, b"")
    assert TITLE in output.read_text(encoding="utf-8")
    assert redirected(f"< /dev/null > {output}") == (0, b"")


def test_any_terminal_size_keeps_the_cursor(start: Starter) -> None:
    terminal = start.open_screen()
    terminal.type("jjj")
    terminal.shows("4 of 30")
    for size in ((1, 1), (80, 1), (5, 2), (10, 3), (20, 5), (39, 24), (300, 60), (0, 0)):
        terminal.resize(*size)
        terminal.rest(0.1)
    chance = Random(7)  # noqa: S311 - reproducible on purpose
    for _ in range(60):
        terminal.resize(chance.randint(1, 150), chance.randint(1, 50))
        terminal.pump(0.01)
    terminal.resize(100, 30)
    terminal.shows("4 of 30")
    leave(terminal)


@pytest.mark.parametrize("times", [120, pytest.param(1_000, marks=pytest.mark.slow)])
def test_many_terminal_sizes(start: Starter, times: int) -> None:
    terminal = start.open_screen()
    terminal.type("jjj")
    terminal.shows("4 of 30")
    chance = Random(8)  # noqa: S311 - reproducible on purpose
    terminal.resize(1000, 500)
    terminal.rest(0.5)
    for _ in range(times):
        terminal.resize(chance.randint(0, 300), chance.randint(0, 100))
        terminal.pump(0.01)
        terminal.type(chance.choice(["?", "\x1b", "t", "j", "k", "\r", "f"]))
    terminal.rest(0.5)
    for _ in range(3):
        terminal.type("\x1b")
        terminal.rest(0.3)
    terminal.resize(100, 30)
    terminal.shows(" of 30")
    leave(terminal)


def test_a_small_terminal_says_what_it_needs(start: Starter) -> None:
    terminal = start(size=(39, 9))
    terminal.shows("needs at least")
    leave(terminal)
