"""Looking a store over without opening it for use: what is damaged, what is left over. Changes nothing."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tui.errors import ReadlistError
from tui.library import backup, checkpoint, disk, journal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def findings(data: Path) -> tuple[str, ...]:
    """What is wrong with, or left over in, a data folder, a sentence each."""
    return tuple(_findings(data))


def _findings(data: Path) -> Iterator[str]:
    marks = data / "marks.json"
    for path in (data / "papers.json", marks, *backup.present(marks)):
        yield from _file_faults(path)
    yield from _journal_faults(marks.with_suffix(".journal"))
    for path in sorted(data.glob("*.torn-*")):
        yield f"{path.name} holds the end of an interrupted save, never reported as done; it can be deleted."
    for path in sorted(data.glob("*.damaged-*")):
        yield f"{path.name} is what a repair set aside; delete it when nothing in it is missed."
    for path in disk.leftovers(data):
        yield f"{path.name} is left over from a run that was interrupted; the next compaction removes it."


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
    scan = journal.scan(data)
    if scan.fault is not None:
        _, bad = journal.salvage(data)
        yield f"{path} has {bad} line(s) that are not as written, the first is line {len(scan.transactions) + 1}."
