"""Write an export to its file atomically, and never over an existing file without consent.

The text is written to a temporary file in the same folder, synced and renamed, and the folder is synced: after a
crash the target is the old file or the new one. A temporary file is locked while it is written, so that the next
export to the folder recognises and removes those left by killed processes.
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

_TEMPORARY_NAME = re.compile(r"\.readlist-[\da-f]{16}\.tmp", re.ASCII)
_HINTS = {
    errno.ENOENT: "create the folder first, or choose another one",
    errno.EACCES: "choose a folder you can write to",
    errno.EROFS: "choose a writable folder",
    errno.ENOSPC: "free some disk space (existing files are unchanged)",
}


def write_atomic(text: str, target: Path, *, force: bool) -> None:
    """Write a text to a file, and remove leftovers of killed exports from its folder.

    Args:
        text: what to write; UTF-8.
        target: the file. A symbolic link is followed if ``force`` is set.
        force: replace a file that exists.

    Raises:
        UsageError: the target exists and ``force`` is not set, is not a regular file, or belongs to another user.
        WriteError: the file cannot be written; it is unchanged.
    """
    write_file(text, target, force=force)
    clear_leftovers((target.resolve() if target.is_symlink() else target).parent)


def write_file(text: str, target: Path, *, force: bool, follow: bool = True) -> None:
    """Write a text to a file as ``write_atomic`` does, without removing leftovers.

    Args:
        text: what to write; UTF-8.
        target: the file.
        force: replace a file that exists.
        follow: whether a symbolic link is followed if ``force`` is set.

    Raises:
        UsageError, WriteError: as ``write_atomic`` does.
    """
    try:
        mode = _check_target(target, force=force, follow=follow)
        _replace(text.encode(), target.resolve() if target.is_symlink() else target, mode)
    except (OSError, ValueError) as error:
        hint = _HINTS.get(error.errno or 0, "") if isinstance(error, OSError) else ""
        raise WriteError(f"cannot write {str(target)!r}: {_reason(error)}", hint) from error


def clear_leftovers(folder: Path) -> None:
    """Remove temporary files left in a folder by killed exports; errors are ignored."""
    with suppress(OSError, ValueError):
        for path in folder.glob(".readlist-*.tmp"):
            if _TEMPORARY_NAME.fullmatch(path.name):
                # Another process may be writing it; the others are removed all the same.
                with suppress(OSError):
                    _remove_leftover(path)


def _remove_leftover(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        status = os.fstat(descriptor)
        if stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid():
            # A process that is still writing it holds the lock.
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
    finally:
        os.close(descriptor)


def _check_target(target: Path, *, force: bool, follow: bool) -> int | None:
    """Return the access mode of the file to replace, None if there is none; raise if it must not be replaced."""
    trusted_owners = (os.geteuid(), 0)
    if target.is_symlink():
        if not force:
            raise UsageError(f"{str(target)!r} is a symbolic link", "use --force to write to its target")
        if not follow or target.lstat().st_uid not in trusted_owners:
            raise UsageError(
                f"{str(target)!r} is a symbolic link{' owned by another user' if follow else ''}",
                "choose another file",
            )
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    mode = status.st_mode
    if stat.S_ISDIR(mode):
        raise UsageError(f"{str(target)!r} is a folder", "choose a file in it")
    if not stat.S_ISREG(mode):
        raise UsageError(f"{str(target)!r} is not a regular file", "omit the file name to print to standard output")
    if not force:
        raise UsageError(f"{str(target)!r} already exists", "use --force to replace it")
    if os.geteuid() and status.st_uid != os.geteuid():
        raise UsageError(f"{str(target)!r} belongs to another user", "choose another file")
    return stat.S_IMODE(mode)


def _replace(content: bytes, target: Path, mode: int | None) -> None:
    temporary, descriptor = _open_temporary(target)
    try:
        with os.fdopen(descriptor, "wb") as file:
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _open_temporary(target: Path) -> tuple[Path, int]:
    """A new file in the folder of the target, locked while it is open if the file system has locks."""
    while True:
        temporary = target.with_name(f".readlist-{secrets.token_hex(8)}.tmp")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(temporary, flags, 0o666)
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return temporary, descriptor
        # Another export has just removed it as a leftover.
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable; file systems that cannot sync a folder do that by themselves."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return "a file name cannot contain a null character" if "null" in str(error) else str(error)
