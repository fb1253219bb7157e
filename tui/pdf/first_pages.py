"""The texts of first pages, read by another process that can be stopped."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, Self

from tui.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

_PATIENCE = 15.0  # seconds for one file
_PAUSE = 0.1  # seconds between looks at whether to stop
_CHUNK = 65_536  # bytes


class FirstPage(NamedTuple):
    """The text of a first page.

    Attributes:
        text: the text; empty for a picture, or if it cannot be read.
        error: why it cannot be read; empty if it can.
    """

    text: str = ""
    error: str = ""


class FirstPages:
    """Reads first pages; a context manager.

    Args:
        is_stopped: asked now and then whether to stop; what is being read is then given up.

    Raises:
        UsageError: pypdf is not installed.
    """

    def __init__(self, is_stopped: Callable[[], bool]) -> None:
        if find_spec("pypdf") is None:
            raise UsageError(
                'reading first pages needs the "pdf" extra',
                "run `pip install '.[pdf]'` in the readlist source folder",
            )
        self._is_stopped = is_stopped
        self._process: subprocess.Popen[bytes] | None = None
        self._questions = self._answers = -1  # ends of pipes

    def __enter__(self) -> Self:
        """Start nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self._end()

    def read(self, path: Path) -> FirstPage:
        """The first page of a file."""
        process = self._process or self._start()
        try:
            os.write(self._questions, json.dumps(str(path)).encode() + b"\n")
        except OSError:  # it died after the last answer
            self._end()
            return FirstPage(error="damaged")
        line = self._line(process)
        if not line.endswith(b"\n"):
            has_ended = process.poll() is not None
            self._end()
            return FirstPage(error="damaged" if has_ended else f"takes longer than {_PATIENCE:.0f} seconds to read")
        return FirstPage(**json.loads(line))

    def _line(self, process: subprocess.Popen[bytes]) -> bytes:
        """The next line of the process; without its end if there is none in time."""
        line, until = b"", monotonic() + _PATIENCE
        while not line.endswith(b"\n") and monotonic() < until and not self._is_stopped():
            if select.select([self._answers], [], [], _PAUSE)[0]:
                chunk = os.read(self._answers, _CHUNK)
                line += chunk
                if not chunk:
                    process.wait()
                    break
        return line

    def _start(self) -> subprocess.Popen[bytes]:
        program = str(Path(__file__).with_name("page_reader.py"))
        given, self._questions = os.pipe()
        self._answers, returned = os.pipe()
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter and a file of ours
                [sys.executable, "-P", program],
                stdin=given,
                stdout=returned,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        finally:
            os.close(given)
            os.close(returned)
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            os.close(self._questions)
            os.close(self._answers)
            self._process = None
