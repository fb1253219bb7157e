"""The reading lists of a user: which there are, and how to start one.

A list is a data folder of its own. All but the main one are folders in ``lists`` in the data folder of the main list,
unless the settings name others.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import ReadlistError, UsageError
from tui.model.list_name import list_name_error
from tui.paths import MAIN_LIST, lists_folder, paths_of_list
from tui.session.entries import Entries
from tui.settings.settings_file import configured_lists
from tui.store import disk
from tui.store.store import Store
from tui.text.typos import did_you_mean

if TYPE_CHECKING:
    from tui.paths import Paths


class ReadingList(NamedTuple):
    """One list.

    Attributes:
        paths: its name and folders.
        is_open: whether it is the list that was asked for.
    """

    paths: Paths
    is_open: bool


def all_lists(paths: Paths) -> tuple[ReadingList, ...]:
    """All lists, the main one first, the others by name.

    Args:
        paths: those of any of them, which is the open one.
    """
    main = paths.main or paths
    configured = configured_lists(main.config)
    try:
        folders = [path.name for path in lists_folder(main).iterdir() if path.is_dir()]
    except OSError:
        folders = []
    names = sorted({*folders, *configured.lists}, key=str.casefold)
    others = (paths_of_list(main, name, configured) for name in names if not list_name_error(name))
    return tuple(ReadingList(found, found.name == paths.name) for found in (main, *filter(exists, others)))


def exists(paths: Paths) -> bool:
    """Whether a list exists: the main one always, any other if it has a data folder."""
    return paths.main is None or paths.data.is_dir()


def require_list(paths: Paths) -> None:
    """Check that a list exists, and create its folder of listings if it is missing in its data folder.

    Raises:
        UsageError: there is no such list.
    """
    if not exists(paths):
        error = list_name_error(paths.name)
        names = [each.paths.name for each in all_lists(paths)]
        hint = (
            did_you_mean(paths.name, names)
            or f"`readlist new {paths.name}` creates it; `readlist lists` shows all lists"
        )
        raise UsageError(
            error or f"there is no list {paths.name!r}", "`readlist lists` shows all lists" if error else hint
        )
    if paths.main is not None and paths.seeds.parent == paths.data and not paths.seeds.exists():
        with disk.translate_errors(paths.seeds):
            disk.make_folder(paths.seeds)


def new_list(paths: Paths, name: str) -> Paths:
    """Create an empty list.

    Args:
        paths: those of any other list.
        name: the name of the new one.

    Returns:
        The paths of the new list.

    Raises:
        UsageError: the name is not valid, or a list has it.
        WriteError: the folders cannot be created.
    """
    main = paths.main or paths
    error = list_name_error(name)
    if error:
        raise UsageError(error)
    taken = next((each.paths for each in all_lists(paths) if each.paths.name.casefold() == name.casefold()), None)
    if taken is not None or name.casefold() == MAIN_LIST:
        known = taken.name if taken else MAIN_LIST
        raise UsageError(f"a list named {known!r} already exists", f"`readlist --list {known}` opens it")
    created = paths_of_list(main, name, configured_lists(main.config))
    with disk.translate_errors(created.data):
        if created.data.parent == lists_folder(main):
            _make_whole(created)
        else:
            disk.make_folder(created.data)
            disk.make_folder(created.seeds)
    return created


def paper_count(paths: Paths) -> int | None:
    """Number of papers in a list when its sources were last read; None if they never were, or if it is damaged."""
    if not (paths.data / "papers.json").is_file():
        return 0 if paths.main else None
    try:
        store = Store.open(paths.data)
    except ReadlistError:
        return None
    count = len(Entries(store).ids())
    store.close()
    return count


def _make_whole(paths: Paths) -> None:
    """Create the folders under another name first: a list exists with all its folders, or not at all."""
    draft = paths.data.with_name(f".new-{os.getpid()}")
    if paths.seeds.parent == paths.data:
        disk.make_folder(draft / paths.seeds.name)
    else:
        disk.make_folder(draft)
        disk.make_folder(paths.seeds)
    disk.rename(draft, paths.data)
