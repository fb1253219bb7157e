"""Speed against floors taken in the same run: ``python -m tests.performance``.

Prints a table. Nothing here asserts a time: machines differ, and are shared. Lists of 10,000 and 100,000 papers are
made once, through the public intake, and kept in a folder between runs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.performance.bibliographies import exports, imports
from tests.performance.clock import Row, against, printed, until, whole
from tests.performance.corpus import lent, made
from tests.performance.main_screen import measured
from tui.store.store import Store

if TYPE_CHECKING:
    from tui.paths import Paths

_LISTS = Path(tempfile.gettempdir()) / "readlist-performance"
_QUICK = (261, 10_000)
_FULL = (*_QUICK, 100_000)
_LONGEST_BIBLIOGRAPHY = 10_000
_SECTIONS = ("start", "desk", "cli", "edit", "import", "export")

_MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("FIRST-PAINT")
Minimal().run()
"""
_READ_STORE = "import orjson, sys; orjson.loads(open(sys.argv[1], 'rb').read())"
# What the console script does; `-m` would add the cost of finding the module.
_READLIST = [sys.executable, "-c", "import sys; from tui.__main__ import main; sys.exit(main())"]
_PASS = [sys.executable, "-c", "pass"]
_QUERY = "tag:ml year:2020..2023 diffusion"
_PROMPT = "search:"  # stands in the first frame, with or without rows
_ROWS_AIM = {261: 1.4, 10_000: 1.8, 100_000: 5.0}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.performance", description=__doc__)
    parser.add_argument("-n", "--runs", type=int, default=7, help="runs of each command (default 7)")
    parser.add_argument("--full", action="store_true", help="100,000 papers as well; making them takes some minutes")
    parser.add_argument("--sizes", type=int, nargs="+", help="sizes of the lists, instead of 261 and 10000")
    parser.add_argument("--sections", nargs="+", choices=_SECTIONS, default=_SECTIONS, help="what to measure")
    parser.add_argument(
        "--lists",
        type=Path,
        default=Path(tempfile.gettempdir()) / "readlist-performance",
        help="where lists are kept",
    )
    options = parser.parse_args()
    sizes = options.sizes or (_FULL if options.full else _QUICK)
    print(f"medians of {options.runs} runs in turn; a ratio is the median of the ratios pair by pair\n")
    for size in sizes:
        rows: list[Row] = []
        with lent(made(size, options.lists)) as home:
            if "start" in options.sections:
                rows += _start(home, size, options.runs)
            if "cli" in options.sections:
                rows += _command_line(home, size, options.runs)
            if "edit" in options.sections:
                rows.append(_edit(home, size, options.runs))
            # A longer list makes a longer file than an import takes, and no aim is set for it. The first export pins
            # the keys, which the others find pinned, and the one that makes the file to be imported.
            if "export" in options.sections and size <= _LONGEST_BIBLIOGRAPHY:
                rows += exports(home, size)
            if "import" in options.sections and size <= _LONGEST_BIBLIOGRAPHY:
                rows += imports(home, size)
        if "desk" in options.sections:
            # A list of its own: what the exports keep with the marks would count for memory.
            with lent(made(size, options.lists)) as home:
                rows += _desk(home, size)
        # At once: what was measured is not lost where a longer list takes too long.
        printed(rows)


def _environ(home: Paths) -> dict[str, str]:
    folders = {"READLIST_DATA": str(home.data), "READLIST_SEEDS": str(home.seeds)}
    environ = os.environ | folders | {"TERM": "xterm-256color"}
    # An installed program has its bytecode; a checkout that may not write it would be measured wrongly.
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([*_READLIST, "list", "limit:1"], env=environ, check=True, stdout=subprocess.DEVNULL)
    return environ


def _start(home: Paths, size: int, runs: int) -> list[Row]:
    environ = _environ(home)
    first = subprocess.run([*_READLIST, "list", "limit:1"], env=environ, check=True, capture_output=True, text=True)
    title = " ".join(first.stdout.split("  ")[3].split()[:2])

    def minimal() -> float:
        return until([sys.executable, "-c", _MINIMAL], "FIRST-PAINT", environ)

    floor = "minimal Textual app, first paint"
    return [
        against(
            f"start to first frame, {size}", lambda: until(_READLIST, "search:", environ), floor, minimal, runs, 1.25
        ),
        against(
            f"start to rows, {size}",
            lambda: until(_READLIST, title, environ),
            floor,
            minimal,
            runs,
            _ROWS_AIM.get(size, 5.0),
        ),
    ]


def _command_line(home: Paths, size: int, runs: int) -> list[Row]:
    environ = _environ(home)

    def bare() -> float:
        return whole(_PASS, environ)

    def reading() -> float:
        return whole([sys.executable, "-c", _READ_STORE, str(home.data / "papers.json")], environ)

    return [
        against(
            f"readlist --version, {size}",
            lambda: whole([*_READLIST, "--version"], environ),
            "python -c pass",
            bare,
            runs,
            4.0,
        ),
        *(
            against(
                f"readlist {' '.join(verb)} '{_QUERY}', {size}",
                lambda verb=verb: whole([*_READLIST, *verb, _QUERY], environ, nothing_found=1),  # type: ignore[misc]
                "python -c, the store read by orjson",
                reading,
                runs,
                6.0,
            )
            for verb in (["list"], ["list", "--json"])
        ),
    ]


def _edit(home: Paths, size: int, runs: int) -> Row:
    """A change of one mark until it is acknowledged, against a line as long, appended and synced, on the same disk."""
    library = Store.open(home.data)
    paper = library.ids()[0]
    journal = home.data / "marks.journal"

    def edit() -> float:
        start = time.perf_counter()
        library.commit(
            "star: one paper",
            lambda mark: {paper: replace(mark(paper), starred=not mark(paper).starred)},
            at="2026-01-01T00:00:00Z",
        )
        return time.perf_counter() - start

    edit()
    length = journal.stat().st_size
    edit()
    line = b"x" * (journal.stat().st_size - length)
    handle = os.open(home.data / "floor", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def append() -> float:
        start = time.perf_counter()
        os.write(handle, line)
        os.fsync(handle)
        return time.perf_counter() - start

    row = against(f"a saved change, {size}", edit, "append and fsync of a line as long", append, 30 * runs, 3.0)
    os.close(handle)
    library.close()
    return row


def _desk(home: Paths, size: int) -> list[Row]:
    """Each size in a process of its own: what one leaves in memory must not count for the next."""
    command = [sys.executable, "-m", "tests.performance.main_screen", str(home.data), str(home.seeds)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return measured(done.stdout, size)


if __name__ == "__main__":
    main()
