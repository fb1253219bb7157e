"""Making a damaged store usable again from what is still good. What is damaged is kept under another name.

The newest checkpoint that verifies (the store's own or a backup) and every journal line that does, also behind a bad
one, since a line holds whole documents; or one backup that somebody chose, and nothing behind it. First a plan is
made, which touches nothing; carrying it out is another step. Must not know what the documents mean.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import StoreDamagedError, UsageError
from tui.library import backup, checkpoint, disk, journal, pages
from tui.library.checkpoint import Checkpoint, NewerStoreError
from tui.library.lock import Lock
from tui.library.storage import JournalStorage

if TYPE_CHECKING:
    from pathlib import Path

    from tui.library.checkpoint import Tables
    from tui.library.journal import Transaction

_KIND = "damaged"


class Plan(NamedTuple):
    """What a repair of the marks would do.

    Attributes:
        said: what is wrong and what comes of it, a sentence each.
        aside: the files to keep under another name, with their contents.
        sequence: number that the repaired checkpoint gets, higher than any other ever seen here.
        tables: what it holds.
    """

    said: tuple[str, ...]
    aside: tuple[tuple[Path, bytes], ...]
    sequence: int
    tables: Tables


def repair(data: Path, *, dry_run: bool = False, source: str | None = None) -> tuple[str, ...]:
    """Repair the data folder, under the lock; say what was done.

    Args:
        data: the folder.
        dry_run: say what would be done, and touch nothing.
        source: file name of the backup to go back to, also where nothing is damaged.

    Raises:
        CannotWriteError, StoreBusyError: nothing was lost; try again.
        StoreDamagedError: a newer program wrote it, or the system refuses to read it.
        UsageError: there is no sound backup of that name.
    """
    marks, papers = data / "marks.json", data / "papers.json"
    if not data.exists():
        return ()
    lock = Lock(data / ".lock")
    try:
        if dry_run:
            plan = _plan(marks, lock, source)
            return (*(plan.said if plan else ()), *_about_catalogue(papers))
        with lock.held():
            plan = _plan(marks, lock, source)
            said = plan.said if plan else ()
            if plan:
                _carry_out(plan, marks, lock)
            about = _about_catalogue(papers)
            if about:
                with disk.writing(papers):
                    disk.rename(papers, disk.next_free(papers, _KIND))
            return (*said, *about)
    finally:
        lock.close()


def _plan(path: Path, lock: Lock, source: str | None) -> Plan | None:
    """What is to be done; None where nothing is."""
    fault = _fault_of(path, lock)
    if fault is None and source is None:
        return None
    log = path.with_suffix(".journal")
    whole, lines = disk.read(path), disk.read(log) or b""
    transactions, bad = journal.salvage(lines)
    said = [fault.message] if fault else []
    if source is None:
        base, whence = _best(path, whole)
        said.append(whence)
        said += _gather(base, transactions)
        sequence = max(base.sequence, *(each.sequence for each in transactions), 0)
        if lock.high_water() > sequence:
            said.append(f"Changes {sequence + 1} to {lock.high_water()} are nowhere to be found.")
        if bad:
            said.append(
                f"{bad} of {bad + len(transactions)} lines of {log.name} cannot be read; the others are kept."
            )
    else:
        base = _chosen(path, source)
        said.append(f"{path.name} is taken from the backup {source}, without what was changed after it.")
    aside = tuple((place, contents) for place, contents in ((path, whole), (log, lines)) if contents)
    for place, _ in aside:
        said.append(f"{place.name} as it was is kept as {disk.next_free(place, _KIND).name}.")
    for page in pages.strays(path.parent, pages.known(base.tables)):
        said.append(f"{page} is no longer taken in; `readlist import` can take it in again.")
    marks, history = (len(base.tables.get(name, ())) for name in ("marks", "history"))
    said.append(f"The store then holds {marks} marks and {history} changes of the history.")
    numbers = [base.sequence, lock.high_water(), backup.latest(path), *(each.sequence for each in transactions)]
    return Plan(tuple(said), aside, max(numbers) + 1, base.tables)


def _fault_of(path: Path, lock: Lock) -> StoreDamagedError | None:
    """Why the marks do not open."""
    try:
        JournalStorage(path, lock, touch=False).close()
    except NewerStoreError:
        raise
    except StoreDamagedError as fault:
        return fault
    return None


def _best(path: Path, whole: bytes | None) -> tuple[Checkpoint, str]:
    with suppress(StoreDamagedError):
        return checkpoint.unpack(whole or b"", path), f"{path.name} itself is sound and is kept."
    found = backup.newest_good(path)
    if found is not None:
        return found[1], f"{path.name} is taken from the backup {found[0].name}."
    return Checkpoint(0, {}, b""), f"{path.name} has no backup that is sound; it is made anew from the journal."


def _chosen(path: Path, source: str) -> Checkpoint:
    for place in backup.present(path):
        if place.name == source:
            return checkpoint.unpack(disk.read(place) or b"", place)
    names = ", ".join(place.name for place in backup.present(path))
    raise UsageError(f"there is no backup {source!r}", f"backups: {names}" if names else "there is no backup yet")


def _gather(base: Checkpoint, transactions: tuple[Transaction, ...]) -> list[str]:
    """Apply what goes on behind the checkpoint; say how much that is, and what is missing in between."""
    said = []
    sequence, applied = base.sequence, 0
    for transaction in transactions:
        if transaction.sequence > sequence + 1:
            said.append(f"Changes {sequence + 1} to {transaction.sequence - 1} are nowhere to be found.")
        if transaction.sequence > sequence:
            journal.apply(transaction, base.tables)
            sequence, applied = transaction.sequence, applied + 1
    return [f"{applied} changes of the journal are added to it.", *said]


def _carry_out(plan: Plan, path: Path, lock: Lock) -> None:
    """The old files are copied first, and each new one takes its place at once: whenever this is interrupted, it can
    be done again.
    """
    with disk.writing(path):
        for place, contents in plan.aside:
            disk.create(disk.next_free(place, _KIND), contents)
        disk.replace(path, checkpoint.pack(plan.sequence, plan.tables))
        disk.replace(path.with_suffix(".journal"), ())
    fault = _fault_of(path, lock)
    if fault is not None:
        raise fault


def _about_catalogue(path: Path) -> tuple[str, ...]:
    """What is to be said of a damaged catalogue, which only has to get out of the way."""
    whole = disk.read(path)
    if whole is None:
        return ()
    try:
        checkpoint.unpack(whole, path)
    except NewerStoreError:
        raise
    except StoreDamagedError as fault:
        aside = disk.next_free(path, _KIND).name
        return (fault.message, f"{path.name} is kept as {aside}; the papers are then read from the pages again.")
    return ()
