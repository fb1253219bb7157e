"""A pseudo-terminal whose other end is held by a test, which records every byte and can misbehave in many ways."""

from __future__ import annotations

import fcntl
import os
import re
import select
import shutil
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import combining

import pyte
import pytest
from wcwidth import wcwidth

from tests.support.pseudo_terminal import attributes_of_new_terminals, start_on_terminal
from tui.paths import Paths
from tui.session.note_drafts import NoteDrafts
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 30.0  # seconds; only a failing test waits so long

TITLES = [
    f"{first} {second} at Scale"
    for first in ("Sparse", "Dense", "Robust", "Causal", "Neural", "Federated")
    for second in ("Retrieval", "Attention", "Grasping", "Planning", "Decoding")
]
PAGE = "\n".join(
    f"CVOct {1 + number % 28}, 2023\n{title}Maria Garcia, John Smith\n"
    f"We study number {number} of a series and report what we found on two benchmarks of indoor scenes."
    for number, title in enumerate(TITLES)
)
# Modes that a program may set, and the final letter of the sequence that restores each.
MODES = {1000: "l", 1002: "l", 1003: "l", 1004: "l", 1006: "l", 1015: "l", 1016: "l", 1049: "l", 2004: "l", 2026: "l",
         2048: "l", 25: "h", 7: "h"}  # fmt: skip
# Sequences that pyte would print, and a sequence whose end is not there yet.
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=][\d;]*[a-z]|\x1b\[\?\d+\$p")
_UNFINISHED = re.compile(rb"\x1b(\[[<>=?\d;$]*)?$")


class Model(pyte.Screen):
    """The contents of a terminal. pyte drops the text after a mark of combining class 0, which no terminal does."""

    def draw(self, data: str) -> None:
        super().draw("".join(character for character in data if wcwidth(character) or combining(character)))


class Terminal:
    """A program on a terminal of its own.

    Args:
        command: what to run.
        environ: its environment.
        columns: width of the terminal.
        rows: its height.
    """

    def __init__(self, command: list[str], environ: dict[str, str], columns: int = 100, rows: int = 30) -> None:
        self.output = bytearray()
        self.status: int | None = None
        self.columns, self.rows = columns, rows
        self._model = Model(columns, rows)
        self._stream = pyte.ByteStream(self._model)
        self._fed = 0
        self._shown = ""
        self.pid, self.master = start_on_terminal(command, environ, columns, rows)
        # Not those of this terminal: on a busy machine, the program may have changed them before this line runs.
        self.before = attributes_of_new_terminals()

    def attributes(self) -> list[Any]:
        return termios.tcgetattr(self.master)

    def resize(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text: str | bytes) -> None:
        os.write(self.master, text if isinstance(text, bytes) else text.encode())

    def send(self, number: int) -> None:
        os.kill(self.pid, number)

    def pump(self, seconds: float) -> bool:
        """Read output for a time; return whether there was any."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            self.output += os.read(self.master, 65_536)
        except OSError:  # the other end is closed
            time.sleep(min(seconds, 0.01))
            return False
        return True

    def until(self, condition: Callable[[], object], timeout: float = TIMEOUT) -> None:
        end = time.monotonic() + timeout
        while not condition():
            if time.monotonic() > end or self.has_ended():
                raise AssertionError(
                    f"the condition never became true; status {self.status}, on the screen:\n{self.screen()}"
                )
            self.pump(0.02)

    def shows(self, text: str) -> None:
        """Wait until a text is on the screen."""
        self.until(lambda: text in self.screen())

    def rest(self, seconds: float = 0.15) -> None:
        """Read until there is no output for a while."""
        end = time.monotonic() + TIMEOUT
        while self.pump(seconds) and time.monotonic() < end:
            pass

    def screen(self) -> str:
        """The text on the screen."""
        is_resized = (self._model.columns, self._model.lines) != (self.columns, self.rows)
        if is_resized:
            self._model.resize(max(self.rows, 1), max(self.columns, 1))
        new = bytes(self.output[self._fed :])
        cut = _UNFINISHED.search(new)
        new = new[: cut.start()] if cut else new
        self._fed += len(new)
        if new or is_resized:
            self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", new))
            self._shown = "\n".join(self._model.display)
        return self._shown

    def state(self) -> str:
        """The state of the process in the kernel: ``T`` is stopped."""
        return Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]

    def has_ended(self) -> bool:
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def end(self, timeout: float = TIMEOUT, *, reading: bool = True) -> int:
        """Wait for the process to end, reading the terminal or not; return the exit status, negative for a signal."""
        deadline = time.monotonic() + timeout
        while not self.has_ended():
            assert time.monotonic() < deadline, f"the process does not end; on the screen:\n{self.screen()}"
            if reading:
                self.pump(0.01)
            else:
                time.sleep(0.01)
        assert self.status is not None
        return self.status

    def close(self) -> None:
        """Close the terminal, as if its window were closed."""
        if self.master >= 0:
            os.close(self.master)
            self.master = -1

    def position(self) -> str:
        """The position of the cursor in the status line: ``3 of 30``."""
        match = re.search(r"\d+ of \d+", self.screen())
        return match[0] if match else ""

    def left_on(self) -> list[str]:
        """Modes, keyboard settings and attributes that are not as a shell expects them."""
        self.rest(0.05)
        last = dict(re.findall(rb"\x1b\[\?(\d+)([hl])", self.output))
        wrong = [str(mode) for mode, good in MODES.items() if last.get(b"%d" % mode, good.encode()) != good.encode()]
        pushed = 0
        for push, count in re.findall(rb"\x1b\[([<>])(\d*)u", self.output):
            pushed = pushed + 1 if push == b">" else max(pushed - int(count or 1), 0)
        wrong += ["kitty keyboard"] * bool(pushed)
        now = self.attributes()
        return wrong + [f"attributes {index}" for index, old in enumerate(self.before) if old != now[index]]


@pytest.fixture(scope="session")
def opened_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a list of thirty papers that was opened and closed; tests get copies of it."""
    folder = tmp_path_factory.mktemp("opened")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "page.txt").write_text(PAGE, encoding="utf-8")
    Session.open(Paths(folder / "data", folder / "seeds")).close()
    return folder


