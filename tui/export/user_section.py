"""The part of a file that belongs to a person: what stands below a marker line survives the next export.

Knows one file at a time, and nothing of papers.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.errors import UsageError, WriteError
from tui.export.atomic_write import clear_leftovers, put

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

USER_SECTION_MARKER = "<!-- yours: what you write below this line stays -->"
_SIZE_LIMIT = 10_000_000


def write_keeping_user_section(files: Mapping[str, str], folder: Path, *, force: bool) -> None:
    """Write files to a folder, each with what a person wrote below the marker of the file before it.

    Every file is looked at before the first is written.

    Args:
        files: name, a bare one, and text.
        folder: is made if it is missing.
        force: replace files that have no marker; what is in them is lost.

    Raises:
        UsageError: a file without marker is there and ``force`` is not set, or one is no regular file.
        CannotWriteError: the disk refused; files written before that stay written.
    """
    try:
        folder.mkdir(exist_ok=True)
    except OSError as fault:
        hint = "Name a folder, in one that exists."
        raise WriteError(f"The folder {str(folder)!r} cannot be made.", hint) from fault
    written = {
        name: f"{text}\n{USER_SECTION_MARKER}\n{_own_part(folder / name, force=force)}"
        for name, text in files.items()
    }
    clear_leftovers(folder)
    for name, text in written.items():
        put(text, folder / name, force=True, follow=False)


def _own_part(file: Path, *, force: bool) -> str:
    """What a person wrote in a file; empty where there is none."""
    text = _text_of(file)
    if text is None:
        return ""
    _, marker, below = text.partition(f"\n{USER_SECTION_MARKER}\n")
    if not marker and not force:
        hint = "Use --force to replace it, or name another folder."
        raise UsageError(f"{str(file)!r} was not written by readlist.", hint)
    return below


def _text_of(file: Path) -> str | None:
    """The text of a regular file, links not followed; None where there is no file."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(file, flags)
    except FileNotFoundError:
        return None
    except OSError as fault:
        what = "is a symbolic link" if fault.errno == errno.ELOOP else "cannot be read"
        raise UsageError(f"{str(file)!r} {what}.", "Take it away, or name another folder.") from fault
    with os.fdopen(descriptor, "rb") as opened:
        data = b""
        regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
        with suppress(OSError):
            data = opened.read(_SIZE_LIMIT + 1) if regular else b""
    if not regular or len(data) > _SIZE_LIMIT:
        raise UsageError(f"{str(file)!r} is no text file of ours.", "Take it away, or name another folder.")
    return data.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
