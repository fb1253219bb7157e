"""What is left of a bug: a private file that says where it happened, and holds nothing of what the user wrote."""

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


def write_crash_log(fault: BaseException, verb: str, folder: Path | None) -> Path | None:
    """Write a crash log that only the user can read.

    The messages of exceptions, the arguments and the local variables stay out: any of them may quote a note.

    Args:
        fault: what was raised.
        verb: the verb that was running; empty for the screen.
        folder: where the log shall lie; the folder for temporary files takes its place where it is not known or
            cannot be written.

    Returns:
        The file, or None where neither folder takes one.
    """
    text = "".join(_report(fault, verb))
    name = f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.log"
    for place in (folder, Path(tempfile.gettempdir())):
        if place is None:
            continue
        path = place / name
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(text)
        except OSError:
            continue
        return path
    return None


def _report(fault: BaseException, verb: str) -> Iterator[str]:
    yield f"readlist {__version__} {verb or '(screen)'}\n"
    yield f"Python {platform.python_version()} on {platform.platform()}\n"
    seen: set[int] = set()
    current: BaseException | None = fault
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield f"\n{type(current).__module__}.{type(current).__qualname__} (no message: it may quote a note)\n"
        yield from traceback.format_tb(current.__traceback__)
        current = current.__cause__ or current.__context__
