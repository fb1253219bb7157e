"""Whether a path leads to a file of the store, under any name: an export must never overwrite one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.store import disk

if TYPE_CHECKING:
    from collections.abc import Iterator


def belongs_to_store(data: Path, target: Path) -> bool:
    """Whether a file is in a data folder, or is one of its files through a symbolic or hard link.

    Args:
        data: the data folder.
        target: the file, which need not exist.
    """
    path = Path(os.path.realpath(target))
    if any(_is_same(folder, data) for folder in (path, *path.parents)):
        return True
    return any(
        _is_same(file, path) or (file.is_symlink() and path.is_relative_to(os.path.realpath(file)))
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
