"""Making a damaged store usable again from what is still good. What is damaged is kept under another name.

The sound checkpoint (the store's own or a backup) that together with the journal holds the most changes, and every
good line of the journal that goes on after it, also after a bad one, since a line holds whole documents; or one
backup that somebody chose, and nothing after it. First a plan is made, which touches nothing and names what cannot be
kept; carrying it out is another step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.errors import StoreDamagedError, UsageError
from tui.store import backup, checkpoint, disk, file_matching, imported_sources, journal_format, recovery_plan
from tui.store.checkpoint import Lineage, NewerStoreError
from tui.store.lock import Lock
from tui.store.storage import JournalStorage

if TYPE_CHECKING:
    from pathlib import Path

    from tui.store.checkpoint import Checkpoint, Tables

_KIND = "damaged"


class RepairPlan(NamedTuple):
    """What a repair of the marks would do.

    Attributes:
        said: what is wrong and what comes of it, a sentence each.
        aside: the files to keep under another name, with their contents.
        sequence: number that the repaired checkpoint gets, higher than any other ever seen here.
        tables: what it holds.
        lineage: of the repaired checkpoint.
    """

    lines: tuple[str, ...]
    set_aside: tuple[tuple[Path, bytes], ...]
    sequence: int
    tables: Tables
    lineage: Lineage


def repair(data: Path, *, dry_run: bool = False, source: str | None = None) -> tuple[str, ...]:
    """Repair the data folder, under the lock; say what was done.

    Args:
        data: the folder.
        dry_run: say what would be done, and touch nothing.
        source: file name of the backup to go back to, also where nothing is damaged.

    Raises:
        CannotWriteError, StoreBusyError: nothing was lost; try again.
        StoreDamagedError: a newer program wrote it, the system refuses to read it, or it is a link to another file.
        UsageError: there is no sound backup of that name.
    """
    marks, papers = data / "marks.json", data / "papers.json"
    if not data.exists():
        return ()
    lock = Lock(data / ".lock")
    try:
        if dry_run:
            plan = _plan(marks, lock, source)
            return (*(plan.lines if plan else ()), *_about_catalogue(papers))
        with lock.held():
            plan = _plan(marks, lock, source)
            said = plan.lines if plan else ()
            if plan:
                _carry_out(plan, marks, lock)
            about = _about_catalogue(papers)
            if about:
                with disk.translate_errors(papers):
                    disk.rename(papers, disk.next_free(papers, _KIND))
            return (*said, *about)
    finally:
        lock.close()


def _plan(path: Path, lock: Lock, source: str | None) -> RepairPlan | None:
    """What is to be done; None where nothing is."""
    fault = _fault_of(path, lock)
    if fault is None and source is None:
        return None
    log = path.with_suffix(".journal")
    whole, lines = disk.read(path), disk.read(log) or b""
    _refuse_links(path, whole, recovery_plan.is_of_readlist(whole))
    _refuse_links(log, lines, not lines or bool(journal_format.salvage(lines)[0]))
    transactions, bad = journal_format.salvage(lines)
    said = [fault.message] if fault else []
    if source is None:
        found = recovery_plan.recover(path, whole, lines, lock.high_water())
        base = found.base
        said += found.lines
        if bad:
            said.append(
                f"{bad} of {bad + len(transactions)} lines of {log.name} cannot be read; the others are kept."
            )
    else:
        base = _chosen(path, source)
        said.append(f"{path.name} is taken from the backup {source}, without what was changed after it.")
        said += recovery_plan.not_kept(path, whole, lines, base)
    aside = tuple((place, contents) for place, contents in ((path, whole), (log, lines)) if contents)
    for place, _ in aside:
        said.append(f"{place.name} as it was is kept as {disk.next_free(place, _KIND).name}.")
    for page in imported_sources.orphans(path.parent, imported_sources.imported(base.tables)):
        said.append(f"{page} is no longer taken in; `readlist import` can take it in again.")
    marks, history = (len(base.tables.get(name, ())) for name in ("marks", "history"))
    said.append(f"The store then holds {marks} marks and {history} changes of the history.")
    numbers = [
        base.sequence,
        lock.high_water(),
        backup.highest_sequence(path),
        *(each.sequence for each in transactions),
    ]
    # A backup of an earlier program names no store, and stays one of this store nevertheless.
    named = (checkpoint.store_in(whole or b""), *(each.store for each in transactions))
    store = base.heading.store or next(filter(None, named), "") or file_matching.new_id()
    previous = checkpoint.name_of(base.identity)
    return RepairPlan(
        tuple(said), aside, max(numbers) + 1, base.tables, Lineage(store, previous, checkpoint.digest(lines))
    )


def _refuse_links(path: Path, contents: bytes | None, ours: bool) -> None:
    """What a link in the data folder leads to is replaced only where it is a file of a store."""
    if contents and not ours and path.is_symlink():
        raise StoreDamagedError(
            f"{path} is a symbolic link to {path.resolve()}, which is no file of readlist",
            "nothing was changed; remove the link, then repair again",
        )


def _fault_of(path: Path, lock: Lock) -> StoreDamagedError | None:
    """Why the marks do not open."""
    try:
        JournalStorage(path, lock, touch=False).close()
    except NewerStoreError:
        raise
    except StoreDamagedError as fault:
        return fault
    return None


def _chosen(path: Path, source: str) -> Checkpoint:
    for place in backup.list_backups(path):
        if place.name == source:
            return checkpoint.unpack(disk.read(place) or b"", place)
    names = ", ".join(place.name for place in backup.list_backups(path))
    raise UsageError(f"there is no backup {source!r}", f"backups: {names}" if names else "there is no backup yet")


def _carry_out(plan: RepairPlan, path: Path, lock: Lock) -> None:
    """The old files are copied first, and each new one takes its place at once: whenever this is interrupted, it can
    be done again. The new checkpoint is the newest backup, too: the files beside it may be of another store.
    """
    parts = checkpoint.pack(plan.sequence, plan.tables, plan.lineage)
    with disk.translate_errors(path):
        for place, contents in plan.set_aside:
            disk.create(disk.next_free(place, _KIND), contents)
        disk.replace(path, parts, follow=True)
        disk.replace(path.with_suffix(".journal"), (), follow=True)
    refused = backup.create(path, plan.sequence, parts, kept=None)
    fault = _fault_of(path, lock)
    if fault is not None:
        raise StoreDamagedError(" ".join((fault.message, *refused)), fault.hint)


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
