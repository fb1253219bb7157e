"""Rolling copies of the checkpoint, each verified by reading it back.

A failing backup never fails what it follows. Must not know what the checkpoint holds.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tui.errors import ReadlistError, StoreDamagedError
from tui.library import checkpoint, disk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

KEPT = 10


def folder_of(path: Path) -> Path:
    """The folder that keeps the backups of a store file."""
    return path.parent / "backups"


def present(path: Path) -> tuple[Path, ...]:
    """The backups of a store file, newest first."""
    return tuple(sorted(folder_of(path).glob(f"{path.stem}-*{path.suffix}"), reverse=True))


def take(path: Path, sequence: int, parts: Sequence[bytes]) -> tuple[str, ...]:
    """Keep a copy of a checkpoint just written, and let the oldest go.

    Args:
        path: the store file.
        sequence: number of the last transaction in it.
        parts: its bytes.

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
    for old in present(path)[KEPT:]:
        with suppress(OSError):
            disk.remove(old)
    return ()


def latest(path: Path) -> int:
    """The highest number of a transaction that a backup, sound or not, is named by; 0 where there is none."""
    numbers = (place.stem.removeprefix(f"{path.stem}-") for place in present(path))
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


def newest_good(path: Path) -> tuple[Path, checkpoint.Checkpoint] | None:
    """The newest backup that verifies.

    Raises:
        StoreDamagedError: the system refuses to read one, which says nothing of what it holds.
    """
    for place in present(path):
        whole = disk.read(place) or b""
        with suppress(ReadlistError):
            return place, checkpoint.unpack(whole, place)
    return None
