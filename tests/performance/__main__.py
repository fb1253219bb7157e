"""Benchmarks against baselines measured in the same run: ``python -m tests.performance``.

Prints a table. No time is asserted, since machines differ and are shared. Lists of 10,000 and 100,000 papers are
generated once and kept in a folder between runs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.performance.bibliographies import exports, imports
from tests.performance.clock import Row, against, print_report, until, whole
from tests.performance.corpus import copied, corpus
from tests.performance.main_screen import report_rows
from tests.performance.peers import peer_table
from tests.performance.snapshots import snapshots
from tui.store.store import Store

if TYPE_CHECKING:
    from tui.paths import Paths

_LISTS = Path(tempfile.gettempdir()) / "readlist-performance"
_QUICK = (261, 10_000)
_FULL = (*_QUICK, 100_000)
_LONGEST_BIBLIOGRAPHY = 10_000
_SECTIONS = ("start", "screen", "cli", "edit", "import", "export", "fill")

_MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("FIRST-PAINT")
Minimal().run()
"""
_READ_STORE = "import orjson, sys; orjson.loads(open(sys.argv[1], 'rb').read())"
# As the console script; `-m` would add the cost of finding the module.
_READLIST = [sys.executable, "-c", "import sys; from tui.__main__ import main; sys.exit(main())"]
_PASS = [sys.executable, "-c", "pass"]
_QUERY = "tag:ml year:2020..2023 diffusion"
_PROMPT = "search:"  # shown in the first frame, with or without rows
_ROWS_AIM = {261: 1.5, 10_000: 2.0, 100_000: 5.0}


def main() -> None:
    """Measure and print a report."""
    parser = argparse.ArgumentParser(prog="python -m tests.performance", description=__doc__)
    parser.add_argument("-n", "--runs", type=int, default=7, help="runs of each command (default 7)")
    parser.add_argument(
        "--full", action="store_true", help="100,000 papers as well; generating them takes some minutes"
    )
    parser.add_argument("--sizes", type=int, nargs="+", help="sizes of the lists, instead of 261 and 10000")
    parser.add_argument("--sections", nargs="+", choices=_SECTIONS, default=_SECTIONS, help="what to measure")
    parser.add_argument(
        "--lists",
        type=Path,
        default=Path(tempfile.gettempdir()) / "readlist-performance",
        help="folder of the lists",
    )
    parser.add_argument(
        "--peers", action="store_true", help="the same work by other programs, as far as they are installed, instead"
    )
    options = parser.parse_args()
    sizes = options.sizes or (_FULL if options.full else _QUICK)
    print(f"medians of {options.runs} runs; a ratio is the median of the ratios of all pairs\n")
    for size in sizes:
        rows: list[Row] = []
        if options.peers:
            with copied(corpus(size, options.lists)) as home:
                print("\n".join((*peer_table(home, _environ(home), options.runs), "")), flush=True)
            continue
        with copied(corpus(size, options.lists)) as home:
            if "start" in options.sections:
                rows += _start(home, size, options.runs)
            if "cli" in options.sections:
                rows += _command_line(home, size, options.runs)
            if "edit" in options.sections:
                rows.append(_edit(home, size, options.runs))
            # No aim is set for longer lists. The first export pins the citation keys for all later ones.
            if "export" in options.sections and size <= _LONGEST_BIBLIOGRAPHY:
                rows += exports(home, size)
            if "fill" in options.sections and size == _QUICK[0]:
                rows += snapshots(home, options.runs)
            if "import" in options.sections and size <= _LONGEST_BIBLIOGRAPHY:
                rows += imports(home, size)
        if "screen" in options.sections:
            # A fresh copy: the citation keys stored by the exports would count as memory.
            with copied(corpus(size, options.lists)) as home:
                rows += _main_screen(home, size)
        # Printed per size, so that no result is lost if a longer list takes too long.
        print_report(rows)


def _environ(home: Paths) -> dict[str, str]:
    folders = {"READLIST_DATA": str(home.data), "READLIST_SEEDS": str(home.seeds)}
    environ = os.environ | folders | {"TERM": "xterm-256color"}
    # An installed program has bytecode; a checkout must be allowed to write it.
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([*_READLIST, "list", "limit:1"], env=environ, check=True, stdout=subprocess.DEVNULL)
    return environ


def _start(home: Paths, size: int, runs: int) -> list[Row]:
    environ = _environ(home)
    first = subprocess.run([*_READLIST, "list", "limit:1"], env=environ, check=True, capture_output=True, text=True)
    title = " ".join(first.stdout.split("  ")[3].split()[:2])

    def minimal() -> float:
        return until([sys.executable, "-c", _MINIMAL], "FIRST-PAINT", environ)

    baseline = "minimal Textual app, first paint"
    return [
        against(
            f"start to first frame, {size}",
            lambda: until(_READLIST, "search:", environ),
            baseline,
            minimal,
            runs,
            1.25,
        ),
        against(
            f"start to rows, {size}",
            lambda: until(_READLIST, title, environ),
            baseline,
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
                "python -c, store read by orjson",
                reading,
                runs,
                6.0,
            )
            for verb in (["list"], ["list", "--json"])
        ),
    ]


def _edit(home: Paths, size: int, runs: int) -> Row:
    """One saved change, compared with appending and syncing a line of the same length."""
    store = Store.open(home.data)
    paper = store.catalogue.ids()[0]
    journal = home.data / "marks.journal"

    def edit() -> float:
        start = time.perf_counter()
        store.history.commit(
            "star: one paper",
            lambda mark: {paper: mark(paper)._replace(starred=not mark(paper).starred)},
            at="2026-01-01T00:00:00Z",
        )
        return time.perf_counter() - start

    edit()
    length = journal.stat().st_size
    edit()
    line = b"x" * (journal.stat().st_size - length)
    handle = os.open(home.data / "baseline", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def append() -> float:
        start = time.perf_counter()
        os.write(handle, line)
        os.fsync(handle)
        return time.perf_counter() - start

    row = against(f"a saved change, {size}", edit, "append and fsync of an equal line", append, 30 * runs, 3.0)
    os.close(handle)
    store.close()
    return row


def _main_screen(home: Paths, size: int) -> list[Row]:
    """Measure each size in a separate process, so that memory is not shared."""
    command = [sys.executable, "-m", "tests.performance.main_screen", str(home.data), str(home.seeds)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return report_rows(done.stdout, size)


if __name__ == "__main__":
    main()
