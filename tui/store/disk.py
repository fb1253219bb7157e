"""All calls to the operating system that the store makes, in one place so that tests can inject faults.

Files are replaced whole (a temporary file is written, synced and renamed, then the folder is synced) or appended to;
nothing is ever rewritten in place.
"""

# pathlib would hide which call is made when; here each of them can be made to fail.
# ruff: noqa: PTH102, PTH105, PTH108, PTH116

from __future__ import annotations

import errno
import fcntl
import os
import re
import stat
import time
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import StoreDamagedError, WriteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TEMPORARY_SUFFIX = ".tmp"
_TEMPORARY_NAME = re.compile(r"\..+\.\d+-[\da-f]{8}\.tmp", re.ASCII | re.DOTALL)
#: The note in the lock file is shorter than this many bytes.
NOTE_LIMIT = 100
_MOVE_AWAY_HINT = "move or rename it, because the store needs that name (nothing was changed)"
_NO_SPACE = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_NO_PERMISSION = frozenset((errno.EACCES, errno.EPERM, errno.EROFS))
# macOS: fsync passes the data to the drive, but does not wait until the drive has written it.
_FULL_SYNC: int | None = getattr(fcntl, "F_FULLFSYNC", None)


@contextmanager
def translate_errors(path: Path) -> Iterator[None]:
    """Translate errors of the system while ``path`` is written.

    Raises:
        WriteError: naming the file and the reason.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _NO_SPACE:
            hint = "free some disk space and try again (nothing was changed)"
        elif error.errno in _NO_PERMISSION:
            hint = "make the file and its folder writable, or choose another folder with --data (nothing was changed)"
        else:
            hint = "the disk may be failing: first copy the data folder to a safe place (nothing was changed)"
        raise WriteError(f"cannot write {path}: {_reason(error)}", hint) from error


def _reason(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__


def read(path: Path, start: int = 0, limit: int | None = None) -> bytes | None:
    """Read the bytes of a file; None if there is no such file.

    Args:
        path: a regular file, or a symbolic link to one.
        start: offset in bytes to begin at.
        limit: at most this many bytes; all of them when None.

    Raises:
        StoreDamagedError: the system refuses to read it.
        WriteError: it is not a regular file.
    """
    try:
        # Without O_NONBLOCK a pipe with that name would block the program.
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise WriteError(
                    f"{path} is not a regular file", "move or rename it, because the store needs that name"
                )
            if start:
                os.lseek(handle, start, os.SEEK_SET)
            if limit is not None:
                return os.read(handle, limit)
            parts = []
            while part := os.read(handle, max(status.st_size - start + 1, 1 << 16)):
                parts.append(part)
            return b"".join(parts)
        finally:
            close(handle)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreDamagedError(
            f"cannot read {path}: {_reason(error)}", "check the file and its permissions (nothing was changed)"
        ) from error


def close(handle: int) -> None:
    """Close a handle. Errors are ignored: everything written to it has been synced."""
    with suppress(OSError):
        os.close(handle)


def is_writable(path: Path) -> bool:
    """Whether ``path`` may be written, or created if it is missing.

    Missing write permission is respected even for root, whom the system would let write.
    """
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return path != path.parent and is_writable(path.parent)
    except OSError:
        return False
    return bool(mode & 0o222) and os.access(path, os.W_OK)


def make_folder(path: Path) -> None:
    """Create a folder that only its owner can enter, with its parents."""
    if path.is_dir():
        return
    make_folder(path.parent)
    with suppress(FileExistsError):
        os.mkdir(path, 0o700)
    sync_folder(path.parent)


def replace(path: Path, parts: Iterable[bytes], *, follow: bool = False) -> None:
    """Replace the contents of a file, atomically.

    After an error when the folder is synced, the file has its new contents: read it again after any error.

    Args:
        path: the file.
        parts: its bytes.
        follow: whether to keep a symbolic link and replace the file that it points to; otherwise the link itself is
            replaced.

    Raises:
        OSError: the file has its old or its new contents, never a mixture.
    """
    target = Path(os.path.realpath(path)) if follow else path
    temporary = target.with_name(f".{target.name}.{os.getpid()}-{os.urandom(4).hex()}{_TEMPORARY_SUFFIX}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        try:
            with suppress(FileNotFoundError):
                status = os.stat(target, follow_symlinks=False)
                if stat.S_ISREG(status.st_mode):
                    os.fchmod(handle, stat.S_IMODE(status.st_mode))
            for part in parts:
                write(handle, part)
            sync(handle)
        finally:
            close(handle)
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    sync_folder(target.parent)


def write(handle: int, data: bytes) -> None:
    """Write all of ``data``; the system may need several calls."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def sync(handle: int) -> None:
    """Wait until the file's data is on the disk. After an error the handle must not be synced again: the second call
    would report success for data that is lost (PostgreSQL's "fsyncgate").
    """
    if _FULL_SYNC is not None:
        fcntl.fcntl(handle, _FULL_SYNC)
    else:
        os.fsync(handle)


def sync_folder(path: Path) -> None:
    """Wait until the names in a folder are on the disk (fsync(2): "for that an explicit fsync … is also needed")."""
    handle = open_folder(path)
    try:
        os.fsync(handle)
    finally:
        close(handle)


