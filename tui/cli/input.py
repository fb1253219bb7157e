"""What a command line names to be read: files, standard input, and pipes such as ``<(command)`` gives."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import BadInputError
from tui.session.incoming import ImportText, read_stream

if TYPE_CHECKING:
    from collections.abc import Sequence

_STANDARD_INPUT = frozenset(("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"))
_NAME = "stdin"


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
        with path.open("rb") as stream:
            return read_stream("pipe" if path.name.isdecimal() else path.name, stream)
    except OSError as error:
        raise BadInputError(f"{name} cannot be read: {(error.strerror or str(error)).lower()}") from error


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
