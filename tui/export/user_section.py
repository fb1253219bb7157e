"""The user's section of an exported file: text below a marker line is kept by the next export."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.errors import UsageError, WriteError
from tui.export.atomic_write import clear_leftovers, write_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

USER_SECTION_MARKER = "<!-- yours: what you write below this line stays -->"
_SIZE_LIMIT = 10_000_000


def write_keeping_user_section(files: Mapping[str, str], folder: Path, *, force: bool) -> None:
    """Write files to a folder, keeping what the user wrote below the marker of existing files.

    All existing files are checked before the first is written.

    Args:
        files: file name and text.
        folder: created if missing.
        force: replace files that have no marker; their text is lost.

    Raises:
        UsageError: a file without marker exists and ``force`` is not set, or is not a regular file.
        WriteError: a file cannot be written; those written before are kept.
    """
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        hint = "choose a folder inside an existing one"
        raise WriteError(f"cannot create the folder {str(folder)!r}", hint) from error
    written = {
        name: f"{text}\n{USER_SECTION_MARKER}\n{_user_section(folder / name, force=force)}"
        for name, text in files.items()
    }
    clear_leftovers(folder)
    for name, text in written.items():
        write_file(text, folder / name, force=True, follow=False)


def _user_section(file: Path, *, force: bool) -> str:
    """The user's section of a file; empty if there is none."""
    text = _text_of(file)
    if text is None:
        return ""
    _, marker, below = text.partition(f"\n{USER_SECTION_MARKER}\n")
    if not marker and not force:
        hint = "use --force to replace it, or choose another folder"
        raise UsageError(f"{str(file)!r} was not written by readlist", hint)
    return below


def _text_of(file: Path) -> str | None:
    """The text of a regular file, without following links; None if there is no file."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(file, flags)
    except FileNotFoundError:
        return None
    except OSError as error:
        problem = "is a symbolic link" if error.errno == errno.ELOOP else "cannot be read"
        raise UsageError(f"{str(file)!r} {problem}", "remove it, or choose another folder") from error
    with os.fdopen(descriptor, "rb") as opened:
        data = b""
        regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
        with suppress(OSError):
            data = opened.read(_SIZE_LIMIT + 1) if regular else b""
    if not regular or len(data) > _SIZE_LIMIT:
        raise UsageError(
            f"{str(file)!r} is not a text file written by readlist", "remove it, or choose another folder"
        )
    return data.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
