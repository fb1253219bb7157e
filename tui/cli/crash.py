"""Crash log: a private file with the place of an internal error and nothing that the user wrote."""

from __future__ import annotations

import os
import platform
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator


def write_crash_log(error: BaseException, subcommand: str, folder: Path | None) -> Path | None:
    """Write a crash log that only the user can read.

    Exception messages, arguments and local variables are omitted: any of them may quote a note.

    Args:
        error: what was raised.
        subcommand: the subcommand that was running; empty for the screen.
        folder: where to write the log; the folder for temporary files is used if it is unknown or not writable.

    Returns:
        The file, or None if it could not be written to either folder.
    """
    text = "".join(_report(error, subcommand))
    name = f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.log"
    for candidate in (folder, Path(tempfile.gettempdir())):
        if candidate is None:
            continue
        path = candidate / name
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(text)
        except OSError:
            continue
        return path
    return None


def _report(error: BaseException, subcommand: str) -> Iterator[str]:
    yield f"readlist {__version__} {subcommand or '(screen)'}\n"
    yield f"Python {platform.python_version()} on {platform.platform()}\n"
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield f"\n{type(current).__module__}.{type(current).__qualname__} (message omitted: it may quote a note)\n"
        yield from traceback.format_tb(current.__traceback__)
        current = current.__cause__ or current.__context__
