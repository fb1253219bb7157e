"""What a command line names to be read: files, standard input, and pipes such as ``<(command)`` gives."""

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
_NAME = "stdin"
_PATIENCE = 0.5  # seconds to wait for a program that is to write to a pipe
_INTERVAL = 50  # milliseconds


def sources(names: Sequence[str]) -> list[Path | ImportText]:
    """What the names stand for; pipes are read at once, to their ends.

    Raises:
        BadInputError: standard input is closed, or a pipe cannot be read or holds too much.
    """
    return [_source(name) for name in names]


def reads_terminal(names: Sequence[str]) -> bool:
    """Whether one of the names makes the program wait for somebody to type."""
    return any(name in _STANDARD_INPUT for name in names) and sys.stdin is not None and sys.stdin.isatty()


def _source(name: str) -> Path | ImportText:
    if name in _STANDARD_INPUT and (name == "-" or not _is_regular(name)):
        if sys.stdin is None:
            raise BadInputError("standard input is closed", "name a file, or pipe something in")
        return read_stream(_NAME, sys.stdin.buffer)
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
        raise BadInputError(f"{name} cannot be read: {(error.strerror or str(error)).lower()}") from error


def _await_writer(handle: int, name: str) -> bytes:
    """Wait a moment until a program has a pipe open for writing, or has written to it; what was read meanwhile.

    Raises:
        BadInputError: none does; without this a pipe that nobody writes to would be waited for without end.
    """
    ready = select.poll()
    ready.register(handle, select.POLLIN)
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if ready.poll(_INTERVAL):
            return b""
        try:
            if first := os.read(handle, 1):
                return first
        except BlockingIOError:  # it is open for writing, and empty so far
            return b""
    raise BadInputError(f"{name} is not a regular file, and nothing is written to it", "name a file, or pipe it in")


def _is_regular(name: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(name).st_mode)  # noqa: PTH116 - as below
    except (OSError, ValueError):
        return False


def _is_pipe(name: str) -> bool:
    try:
        return stat.S_ISFIFO(os.stat(name).st_mode)  # noqa: PTH116 - a name may hold a null character
    except (OSError, ValueError):
        return False
