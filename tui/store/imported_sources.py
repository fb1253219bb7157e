"""The copies of imported pages. A copy counts only when a transaction takes it in.

An import that was interrupted leaves copies that none does; those are set aside under a name of their own, never
deleted. Must not know what a page says.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from tui.errors import StoreBusyError, WriteError
from tui.store import disk

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

_KIND = "stray"


def folder_of(data: Path) -> Path:
    """The folder of the copies."""
    return data / "pages"


def imported(tables: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> frozenset[str]:
    """The names of all pages that were ever taken in; one that was taken out again can be redone."""
    changes = tables.get("history", {}).values()
    return frozenset(tables.get("imports", ())).union(
        page for change in changes for page, _ in change.get("pages", ())
    )


def orphans(data: Path, names: Collection[str]) -> tuple[Path, ...]:
    """The copies that are not among ``names``."""
    folder = folder_of(data)
    # What lies where a link leads to may be anything.
    if not folder.is_dir() or folder.is_symlink():
        return ()
    leftovers = disk.leftovers(folder)
    found = (path for path in folder.iterdir() if path.is_file() and path not in leftovers)
    return tuple(sorted(path for path in found if path.name not in names))


def keep(data: Path, contents: Mapping[str, bytes], names: Collection[str]) -> None:
    """Keep copies, durably, and get strays out of the way; by the holder of the lock.

    Args:
        data: the data folder.
        contents: the bytes of each page.
        names: the names that are taken.

    Raises:
        CannotWriteError: the disk refused; what was written is a stray.
        StoreBusyError: another process has just taken in another page of one of the names.
    """
    for name in contents:
        if name in names:
            raise StoreBusyError(
                f"Another readlist has just imported a page of the name {name}.", "Import the file again."
            )
    folder = folder_of(data)
    if folder.is_symlink() and (taken := next(filter(os.path.lexists, map(folder.joinpath, contents)), None)):
        raise WriteError(
            f"{taken} is another file, and {folder} a symbolic link",
            "move the file away, or import under another name",
        )
    with disk.translate_errors(folder):
        disk.make_folder(folder)
        for path in orphans(data, names):
            if contents.get(path.name) != disk.read(path):
                disk.rename(path, disk.next_free(data / path.name, _KIND))
        for name, content in contents.items():
            disk.replace(folder / name, [content])
