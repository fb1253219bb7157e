"""Rolling copies of the checkpoint, each verified by reading it back.

A failing backup never fails what it follows. Must not know what the checkpoint holds.
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
    """The folder that keeps the backups of a store file."""
    return path.parent / "backups"


def list_backups(path: Path) -> tuple[Path, ...]:
    """The backups of a store file, newest first; a file of another name in their folder is none."""
    named = re.compile(rf"{re.escape(path.stem)}-\d{{12,}}{re.escape(path.suffix)}", re.ASCII)
    found = (place for place in folder_of(path).glob(f"{path.stem}-*{path.suffix}") if named.fullmatch(place.name))
    return tuple(sorted(found, key=number_of, reverse=True))


def number_of(place: Path) -> int:
    """The number of a transaction that a backup is named by."""
    return int(place.stem.rpartition("-")[2])


def create(path: Path, sequence: int, parts: Sequence[bytes], *, kept: int | None = KEEP) -> tuple[str, ...]:
    """Keep a copy of a checkpoint just written, and let the oldest go.

    Args:
        path: the store file.
        sequence: number of the last transaction in it.
        parts: its bytes.
        kept: how many may stay; all of them when None.

    Returns:
        What went wrong, in one sentence, if something did.
    """
    place = folder_of(path) / f"{path.stem}-{sequence:012d}{path.suffix}"
    try:
        disk.make_folder(place.parent)
        disk.replace(place, parts)
        if disk.read(place) != b"".join(parts):
            raise StoreDamagedError(f"{place} did not read back as it was written.")
    except (OSError, ReadlistError) as fault:
        return (f"No backup could be made: {fault}",)
    for old in list_backups(path)[kept:] if kept else ():
        with suppress(OSError):
            disk.remove(old)
    return ()


def highest_sequence(path: Path) -> int:
    """The highest number of a transaction that a backup, sound or not, is named by; 0 where there is none."""
    return max(map(number_of, list_backups(path)), default=0)


def newer(path: Path, sequence: int) -> tuple[Path, checkpoint.Heading] | None:
    """The newest sound backup of a store file that holds changes after the one of that number.

    Raises:
        NewerStoreError: a newer program wrote it.
    """
    for place in list_backups(path):
        if number_of(place) <= sequence:
            break
        found = verified(place)
        if found is not None and found.sequence > sequence:
            return place, found
    return None


def of_another_store(path: Path, store: str) -> Path | None:
    """The newest backup, if it is sound and belongs to another store than the one of that id."""
    for place in list_backups(path)[:1] if store else ():
        start = b""
        with suppress(ReadlistError):
            start = disk.read(place, limit=checkpoint.START) or b""
        if checkpoint.store_in(start) not in ("", store) and verified(place) is not None:
            return place
    return None


def verified(place: Path) -> checkpoint.Heading | None:
    """The heading of a backup; None where it is damaged or cannot be read.

    Raises:
        NewerStoreError: a newer program wrote it.
    """
    try:
        return checkpoint.verify(disk.read(place) or b"", place)
    except checkpoint.NewerStoreError:
        raise
    except ReadlistError:
        return None
