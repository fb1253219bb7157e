"""Every call to the operating system that the store is made of, so that faults can be injected in one place.

Must not know what the bytes mean. Files are replaced whole (written aside, synced, renamed, the folder synced) or
appended to; nothing is ever rewritten in place.
"""

# pathlib would hide which call is made when; here every one of them can be made to fail.
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

_ASIDE = ".tmp"
_WRITTEN_ASIDE = re.compile(r"\..+\.\d+-[\da-f]{8}\.tmp", re.ASCII | re.DOTALL)
#: A note in the lock file is shorter than so many bytes.
NOTE_LIMIT = 100
_NO_SPACE = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_NO_PERMISSION = frozenset((errno.EACCES, errno.EPERM, errno.EROFS))
# macOS: fsync hands the data to the drive and does not wait until it is on it.
_FULL_SYNC: int | None = getattr(fcntl, "F_FULLFSYNC", None)


@contextmanager
def translate_errors(path: Path) -> Iterator[None]:
    """Turn what the system says while ``path`` is written into one sentence.

    Raises:
        CannotWriteError: naming the file and the reason.
    """
    try:
        yield
    except OSError as fault:
        if fault.errno in _NO_SPACE:
            hint = "Nothing was changed. Make room on the disk, then try again."
        elif fault.errno in _NO_PERMISSION:
            hint = "Nothing was changed. Make the file and its folder writable, or choose another folder with --data."
        else:
            hint = "Nothing was changed. The disk may be failing: copy the data folder to a safe place first."
        raise WriteError(f"{path} could not be written: {_reason(fault)}.", hint) from fault


def _reason(fault: OSError) -> str:
    return fault.strerror or str(fault) or type(fault).__name__


def read(path: Path, start: int = 0, limit: int | None = None) -> bytes | None:
    """The bytes of a file, or None where there is no such file.

    Args:
        path: a regular file, or a symbolic link to one.
        start: offset in bytes to begin at.
        limit: at most so many bytes; all of them when None.

    Raises:
        StoreDamagedError: the system refuses to read it.
        CannotWriteError: it is no regular file.
    """
    try:
        # Without O_NONBLOCK a pipe of that name would hang the program.
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise WriteError(f"{path} is no regular file.", "Move it away; the store needs that name.")
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
    except OSError as fault:
        raise StoreDamagedError(
            f"{path} could not be read: {_reason(fault)}.", "Nothing was changed. Check the file and its permissions."
        ) from fault


def close(handle: int) -> None:
    """Give a handle back; what was written has been synced, so nothing hangs on the outcome."""
    with suppress(OSError):
        os.close(handle)


def is_writable(path: Path) -> bool:
    """Whether ``path`` may be written, or made where it is missing.

    A file or folder whose write permission was taken away is respected also for root, whom the system lets write.
    """
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return path != path.parent and is_writable(path.parent)
    except OSError:
        return False
    return bool(mode & 0o222) and os.access(path, os.W_OK)


def make_folder(path: Path) -> None:
    """Make a folder that only its owner can enter, with the folders above it."""
    if path.is_dir():
        return
    make_folder(path.parent)
    with suppress(FileExistsError):
        os.mkdir(path, 0o700)
    sync_folder(path.parent)


