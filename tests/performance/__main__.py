"""Speed against floors taken in the same run: ``python -m tests.performance``.

Prints a table of ratios. Nothing here asserts a time: machines differ, and are shared.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_ROOT = Path(__file__).resolve().parents[2]
_WIDTH, _HEIGHT = 120, 40
_PATIENCE = 30.0  # seconds until a program that shows nothing is given up

_MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("FIRST-PAINT")
Minimal().run()
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.performance", description=__doc__)
    parser.add_argument("-n", "--runs", type=int, default=11, help="runs of each command (default 11)")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        environ = os.environ | {"READLIST_DATA": folder, "TERM": "xterm-256color"}
        # An installed program has its bytecode; a checkout that may not write it would be measured wrongly.
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        # What the console script does; `-m` would add the cost of finding the module.
        readlist = [sys.executable, "-c", "import sys; from tui.__main__ import main; sys.exit(main())"]
        subprocess.run([*readlist, "list"], env=environ, cwd=_ROOT, check=True, stdout=subprocess.DEVNULL)
        title = "Nested Diffusion"
        rows = [
            ("readlist --version", "python -c pass", 4.0, *_pair(
                lambda: _whole([*readlist, "--version"], environ),
                lambda: _whole([sys.executable, "-c", "pass"], environ),
                runs,
            )),
            ("readlist list (piped)", "python -c pass", None, *_pair(
                lambda: _whole([*readlist, "list"], environ),
                lambda: _whole([sys.executable, "-c", "pass"], environ),
                runs,
            )),
            ("start to rows on the screen", "minimal Textual app, first paint", 1.4, *_pair(
                lambda: _until(readlist, title, environ),
                lambda: _until([sys.executable, "-c", _MINIMAL], "FIRST-PAINT", environ),
                runs,
            )),
        ]  # fmt: skip
    print(f"medians of {runs} runs in turn; milliseconds; ratio = median of the ratios pair by pair\n")
    print(f"{'what':<30} {'ms':>7} {'floor':<34} {'ms':>7} {'ratio':>6} {'aim':>5}")
    for what, floor, aim, ours, theirs, ratio in rows:
        print(f"{what:<30} {ours:7.0f} {floor:<34} {theirs:7.0f} {ratio:6.2f} {aim or '':>5}")


def _pair(ours: Callable[[], float], floor: Callable[[], float], runs: int) -> tuple[float, float, float]:
    ours()
    floor()
    pairs = [(ours(), floor()) for _ in range(runs)]
    return (
        statistics.median(a for a, _ in pairs) * 1000,
        statistics.median(b for _, b in pairs) * 1000,
        statistics.median(a / b for a, b in pairs),
    )


def _whole(command: list[str], environ: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=environ, cwd=_ROOT, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    return time.perf_counter() - start


def _until(command: list[str], text: str, environ: dict[str, str]) -> float:
    """Seconds from the start of a process on a terminal until a text reaches that terminal."""
    start = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(_ROOT)
        os.execvpe(command[0], command, environ)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", _HEIGHT, _WIDTH, 0, 0))
    seen = b""
    try:
        while text.encode() not in seen:
            ready, _, _ = select.select([terminal], [], [], _PATIENCE)
            if not ready:
                raise TimeoutError(f"{command} did not show {text!r}")
            seen += os.read(terminal, 65_536)
        return time.perf_counter() - start
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)


if __name__ == "__main__":
    main()
