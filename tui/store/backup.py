"""Rolling copies of the checkpoint, each verified by reading it back.

A failed backup never fails the operation that it follows.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.errors import ReadlistError, StoreDamagedError
from tui.store import checkpoint, disk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

KEEP = 10


def folder_of(path: Path) -> Path:
    """The folder of the backups of a store file."""
    return path.parent / "backups"


def list_backups(path: Path) -> tuple[Path, ...]:
    """The backups of a store file, newest first. Files with other names in their folder are ignored."""
    pattern = re.compile(rf"{re.escape(path.stem)}-\d{{12,}}{re.escape(path.suffix)}", re.ASCII)
    found = (file for file in folder_of(path).glob(f"{path.stem}-*{path.suffix}") if pattern.fullmatch(file.name))
    return tuple(sorted(found, key=number_of, reverse=True))


def number_of(file: Path) -> int:
    """The sequence number in the name of a backup."""
    return int(file.stem.rpartition("-")[2])


def create(path: Path, sequence: int, parts: Sequence[bytes], *, keep: int | None = KEEP) -> tuple[str, ...]:
    """Copy a checkpoint that was just written, and remove the oldest backups.

    Args:
        path: the store file.
        sequence: number of the last transaction in it.
        parts: its bytes.
        keep: how many backups to keep; all of them when None.

    Returns:
        A warning, if the backup failed.
    """
    file = folder_of(path) / f"{path.stem}-{sequence:012d}{path.suffix}"
    try:
        disk.make_folder(file.parent)
        disk.replace(file, parts)
        if disk.read(file) != b"".join(parts):
            raise StoreDamagedError(f"{file} differs from what was written to it")
    except (OSError, ReadlistError) as error:
        return (f"cannot make a backup: {error}",)
    for old in list_backups(path)[keep:] if keep else ():
        with suppress(OSError):
            disk.remove(old)
    return ()


def highest_sequence(path: Path) -> int:
    """The highest sequence number in the name of any backup, sound or not; 0 without backups."""
    return max(map(number_of, list_backups(path)), default=0)


def find_newer(path: Path, sequence: int) -> tuple[Path, checkpoint.Header] | None:
    """The newest sound backup of a store file that goes beyond a sequence number.

    Raises:
        NewerStoreError: a newer program wrote it.
    """
    for file in list_backups(path):
        if number_of(file) <= sequence:
            break
        header = read_header(file)
        if header is not None and header.sequence > sequence:
            return file, header
    return None


def find_of_another_store(path: Path, store: str) -> Path | None:
    """The newest backup, if it is sound and does not belong to the store with this id."""
    for file in list_backups(path)[:1] if store else ():
        start = b""
        with suppress(ReadlistError):
            start = disk.read(file, limit=checkpoint.HEADER_LIMIT) or b""
        if checkpoint.unverified_store_id(start) not in ("", store) and read_header(file) is not None:
            return file
    return None


def read_header(file: Path) -> checkpoint.Header | None:
    """The header of a backup; None if it is damaged or cannot be read.

    Raises:
        NewerStoreError: a newer program wrote it.
    """
    try:
        return checkpoint.verify(disk.read(file) or b"", file)
    except checkpoint.NewerStoreError:
        raise
    except ReadlistError:
        return None