@pytest.fixture
def home(tmp_path: Path, opened_before: Path) -> Path:
    shutil.copytree(opened_before, tmp_path, dirs_exist_ok=True)
    return tmp_path


class Starter:
    """Starts the program on terminals, and ends all that still run."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._open: list[Terminal] = []

    def environ(self, more: Mapping[str, str]) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"], "HOME": str(self.home), "LANG": "C.UTF-8", "TERM": "xterm-256color",
            "PYTHONPATH": str(ROOT), "READLIST_DATA": str(self.home / "data"),
            "READLIST_SEEDS": str(self.home / "seeds"), "TMPDIR": str(self.home),
        } | dict(more)  # fmt: skip

    def __call__(
        self,
        *words: str,
        command: list[str] | None = None,
        size: tuple[int, int] = (100, 30),
        environ: Mapping[str, str] | None = None,
    ) -> Terminal:
        """Start ``readlist`` with some arguments, or another command."""
        terminal = Terminal(command or [sys.executable, "-m", "tui", *words], self.environ(environ or {}), *size)
        self._open.append(terminal)
        return terminal

    def open_screen(
        self, *words: str, size: tuple[int, int] = (100, 30), environ: Mapping[str, str] | None = None
    ) -> Terminal:
        """Start the screen, and wait until it shows the list."""
        terminal = self(*words, size=size, environ=environ)
        terminal.shows(f" of {len(TITLES)}")
        terminal.rest()
        return terminal

    def script(self, code: str) -> Terminal:
        """Start a piece of Python that starts the screen in its own way."""
        return self(command=[sys.executable, "-c", code])

    def kept(self) -> tuple[str | None, int]:
        """The title of the paper at the saved cursor, and the number of starred papers."""
        session = Session.open_store(Paths(self.home / "data", self.home / "seeds"))
        paper = session.values.ui_state().paper
        title = session.entry(paper).paper.title if paper else None
        starred = len(session.find("is:starred").ids)
        session.close()
        return title, starred

    def drafts(self) -> int:
        """The number of unfinished notes that are kept in case of a crash."""
        session = Session.open_store(Paths(self.home / "data", self.home / "seeds"))
        number = len(NoteDrafts(session)._all())
        session.close()
        return number

    def steps(self) -> int:
        """The number of changes in the history."""
        session = Session.open_store(Paths(self.home / "data", self.home / "seeds"))
        number = len(session.edits.history())
        session.close()
        return number

    def close(self) -> None:
        for terminal in self._open:
            if not terminal.has_ended():
                os.kill(terminal.pid, signal.SIGKILL)
                os.waitpid(terminal.pid, 0)
            terminal.close()


@pytest.fixture
def start(home: Path) -> Iterator[Starter]:
    starter = Starter(home)
    yield starter
    starter.close()
