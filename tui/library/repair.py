"""Making a damaged store usable again from what is still good. What is damaged is kept under another name.

The newest checkpoint that verifies (the store's own or a backup) and every journal line that does, also behind a bad
one, since a line holds whole documents. Must not know what the documents mean.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tui.errors import StoreDamagedError
from tui.library import backup, checkpoint, disk, journal
from tui.library.checkpoint import Checkpoint, NewerStoreError
from tui.library.lock import Lock
from tui.library.storage import JournalStorage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KIND = "damaged"


def repair(data: Path) -> tuple[str, ...]:
    """Repair the data folder, under the lock; say what was done.

    Raises:
        CannotWriteError, StoreBusyError: nothing was lost; try again.
        StoreDamagedError: a newer program wrote it, or the system refuses to read it.
    """
    lock = Lock(data / ".lock")
    try:
        with lock.held():
            return (*_repair_marks(data / "marks.json", lock), *_repair_catalogue(data / "papers.json"))
    finally:
        lock.close()


def _repair_marks(path: Path, lock: Lock) -> Iterator[str]:
    try:
        JournalStorage(path, lock).close()
    except NewerStoreError:
        raise
    except StoreDamagedError:
        pass
    else:
        return
    log = path.with_suffix(".journal")
    whole, lines = disk.read(path), disk.read(log) or b""
    base, said = _best(path, whole)
    yield said
    transactions, bad = journal.salvage(lines)
    sequence = base.sequence
    for transaction in transactions:
        if transaction.sequence > sequence + 1:
            yield f"Changes {sequence + 1} to {transaction.sequence - 1} are nowhere to be found."
        if transaction.sequence > sequence:
            journal.apply(transaction, base.tables)
            sequence = transaction.sequence
    if bad:
        yield f"{bad} of {bad + len(transactions)} lines of {log.name} could not be read; the others were kept."
    with disk.writing(path):
        for place, contents in ((path, whole), (log, lines)):
            if contents:
                aside = disk.next_free(place, _KIND)
                disk.create(aside, contents)
                yield f"{place.name} as it was is now {aside.name}."
        disk.replace(path, checkpoint.pack(sequence, base.tables))
        disk.replace(log, ())


def _best(path: Path, whole: bytes | None) -> tuple[Checkpoint, str]:
    with suppress(StoreDamagedError):
        return checkpoint.unpack(whole or b"", path), f"{path.name} itself is sound."
    found = backup.newest_good(path)
    if found is not None:
        return found[1], f"{path.name} was taken from the backup {found[0].name}."
    return Checkpoint(0, {}, b""), f"{path.name} had no backup; it was made anew from the journal."


def _repair_catalogue(path: Path) -> Iterator[str]:
    whole = disk.read(path)
    if whole is None:
        return
    try:
        checkpoint.unpack(whole, path)
    except NewerStoreError:
        raise
    except StoreDamagedError:
        aside = disk.next_free(path, _KIND)
        with disk.writing(path):
            disk.rename(path, aside)
        yield f"{path.name} was damaged and is now {aside.name}; the papers will be read from the pages again."