def create(path: Path, data: bytes) -> None:
    """Create a new file durably.

    Raises:
        FileExistsError: there is already a file with that name.
        OSError: the disk refused; there may be an incomplete file.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        write(handle, data)
        sync(handle)
    finally:
        close(handle)
    sync_folder(path.parent)


def open_for_appending(path: Path) -> int:
    """Open an existing file so that writes go to its end.

    Raises:
        WriteError: it is not a regular file, or belongs to another user.
    """
    return _require_own(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC | os.O_NONBLOCK), path)


def _require_own(handle: int, path: Path) -> int:
    """The handle, if it is of a regular file that belongs to the current user.

    Raises:
        WriteError: it is something else and is left as it is; the handle is closed.
    """
    status, user = os.fstat(handle), os.geteuid()
    if not stat.S_ISREG(status.st_mode):
        problem = "is not a regular file"
    elif user and status.st_uid != user:
        problem = "belongs to another user"
    else:
        return handle
    close(handle)
    raise WriteError(f"{path} {problem}", _MOVE_AWAY_HINT)


def has_another_name(handle: int) -> bool:
    """Whether an open file has hard links: the file under the other name must not change with this one."""
    return os.fstat(handle).st_nlink > 1


def size(handle: int) -> int:
    """Length in bytes of an open file."""
    return os.fstat(handle).st_size


def truncate(handle: int, end: int) -> None:
    """Shorten an open file to ``end`` bytes."""
    os.ftruncate(handle, end)


def age(path: Path) -> float:
    """Seconds since a file was last written; 0 if there is none."""
    try:
        return time.time() - os.stat(path).st_mtime
    except OSError:
        return 0.0


def is_open_at(handle: int, path: Path) -> bool:
    """Whether ``path`` still names the file that the handle has open."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except OSError:
        return False


def rename(old: Path, new: Path) -> None:
    """Rename a file in its folder, durably."""
    os.replace(old, new)
    sync_folder(new.parent)


def remove(path: Path) -> None:
    """Remove a file, if it exists."""
    with suppress(FileNotFoundError):
        os.unlink(path)


def leftovers(folder: Path, prefix: str = "") -> tuple[Path, ...]:
    """Temporary files of a process that died before it renamed them. Only the holder of the lock may remove them.

    Args:
        folder: where to look.
        prefix: start of the name of the file that they were to replace.
    """
    pattern = f".{escape(prefix)}*{_TEMPORARY_SUFFIX}"
    return tuple(sorted(path for path in folder.glob(pattern) if _TEMPORARY_NAME.fullmatch(path.name)))


def clear_leftovers(folder: Path, prefix: str = "") -> None:
    """Remove the files that :func:`leftovers` finds; by the holder of the lock."""
    for path in leftovers(folder, prefix):
        with suppress(OSError):
            remove(path)


def folders_in(folder: Path) -> tuple[Path, ...]:
    """A folder and its direct subfolders, without symbolic links."""
    inner = (path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()) if folder.is_dir() else ()
    return (folder, *sorted(inner))


def exposed(folder: Path) -> tuple[str, ...]:
    """Warnings about folders that other users can change: the folder itself and its direct subfolders."""
    warnings, user = [], os.geteuid()
    for path in folders_in(folder):
        try:
            status = os.stat(path)
        except OSError:
            continue
        # On systems with a private group for each user, the group has the number of the user.
        is_group_writable = status.st_mode & stat.S_IWGRP and status.st_gid != status.st_uid
        if user and status.st_uid not in (user, 0):
            warnings.append(f"{path} belongs to another user, who can change its contents")
        elif status.st_mode & stat.S_IWOTH or is_group_writable:
            warnings.append(f"other users can write to {path} (`chmod go-w` prevents it)")
    return tuple(warnings)


def next_free(path: Path, kind: str) -> Path:
    """The first unused name ``<path>.<kind>-<n>``, counting n from 1."""
    number = 1
    while os.path.lexists(unused := path.with_name(f"{path.name}.{kind}-{number}")):
        number += 1
    return unused


def open_lock(path: Path) -> int:
    """Open the lock file; create it if it is missing.

    Raises:
        WriteError: it is a symbolic link, not a regular file, or belongs to another user.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK, 0o600)
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        raise WriteError(f"{path} is a symbolic link", _MOVE_AWAY_HINT) from error
    return _require_own(handle, path)


def open_folder(path: Path) -> int:
    """Open a folder."""
    return os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def try_lock(handle: int) -> bool:
    """Acquire the exclusive lock if it is free (flock(2): the kernel releases it when its holder dies)."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for_lock(handle: int) -> None:
    """Wait for the exclusive lock; return also if the file system has no locks. The kernel serves in order."""
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_EX)


def unlock(handle: int) -> None:
    """Release the lock."""
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_UN)


def read_lock_note(handle: int) -> bytes:
    """The note in the lock file; empty if it cannot be read."""
    try:
        return os.pread(handle, NOTE_LIMIT, 0)
    except OSError:
        return b""


def write_lock_note(handle: int, note: bytes, *, shorten: bool) -> None:
    """Write one line into the lock file. Errors are ignored: no data depends on it, so a full disk does not matter.

    Args:
        handle: of the lock file.
        note: the line.
        shorten: whether the old note is longer, so that its end has to be cut off.
    """
    with suppress(OSError):
        # The line first: a process that dies in between leaves a line with trailing bytes, and not an empty file.
        os.pwrite(handle, note, 0)
        if shorten:
            os.ftruncate(handle, len(note))
