"""Writing an export to its file: whole or not at all, and never over a file without consent.

Written aside in the same folder, synced, moved into place, the folder synced: after a crash the target is the old
file or the new one.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.errors import CannotWriteError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

_HINTS = {
    errno.ENOENT: "Make the folder first, or choose another one.",
    errno.EACCES: "Choose a folder that is yours.",
    errno.EROFS: "Choose a folder that can be written to.",
    errno.ENOSPC: "Make room on the disk; what was there before is untouched.",
}


def save(text: str, target: Path, *, force: bool) -> None:
    """Write the text to the target.

    Args:
        text: what to write; UTF-8.
        target: the file. A symbolic link is followed if ``force`` is set.
        force: replace a file that exists.

    Raises:
        UsageError: the target exists and ``force`` is not set, or is no regular file.
        CannotWriteError: the disk refused; the target is as it was.
    """
    try:
        mode = _consent(target, force=force)
        _replace(text.encode(), target.resolve() if target.is_symlink() else target, mode)
    except (OSError, ValueError) as fault:
        hint = _HINTS.get(fault.errno or 0, "") if isinstance(fault, OSError) else ""
        raise CannotWriteError(f"{str(target)!r} could not be written: {_reason(fault)}.", hint) from fault


def _consent(target: Path, *, force: bool) -> int | None:
    """Return the access mode of the file to be replaced, None where there is none; raise where it must not be."""
    if target.is_symlink() and not force:
        raise UsageError(f"{str(target)!r} is a symbolic link.", "Use --force to write to where it points.")
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise UsageError(f"{str(target)!r} is a folder.", "Name a file in it.")
    if not stat.S_ISREG(mode):
        raise UsageError(f"{str(target)!r} is not a regular file.", "Leave out the file name to print to stdout.")
    if not force:
        raise UsageError(f"{str(target)!r} exists already.", "Use --force to replace it.")
    return stat.S_IMODE(mode)


def _replace(content: bytes, target: Path, mode: int | None) -> None:
    aside = target.with_name(f".readlist-{secrets.token_hex(8)}.tmp")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    except BaseException:
        with suppress(OSError):
            aside.unlink()
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name last; some file systems cannot sync a folder, and then the name lasts by itself."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _reason(fault: OSError | ValueError) -> str:
    if isinstance(fault, OSError):
        return (fault.strerror or str(fault)).lower()
    return "its name holds a sign that no file name can hold" if "null" in str(fault) else str(fault)
