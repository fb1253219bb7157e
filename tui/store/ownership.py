"""Whether a file is one of the store, by whatever name: what an export must never be written over."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.store import disk

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_of_store(data: Path, target: Path) -> bool:
    """Whether a file lies in a data folder, or is a file of it through a symbolic or a hard link.

    Args:
        data: the data folder.
        target: the file, which need not exist.
    """
    place = Path(os.path.realpath(target))
    if any(_is_same(folder, data) for folder in (place, *place.parents)):
        return True
    return any(
        _is_same(file, place) or (file.is_symlink() and place.is_relative_to(os.path.realpath(file)))
        for file in _files(data)
    )


def _is_same(one: Path, other: Path) -> bool:
    with suppress(OSError):
        return one.samefile(other)
    return False


def _files(data: Path) -> Iterator[Path]:
    with suppress(OSError):
        for folder in disk.folders_in(data):
            yield from folder.iterdir()
