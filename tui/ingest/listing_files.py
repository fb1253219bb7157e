"""Find the listings in a folder, without what reading them needs: every start does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import BadInputError

if TYPE_CHECKING:
    from pathlib import Path


def list_sources(folder: Path) -> list[Path]:
    """The sources of a folder (``*.txt`` without hidden files), sorted by name.

    Raises:
        BadInputError: the folder is missing or cannot be read.
    """
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() == ".txt" and not path.name.startswith(".")]
    except OSError as error:
        raise BadInputError(
            f"cannot read the listings folder {folder}: {(error.strerror or str(error)).lower()}",
            "specify another folder with --seeds DIR or READLIST_SEEDS",
        ) from error
    return sorted(found, key=lambda path: path.name)
