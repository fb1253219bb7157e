"""Writing an export to its file: whole or not at all, and never over a file without consent.

Written aside in the same folder, synced, moved into place, the folder synced: after a crash the target is the old
file or the new one. A file aside is locked as long as it is written, so that one left by a run that was killed is
recognised by the next export to that folder, and removed.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import secrets
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.errors import UsageError, WriteError

if TYPE_CHECKING:
    from pathlib import Path

_ASIDE = re.compile(r"\.readlist-[\da-f]{16}\.tmp", re.ASCII)
_HINTS = {
    errno.ENOENT: "Make the folder first, or choose another one.",
    errno.EACCES: "Choose a folder that is yours.",
    errno.EROFS: "Choose a folder that can be written to.",
    errno.ENOSPC: "Make room on the disk; what was there before is untouched.",
}


def write_atomic(text: str, target: Path, *, force: bool) -> None:
    """Write the text to the target.

    Args:
        text: what to write; UTF-8.
        target: the file. A symbolic link is followed if ``force`` is set.
        force: replace a file that exists.

    Raises:
        UsageError: the target exists and ``force`` is not set, is no regular file, or belongs to another user.
        CannotWriteError: the disk refused; the target is as it was.
    """
    put(text, target, force=force)
    clear_leftovers((target.resolve() if target.is_symlink() else target).parent)


def put(text: str, target: Path, *, force: bool, follow: bool = True) -> None:
    """Write the text to the target, as ``save`` does, and leave its folder as it is.

    Args:
        text: what to write; UTF-8.
        target: the file.
        force: replace a file that exists.
        follow: whether a symbolic link is followed if ``force`` is set.

    Raises:
        UsageError, CannotWriteError: as ``save`` does.
    """
    try:
        mode = _consent(target, force=force, follow=follow)
        _replace(text.encode(), target.resolve() if target.is_symlink() else target, mode)
    except (OSError, ValueError) as fault:
        hint = _HINTS.get(fault.errno or 0, "") if isinstance(fault, OSError) else ""
        raise WriteError(f"{str(target)!r} could not be written: {_reason(fault)}.", hint) from fault


def clear_leftovers(folder: Path) -> None:
    """Remove the files that exports to a folder left aside when they were killed. A failure is no reason to stop."""
    with suppress(OSError, ValueError):
        for path in folder.glob(".readlist-*.tmp"):
            if _ASIDE.fullmatch(path.name):
                _remove_leftover(path)


def _remove_leftover(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        status = os.fstat(descriptor)
        if stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid():
            # Whoever is still writing it holds the lock.
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
    finally:
        os.close(descriptor)


def _consent(target: Path, *, force: bool, follow: bool) -> int | None:
    """Return the access mode of the file to be replaced, None where there is none; raise where it must not be."""
    ours = (os.geteuid(), 0)
    if target.is_symlink():
        if not force:
            raise UsageError(f"{str(target)!r} is a symbolic link.", "Use --force to write to where it points.")
        if not follow or target.lstat().st_uid not in ours:
            raise UsageError(
                f"{str(target)!r} is a symbolic link{' of another user' if follow else ''}.", "Name another file."
            )
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    mode = status.st_mode
    if stat.S_ISDIR(mode):
        raise UsageError(f"{str(target)!r} is a folder.", "Name a file in it.")
    if not stat.S_ISREG(mode):
        raise UsageError(f"{str(target)!r} is not a regular file.", "Leave out the file name to print to stdout.")
    if not force:
        raise UsageError(f"{str(target)!r} exists already.", "Use --force to replace it.")
    if os.geteuid() and status.st_uid != os.geteuid():
        raise UsageError(f"{str(target)!r} belongs to another user.", "Name another file.")
    return stat.S_IMODE(mode)


def _replace(content: bytes, target: Path, mode: int | None) -> None:
    aside, descriptor = _open_aside(target)
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


def _open_aside(target: Path) -> tuple[Path, int]:
    """A new file beside the target, locked as long as it is open, where the file system has locks."""
    while True:
        aside = target.with_name(f".readlist-{secrets.token_hex(8)}.tmp")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(aside, flags, 0o666)
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return aside, descriptor
        # Another export has just taken it for a leftover.
        os.close(descriptor)


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
