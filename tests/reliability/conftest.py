"""A pseudo-terminal that a test holds the other end of: it records every byte, and can be rude in many ways."""

from __future__ import annotations

import fcntl
import os
import pty
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

from tui.paths import Paths
from tui.session.note_drafts import NoteDrafts
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0  # seconds; only a test that fails waits so long

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
# Modes that a program may set, and the letter that ends the sequence with which it leaves a terminal as it should be.
MODES = {1000: "l", 1002: "l", 1003: "l", 1004: "l", 1006: "l", 1015: "l", 1016: "l", 1049: "l", 2004: "l", 2026: "l",
         2048: "l", 25: "h", 7: "h"}  # fmt: skip
# What pyte would print, and a sequence of which the end has not come yet.
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=][\d;]*[a-z]|\x1b\[\?\d+\$p")
_UNFINISHED = re.compile(rb"\x1b(\[[<>=?\d;$]*)?$")


class Model(pyte.Screen):
    """What a terminal shows; pyte leaves out the rest of a text behind a mark of combining class 0, which none does."""

    def draw(self, data: str) -> None:
        super().draw("".join(sign for sign in data if wcwidth(sign) or combining(sign)))


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
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                os.chdir(ROOT)
                os.execvpe(command[0], command, environ)
            finally:
                os._exit(127)
        self.before = self.attributes()

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
        """Read what comes for so long; says whether anything came."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            self.output += os.read(self.master, 65_536)
        except OSError:  # the other end is closed
            time.sleep(min(seconds, 0.01))
            return False
        return True

    def until(self, condition: Callable[[], object], patience: float = PATIENCE) -> None:
        end = time.monotonic() + patience
        while not condition():
            if time.monotonic() > end or self.has_ended():
                raise AssertionError(f"it never became so; status {self.status}, on the screen:\n{self.screen()}")
            self.pump(0.02)

    def shows(self, text: str) -> None:
        """Wait until a text stands on the screen."""
        self.until(lambda: text in self.screen())

    def rest(self, seconds: float = 0.15) -> None:
        """Read until nothing comes for a while."""
        end = time.monotonic() + PATIENCE
        while self.pump(seconds) and time.monotonic() < end:
            pass

    def screen(self) -> str:
        """What a person sees."""
        is_resized = (self._model.columns, self._model.lines) != (self.columns, self.rows)
        if is_resized:
            self._model.resize(max(self.rows, 1), max(self.columns, 1))
        news = bytes(self.output[self._fed :])
        cut = _UNFINISHED.search(news)
        news = news[: cut.start()] if cut else news
        self._fed += len(news)
        if news or is_resized:
            self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", news))
            self._shown = "\n".join(self._model.display)
        return self._shown

    def state(self) -> str:
        """The process's state as the kernel has it: ``T`` is stopped."""
        return Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]

    def has_ended(self) -> bool:
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def end(self, patience: float = PATIENCE, *, reading: bool = True) -> int:
        """Wait for the end, with the terminal read or not; returns the exit status, negative for a signal."""
        give_up = time.monotonic() + patience
        while not self.has_ended():
            assert time.monotonic() < give_up, f"it goes on; on the screen:\n{self.screen()}"
            if reading:
                self.pump(0.01)
            else:
                time.sleep(0.01)
        assert self.status is not None
        return self.status

    def close(self) -> None:
        """Close the terminal, as when its window is closed."""
        if self.master >= 0:
            os.close(self.master)
            self.master = -1

    def place(self) -> str:
        """Where the cursor is, as the status line says: ``3 of 30``."""
        found = re.search(r"\d+ of \d+", self.screen())
        return found[0] if found else ""

    def left_on(self) -> list[str]:
        """What is not as a shell expects it: modes, the keyboard, and attributes."""
        self.rest(0.05)
        last = dict(re.findall(rb"\x1b\[\?(\d+)([hl])", self.output))
        wrong = [str(mode) for mode, good in MODES.items() if last.get(b"%d" % mode, good.encode()) != good.encode()]
        pushed = 0
        for push, count in re.findall(rb"\x1b\[([<>])(\d*)u", self.output):
            pushed = pushed + 1 if push == b">" else max(pushed - int(count or 1), 0)
        wrong += ["kitty keyboard"] * bool(pushed)
        now = self.attributes()
        return wrong + [f"attributes {place}" for place, old in enumerate(self.before) if old != now[place]]


@pytest.fixture(scope="session")
def opened_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a list of thirty papers that was opened and left; tests are given copies of it."""
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
    """Starts the program on terminals, and ends what is left of it."""

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
        """Start ``readlist`` with some words, or a command."""
        terminal = Terminal(command or [sys.executable, "-m", "tui", *words], self.environ(environ or {}), *size)
        self._open.append(terminal)
        return terminal

    def desk(
        self, *words: str, size: tuple[int, int] = (100, 30), environ: Mapping[str, str] | None = None
    ) -> Terminal:
        """Start the screen, and wait until the list stands on it."""
        terminal = self(*words, size=size, environ=environ)
        terminal.shows(f" of {len(TITLES)}")
        terminal.rest()
        return terminal

    def script(self, code: str) -> Terminal:
        """Start a piece of Python that starts the screen in its own way."""
        return self(command=[sys.executable, "-c", code])

    def kept(self) -> tuple[str | None, int]:
        """The title of the paper where the screen was left, and the number of starred papers."""
        session = Session.open_store(Paths(self.home / "data", self.home / "seeds"))
        paper = session.ui_state().paper
        title = session.entry(paper).paper.title if paper else None
        starred = len(session.find("is:starred").ids)
        session.close()
        return title, starred

    def drafts(self) -> int:
        """How many notes that are being typed are kept for a crash."""
        session = Session.open_store(Paths(self.home / "data", self.home / "seeds"))
        number = len(NoteDrafts(session)._all())
        session.close()
        return number

    def steps(self) -> int:
        """How many steps the history has."""
        session = Session.open_store(Paths(self.home / "data", self.home / "seeds"))
        number = len(session.history())
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
