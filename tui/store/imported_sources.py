"""The copies of imported sources. A copy counts only once a transaction records it.

An interrupted import leaves copies that no transaction records; they are set aside under another name, never deleted.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from tui.errors import StoreBusyError, WriteError
from tui.store import disk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

_KIND = "stray"


def folder_of(data: Path) -> Path:
    """The folder of the copies."""
    return data / "pages"


def imported_names(imports: Iterable[str], changes: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The names of all sources that were ever imported: an undone import can be redone.

    Args:
        imports: the names of the sources that are imported now.
        changes: the documents of the history, or at least of all changes that import a source.
    """
    return frozenset(imports).union(name for change in changes for name, _ in change.get("pages", ()))


def orphans(data: Path, names: Collection[str]) -> tuple[Path, ...]:
    """The copies whose names are not in ``names``."""
    folder = folder_of(data)
    # A link may lead to a folder with any other files.
    if not folder.is_dir() or folder.is_symlink():
        return ()
    leftovers = disk.leftovers(folder)
    copies = (path for path in folder.iterdir() if path.is_file() and path not in leftovers)
    return tuple(sorted(path for path in copies if path.name not in names))


def store_copies(data: Path, contents: Mapping[str, bytes], names: Collection[str]) -> None:
    """Store copies durably, and set orphans with their names aside; by the holder of the lock.

    Args:
        data: the data folder.
        contents: the bytes of each source, by name.
        names: the names of the sources that were ever imported.

    Raises:
        WriteError: the disk refused; copies that were written are orphans.
        StoreBusyError: another process has just imported another source with one of the names.
    """
    for name in contents:
        if name in names:
            raise StoreBusyError(
                f"another readlist process has just imported a source named {name}", "import the file again"
            )
    folder = folder_of(data)
    if folder.is_symlink() and (existing := next(filter(os.path.lexists, map(folder.joinpath, contents)), None)):
        raise WriteError(
            f"{existing} already exists, and {folder} is a symbolic link",
            "move or rename that file, or import yours under another name",
        )
    with disk.translate_errors(folder):
        disk.make_folder(folder)
        for path in orphans(data, names):
            if contents.get(path.name) != disk.read(path):
                disk.rename(path, disk.next_free(data / path.name, _KIND))
        for name, content in contents.items():
            disk.replace(folder / name, [content])
