"""Integrity check of a store: what is damaged, and what is left over. Read only."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tui.errors import ReadlistError
from tui.store import backup, checkpoint, conflict_copies, disk, imported_sources, journal_format
from tui.store.imported_sources import ImportedSources

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from tui.store.journal_table import Database


def report(data: Path, database: Database, known: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The damage in the folder of an open store, and other remarks about it, one message each.

    Args:
        data: the folder.
        database: its store.
        known: names of the imported sources that belong to the store.
    """
    sources = ImportedSources(data, database)
    copies = (f"{copy} is a damaged backup copy and is ignored" for copy in sources.bad_copies())
    remarks = (*database.journal.notices, *find_leftovers(data, known), *copies)
    return (*find_damage(data), *(fault.message for fault in sources.find_faults())), tuple(dict.fromkeys(remarks))


def find_damage(data: Path) -> tuple[str, ...]:
    """The damage of the store in a data folder, one message each."""
    files = (data / "papers.json", data / "marks.json")
    return tuple(message for path in files for message in _file_damage(path)) + tuple(
        _journal_damage(data / "marks.journal")
    )


def find_leftovers(data: Path, known: Collection[str]) -> tuple[str, ...]:
    """The files in a data folder that the store does not use, one message each.

    Args:
        data: the folder.
        known: names of the imported sources that belong to the store.
    """
    return tuple(_leftovers(data, known))


def _leftovers(data: Path, known: Collection[str]) -> Iterator[str]:
    for path in backup.list_backups(data / "marks.json"):
        for message in _file_damage(path):
            yield f"{message} (a backup; ignored)"
    yield from conflict_copies.find_conflict_copies(data)
    for path in sorted(data.glob("*.torn-*")):
        yield f"{path.name} contains an interrupted save that was never confirmed; it can be deleted"
    for path in sorted(data.glob("*.stray-*")):
        yield f"{path.name} is left over from an interrupted import: import it, or delete it"
    for path in sorted(data.glob("*.damaged-*")):
        yield f"{path.name} was set aside by a repair: delete it once you are sure that you need nothing in it"
    for path in disk.leftovers(data):
        yield f"{path.name} is left over from an interrupted run and will be removed automatically"
    for path in imported_sources.orphans(data, known):
        if conflict_copies.is_conflict_copy(path.name):
            yield f"{path} is a sync program's copy of an imported source: it is ignored and can be deleted"
        else:
            yield f"{path} is left over from an interrupted import and will be set aside by the next import"


def _file_damage(path: Path) -> Iterator[str]:
    try:
        whole = disk.read(path)
        if whole is not None:
            checkpoint.unpack(whole, path)
    except ReadlistError as error:
        yield error.message


def _journal_damage(path: Path) -> Iterator[str]:
    data = b""
    with suppress(ReadlistError):
        data = disk.read(path) or b""
    scan = journal_format.scan(data)
    if scan.fault is not None:
        _, bad = journal_format.salvage(data)
        lines = "1 damaged line" if bad == 1 else f"{bad} damaged lines, the first one"
        yield f"{path} has {lines} at line {len(scan.transactions) + 1}"
