"""Measure programs: whole runs, and runs until the terminal shows a text."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from typing import TYPE_CHECKING, NamedTuple

from tests.performance.corpus import ROOT
from tests.performance.terminal_program import HEIGHT, WIDTH, TerminalProgram
from tests.support.pseudo_terminal import start_on_terminal

if TYPE_CHECKING:
    from collections.abc import Callable


class Row(NamedTuple):
    """One line of the report.

    Attributes:
        what: what was measured.
        ours: the measured value, in the unit.
        unit: ``ms`` or ``MB``.
        baseline: what it is compared with; empty for nothing.
        theirs: the value of the baseline.
        ratio: ours to theirs; the median of the ratios of all pairs.
        aim: the upper limit, a ratio if there is a baseline, otherwise in the unit; None for none.
    """

    what: str
    ours: float
    unit: str = "ms"
    baseline: str = ""
    theirs: float | None = None
    ratio: float | None = None
    aim: float | None = None


def against(
    what: str, ours: Callable[[], float], baseline: str, theirs: Callable[[], float], runs: int, aim: float
) -> Row:
    """Measure two functions, which return seconds, alternately, and compare them pair by pair."""
    ours()
    theirs()
    pairs = [(ours(), theirs()) for _ in range(runs)]
    return Row(
        what,
        statistics.median(a for a, _ in pairs) * 1000,
        "ms",
        baseline,
        statistics.median(b for _, b in pairs) * 1000,
        statistics.median(a / b for a, b in pairs),
        aim,
    )


def whole(command: list[str], environ: dict[str, str], *, nothing_found: int = 0) -> float:
    """Seconds that a program runs; it must exit with 0 or ``nothing_found``."""
    null = subprocess.DEVNULL
    start = time.perf_counter()
    done = subprocess.run(command, env=environ, cwd=ROOT, check=False, stdin=null, stdout=null, stderr=null)
    took = time.perf_counter() - start
    if done.returncode not in {0, nothing_found}:
        raise RuntimeError(f"{command} exited with {done.returncode}")
    return took


def until_end(command: list[str], environ: dict[str, str]) -> float:
    """Seconds that a program runs on a terminal."""
    start = time.perf_counter()
    pid, terminal = start_on_terminal(command, environ, WIDTH, HEIGHT)
    os.waitpid(pid, 0)
    took = time.perf_counter() - start
    os.close(terminal)
    return took


def until(command: list[str], text: str, environ: dict[str, str]) -> float:
    """Seconds from the start of a program until its terminal shows a text; the program is killed then."""
    with TerminalProgram(command, environ) as program:
        return program.shows(text)


def print_report(rows: list[Row]) -> None:
    """Print a report."""
    print(f"{'what':<56} {'ours':>9}    {'baseline':<38} {'ms':>7} {'ratio':>6} {'aim':>6}")
    for row in rows:
        theirs = "" if row.theirs is None else f"{row.theirs:.0f}"
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        reached = row.aim is None or (row.ratio if row.ratio is not None else row.ours) <= row.aim
        aim = "" if row.aim is None else f"{row.aim:.3g}"
        print(
            f"{row.what:<56} {row.ours:9.1f} {row.unit} {row.baseline:<38} {theirs:>7} {ratio:>6} {aim:>6}"
            f"{'' if reached else '  over'}"
        )