def replace(path: Path, parts: Iterable[bytes], *, follow: bool = False) -> None:
    """Put new contents in place of a file, all or nothing.

    An error after the rename (of the folder's sync) leaves the new contents: read the file again after any error.

    Args:
        path: the file.
        parts: its bytes.
        follow: whether a symbolic link stays and the file that it leads to is replaced; otherwise the link itself is
            replaced.

    Raises:
        OSError: the file is as it was, or new, never mixed.
    """
    target = Path(os.path.realpath(path)) if follow else path
    aside = target.with_name(f".{target.name}.{os.getpid()}-{os.urandom(4).hex()}{_ASIDE}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
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
        os.replace(aside, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(aside)
        raise
    sync_folder(target.parent)


def write(handle: int, data: bytes) -> None:
    """Write all of ``data``; the system may take it in several bites."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def sync(handle: int) -> None:
    """Return when the file's data is on the disk. After an error the handle must not be synced again: the second call
    would report success for data that is lost (PostgreSQL's "fsyncgate").
    """
    if _FULL_SYNC is not None:
        fcntl.fcntl(handle, _FULL_SYNC)
    else:
        os.fsync(handle)


def sync_folder(path: Path) -> None:
    """Return when the names in a folder are on the disk (fsync(2): "for that an explicit fsync … is also needed")."""
    handle = open_folder(path)
    try:
        os.fsync(handle)
    finally:
        close(handle)


def create(path: Path, data: bytes) -> None:
    """Make a new file durably.

    Raises:
        FileExistsError: the name is taken.
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
    """A handle whose writes go to the end of an existing file.

    Raises:
        CannotWriteError: it is no file of one's own.
    """
    return _own(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC | os.O_NONBLOCK), path)


def _own(handle: int, path: Path) -> int:
    """The handle, if it is of a regular file that belongs to who runs the program.

    Raises:
        CannotWriteError: it is something else, and is left as it is; the handle is closed.
    """
    status, user = os.fstat(handle), os.geteuid()
    if not stat.S_ISREG(status.st_mode):
        what = "is no regular file"
    elif user and status.st_uid != user:
        what = "belongs to another user"
    else:
        return handle
    close(handle)
    raise WriteError(f"{path} {what}.", "Nothing was changed. Move it away; the store needs that name.")


def has_another_name(handle: int) -> bool:
    """Whether an open file is also a file elsewhere (a hard link), which must not change with this one."""
    return os.fstat(handle).st_nlink > 1


def size(handle: int) -> int:
    """Length in bytes of an open file."""
    return os.fstat(handle).st_size


def truncate(handle: int, end: int) -> None:
    """Shorten an open file to ``end`` bytes."""
    os.ftruncate(handle, end)


def age(path: Path) -> float:
    """Seconds since a file was last written; 0 where there is none."""
    try:
        return time.time() - os.stat(path).st_mtime
    except OSError:
        return 0.0


def is_open_at(handle: int, path: Path) -> bool:
    """Whether ``path`` still names the file behind the handle."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except OSError:
        return False


def rename(old: Path, new: Path) -> None:
    """Give a file another name in its folder, durably."""
    os.replace(old, new)
    sync_folder(new.parent)


def remove(path: Path) -> None:
    """Remove a file that may be gone already."""
    with suppress(FileNotFoundError):
        os.unlink(path)


def leftovers(folder: Path, of: str = "") -> tuple[Path, ...]:
    """Files written aside by a run that died before it renamed them. Only the holder of the lock may remove them.

    Args:
        folder: where to look.
        of: the beginning of the name of the file that they were to become.
    """
    found = (path for path in folder.glob(f".{escape(of)}*{_ASIDE}") if _WRITTEN_ASIDE.fullmatch(path.name))
    return tuple(sorted(found))


def clear_leftovers(folder: Path, of: str = "") -> None:
    """Remove what :func:`leftovers` finds, by the holder of the lock."""
    for path in leftovers(folder, of):
        with suppress(OSError):
            remove(path)


def folders_in(folder: Path) -> tuple[Path, ...]:
    """A folder and those directly in it, without symbolic links."""
    inner = (path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()) if folder.is_dir() else ()
    return (folder, *sorted(inner))


def exposed(folder: Path) -> tuple[str, ...]:
    """Which folders other users could change something in, a sentence each: the folder itself or one in it."""
    found, user = [], os.geteuid()
    for place in folders_in(folder):
        try:
            status = os.stat(place)
        except OSError:
            continue
        # Where every user has a group of his own, it has his number, and opens the folder to nobody else.
        group = status.st_mode & stat.S_IWGRP and status.st_gid != status.st_uid
        if user and status.st_uid not in (user, 0):
            found.append(f"{place} belongs to another user, who can change what is in it.")
        elif status.st_mode & stat.S_IWOTH or group:
            found.append(f"Other users can write to {place}; `chmod go-w` on it keeps them out.")
    return tuple(found)


def next_free(path: Path, kind: str) -> Path:
    """The first name ``<path>.<kind>-<n>`` that is not taken, n counted from 1."""
    number = 1
    while os.path.lexists(found := path.with_name(f"{path.name}.{kind}-{number}")):
        number += 1
    return found


def open_lock(path: Path) -> int:
    """A handle of the lock file, made where it is missing.

    Raises:
        CannotWriteError: it is a symbolic link, or no file of one's own.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK, 0o600)
    except OSError as fault:
        if fault.errno != errno.ELOOP:
            raise
        raise WriteError(
            f"{path} is a symbolic link.", "Nothing was changed. Move it away; the store needs that name."
        ) from fault
    return _own(handle, path)


def open_folder(path: Path) -> int:
    """A handle of a folder."""
    return os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def try_lock(handle: int) -> bool:
    """Take the exclusive lock if nobody holds it (flock(2): the kernel gives it back when its holder dies)."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for_lock(handle: int) -> None:
    """Return when the exclusive lock is taken, or cannot be had at all. Who came first gets it first."""
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_EX)


def unlock(handle: int) -> None:
    """Give the lock back."""
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_UN)


def read_lock_note(handle: int) -> bytes:
    """The note in the lock file; empty where it cannot be read."""
    try:
        return os.pread(handle, NOTE_LIMIT, 0)
    except OSError:
        return b""


def write_lock_note(handle: int, note: bytes, *, cut: bool) -> None:
    """Write one line into the lock file. Nothing is lost where that fails, so a full disk does not matter.

    Args:
        handle: of the lock file.
        note: the line.
        cut: whether a longer one is there, whose rest has to go.
    """
    with suppress(OSError):
        # The line first: who dies in between leaves a line with a rest behind it, and not an empty file.
        os.pwrite(handle, note, 0)
        if cut:
            os.ftruncate(handle, len(note))
