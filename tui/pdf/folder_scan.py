"""The PDFs in folders."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MOST_FILES = 100_000


class Scan(NamedTuple):
    """What folders contain.

    Attributes:
        files: the PDFs, by folder and name.
        problems: each folder that cannot be read, and why.
        is_complete: whether there were not too many files, and the scan was not stopped.
    """

    files: tuple[Path, ...]
    problems: tuple[tuple[str, str], ...]
    is_complete: bool


def scan(folders: Iterable[Path], is_stopped: Callable[[], bool]) -> Scan:
    """The PDFs in folders and all folders in them; hidden ones and symbolic links to folders are left out.

    Args:
        folders: the folders.
        is_stopped: asked now and then whether to stop.
    """
    files: dict[Path, None] = {}
    problems: list[tuple[str, str]] = []

    def note(error: OSError) -> None:
        problems.append((str(error.filename), (error.strerror or str(error)).lower()))

    for folder in folders:
        for place, inner, names in os.walk(folder, onerror=note):
            if is_stopped() or len(files) >= _MOST_FILES:
                return Scan(tuple(files), tuple(problems), False)
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            found = (name for name in sorted(names) if name.lower().endswith(".pdf") and not name.startswith("."))
            files |= dict.fromkeys(Path(os.path.abspath(os.path.join(place, name))) for name in found)  # noqa: PTH100, PTH118
    return Scan(tuple(files), tuple(problems), True)
