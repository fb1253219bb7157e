"""The folders that bibliographies were imported from: their relative paths of files start there."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import StoreBusyError, WriteError
from tui.session.source_names import shown_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tui.model.paper import Paper
    from tui.store.store import Store

# The stored value with the folder of each imported file that has relative paths, by the shown name of its source.
_FOLDERS = "source folders"


def remember_folders(store: Store, papers: Iterable[Paper], folders: Mapping[str, Path]) -> None:
    """Remember where imported files were, if they name files by relative paths.

    Args:
        store: the open store.
        papers: the papers read.
        folders: the folder of each imported file, by the name of its copy.
    """
    relative = {
        source.page
        for paper in papers
        if any(not Path(file).is_absolute() for file in paper.publication.files)
        for source in paper.sources
    }
    names = shown_names(store)
    new = {names.get(copy, copy): str(folder) for copy, folder in folders.items() if copy in relative}
    if new:
        stored = store.values.get(_FOLDERS)
        with suppress(WriteError, StoreBusyError):  # the papers are imported, only their files may not be found
            store.values.set(_FOLDERS, (dict(stored) if isinstance(stored, dict) else {}) | new)


def origin_folders(get_value: Callable[[str], object], paper: Paper) -> list[Path]:
    """The folders of the bibliographies that a paper was read from, as far as they are known.

    Args:
        get_value: returns a stored value by its name.
        paper: the paper.
    """
    stored = get_value(_FOLDERS)
    folders = stored if isinstance(stored, dict) else {}
    pages = dict.fromkeys(source.page for source in paper.sources)
    return [Path(str(folders[page])) for page in pages if page in folders]
