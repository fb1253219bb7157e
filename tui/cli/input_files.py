"""Input files of a command: files, standard input, and pipes such as ``<(command)``."""

from __future__ import annotations

import os
import select
import stat
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import BadInputError
from tui.session.import_input import ImportText, read_stream

if TYPE_CHECKING:
    from collections.abc import Sequence

_STANDARD_INPUT = frozenset(("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"))
_STDIN_NAME = "stdin"
_WRITER_TIMEOUT = 0.5  # seconds to wait until a program writes to a pipe
_POLL_INTERVAL = 50  # milliseconds


def resolve_sources(names: Sequence[str]) -> list[Path | ImportText]:
    """Resolve names to paths; standard input and pipes are read at once, to the end.

    Raises:
        BadInputError: standard input is closed, or a pipe cannot be read or is too large.
    """
    return [_source(name) for name in names]


def reads_terminal(names: Sequence[str]) -> bool:
    """Whether one of the names reads from the keyboard."""
    return any(name in _STANDARD_INPUT for name in names) and sys.stdin is not None and sys.stdin.isatty()


def _source(name: str) -> Path | ImportText:
    if name in _STANDARD_INPUT and (name == "-" or not _is_regular(name)):
        if sys.stdin is None:
            raise BadInputError("standard input is closed", "specify a file, or pipe the input")
        return read_stream(_STDIN_NAME, sys.stdin.buffer)
    path = Path(name)
    if not _is_pipe(name):
        return path
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as stream:
            first = _await_writer(handle, name)
            os.set_blocking(handle, True)
            rest = read_stream("pipe" if path.name.isdecimal() else path.name, stream)
            return ImportText(rest.name, first + rest.data)
    except OSError as error:
        raise BadInputError(f"cannot read {name}: {(error.strerror or str(error)).lower()}") from error


def _await_writer(handle: int, name: str) -> bytes:
    """Wait briefly until a program has opened a pipe for writing or has written to it; return what was read.

    Raises:
        BadInputError: no program writes to the pipe, and reading it would block for ever.
    """
    ready = select.poll()
    ready.register(handle, select.POLLIN)
    until = time.monotonic() + _WRITER_TIMEOUT
    while time.monotonic() < until:
        if ready.poll(_POLL_INTERVAL):
            return b""
        try:
            if first := os.read(handle, 1):
                return first
        except BlockingIOError:  # open for writing, and empty so far
            return b""
    raise BadInputError(
        f"{name} is a pipe that no program is writing to", "specify a file, or pipe the input and use -"
    )


def _is_regular(name: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(name).st_mode)  # noqa: PTH116 - as below
    except (OSError, ValueError):
        return False


def _is_pipe(name: str) -> bool:
    try:
        return stat.S_ISFIFO(os.stat(name).st_mode)  # noqa: PTH116 - a name may contain a null character
    except (OSError, ValueError):
        return False
