"""Looking a store over without opening it for use: what is damaged, what is left over. Changes nothing."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tui.errors import ReadlistError
from tui.store import backup, checkpoint, conflict_copies, disk, imported_sources, journal_format
from tui.store.source_digests import SourceDigests

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from tui.store.storage import JournalStorage


def report(data: Path, storage: JournalStorage, known: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is damaged in the folder of an open store, and what else is to be known of it, a sentence each.

    Args:
        data: the folder.
        storage: its store.
        known: names of the imported pages that belong to the store.
    """
    sources = SourceDigests(data, storage)
    copies = (f"{copy} is a damaged backup copy, and of no use" for copy in sources.bad_copies())
    said = (*storage.notices, *find_leftovers(data, known), *copies)
    return (*find_damage(data), *(fault.sentence for fault in sources.faults())), tuple(dict.fromkeys(said))


def find_damage(data: Path) -> tuple[str, ...]:
    """What is wrong with the store in a data folder, a sentence each."""
    files = (data / "papers.json", data / "marks.json")
    return tuple(sentence for path in files for sentence in _file_faults(path)) + tuple(
        _journal_faults(data / "marks.journal")
    )


def find_leftovers(data: Path, known: Collection[str]) -> tuple[str, ...]:
    """What lies about in a data folder, a sentence each.

    Args:
        data: the folder.
        known: names of the imported pages that belong to the store.
    """
    return tuple(_remarks(data, known))


def _remarks(data: Path, known: Collection[str]) -> Iterator[str]:
    for path in backup.list_backups(data / "marks.json"):
        for fault in _file_faults(path):
            yield f"{fault} It is a backup, and of no use."
    yield from conflict_copies.conflict_copies(data)
    for path in sorted(data.glob("*.torn-*")):
        yield f"{path.name} holds the end of an interrupted save, never reported as done; it can be deleted."
    for path in sorted(data.glob("*.stray-*")):
        yield f"{path.name} is the page of an interrupted import; import it, or delete it."
    for path in sorted(data.glob("*.damaged-*")):
        yield f"{path.name} is what a repair set aside; delete it when nothing in it is missed."
    for path in disk.leftovers(data):
        yield f"{path.name} is left over from a run that was interrupted; the next compaction removes it."
    for path in imported_sources.orphans(data, known):
        if conflict_copies.is_conflict_copy(path.name):
            yield f"{path} is a sync program's copy of an imported page; it is not read, and can be deleted."
        else:
            yield f"{path} is the page of an interrupted import; the next import sets it aside."


def _file_faults(path: Path) -> Iterator[str]:
    try:
        whole = disk.read(path)
        if whole is not None:
            checkpoint.unpack(whole, path)
    except ReadlistError as fault:
        yield fault.message


def _journal_faults(path: Path) -> Iterator[str]:
    data = b""
    with suppress(ReadlistError):
        data = disk.read(path) or b""
    scan = journal_format.scan(data)
    if scan.fault is not None:
        _, bad = journal_format.salvage(data)
        yield f"{path} has {bad} line(s) that are not as written, the first is line {len(scan.transactions) + 1}."
