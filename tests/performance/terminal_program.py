"""A program on a pseudo-terminal: how long until it shows a text, or answers a key."""

from __future__ import annotations

import os
import re
import select
import signal
import time
from typing import TYPE_CHECKING, Self

from tests.support.pseudo_terminal import start_on_terminal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

WIDTH, HEIGHT = 120, 40
_TIMEOUT = 60.0  # seconds
_QUIET = 0.4  # seconds without output after which a program rests
_READ = 65_536  # bytes
_SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][0-9A-Z]|[^\[\]()])|[\x0e\x0f]"
)
_ASKS_POSITION = b"\x1b[6n"


class TerminalProgram:
    """A running program; a context manager that kills it.

    Args:
        command: the program and its arguments.
        environ: its environment.
        typed: keys typed before it listens.
    """

    def __init__(self, command: Sequence[str], environ: Mapping[str, str], typed: str = "") -> None:
        self._seen = b""
        self._start = time.perf_counter()
        self._pid, self._terminal = start_on_terminal(command, environ, WIDTH, HEIGHT)
        if typed:
            os.write(self._terminal, typed.encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._terminal)

    @property
    def text(self) -> str:
        """What was written since the last keys, without escape sequences."""
        return _SEQUENCE.sub(b"", self._seen).decode("utf-8", "replace")

    def type(self, keys: str) -> None:
        """Type keys; times and texts count from here."""
        self._seen = b""
        self._start = time.perf_counter()
        os.write(self._terminal, keys.encode())

    def shows(self, text: str) -> float:
        """Seconds until a text was written.

        Raises:
            TimeoutError: it was not, or the program has ended.
        """
        wanted = text.encode()
        while wanted not in _SEQUENCE.sub(b"", self._seen):
            if not self._read(_TIMEOUT):
                shown = _SEQUENCE.sub(b" ", self._seen).decode("utf-8", "replace")
                raise TimeoutError(f"{text!r} was not shown, but {' '.join(shown.split())[-300:]!r}")
        return time.perf_counter() - self._start

    def answers(self) -> float:
        """Seconds until the program wrote anything."""
        if not self._read(_TIMEOUT):
            raise TimeoutError("the program did not answer")
        return time.perf_counter() - self._start

    def rest(self) -> None:
        """Read until the program wrote nothing for a while, or has ended."""
        while self._read(_QUIET):
            pass

    def _read(self, seconds: float) -> bool:
        """Read what there is, waiting so long at most; returns whether there was anything."""
        if not select.select([self._terminal], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._terminal, _READ)
        except OSError:  # it has ended
            return False
        if _ASKS_POSITION in data:
            os.write(self._terminal, b"\x1b[1;1R")
        self._seen += data
        return bool(data)
