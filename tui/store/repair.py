"""Repair a damaged store from what is intact. Damaged files are kept under another name.

The repaired store consists of the sound checkpoint (the store's own or a backup) that together with the journal has
the most changes, and of every good line of the journal that continues it, even after a bad one, since a line contains
whole documents; or of one backup that the user chose, and nothing after it. The plan is made first: it changes
nothing and lists what is lost.
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
        messages: what is damaged, and what the repair does, one message each.
        set_aside: the files to keep under another name, with their contents.
        sequence: sequence number of the repaired checkpoint, higher than any used before.
        tables: its contents.
        lineage: its lineage.
    """

    messages: tuple[str, ...]
    set_aside: tuple[tuple[Path, bytes], ...]
    sequence: int
    tables: Tables
    lineage: Lineage


def repair(data: Path, *, dry_run: bool = False, backup_name: str | None = None) -> tuple[str, ...]:
    """Repair a data folder, under the lock.

    Args:
        data: the folder.
        dry_run: whether to change nothing.
        backup_name: file name of the backup to restore, even if nothing is damaged.

    Returns:
        What is damaged, and what the repair does, one message each; nothing if there is nothing to do.

    Raises:
        WriteError, StoreBusyError: nothing was lost; try again.
        StoreDamagedError: a newer version wrote it, the system refuses to read it, or it is a link to another file.
        UsageError: there is no backup with that name.
    """
    marks, papers = data / "marks.json", data / "papers.json"
    if not data.exists():
        return ()
    lock = Lock(data / ".lock")
    try:
        if dry_run:
            plan = _plan(marks, lock, backup_name)
            return (*(plan.messages if plan else ()), *_catalogue_messages(papers))
        with lock.held():
            plan = _plan(marks, lock, backup_name)
            messages = plan.messages if plan else ()
            if plan:
                _execute(plan, marks, lock)
            about_catalogue = _catalogue_messages(papers)
            if about_catalogue:
                with disk.translate_errors(papers):
                    disk.rename(papers, disk.next_free(papers, _KIND))
            return (*messages, *about_catalogue)
    finally:
        lock.close()


def _plan(path: Path, lock: Lock, backup_name: str | None) -> RepairPlan | None:
    """The plan of a repair; None if there is nothing to do."""
    error = _opening_error(path, lock)
    if error is None and backup_name is None:
        return None
    journal_path = path.with_suffix(".journal")
    whole, journal = disk.read(path), disk.read(journal_path) or b""
    _refuse_links(path, whole, recovery_plan.looks_like_checkpoint(whole))
    _refuse_links(journal_path, journal, not journal or bool(journal_format.salvage(journal)[0]))
    transactions, bad = journal_format.salvage(journal)
    messages = [error.message] if error else []
    if backup_name is None:
        recovered = recovery_plan.recover(path, whole, journal, lock.high_water())
        base = recovered.base
        messages += recovered.messages
        if bad:
            messages.append(f"{bad} of {bad + len(transactions)} lines of {journal_path.name} cannot be read")
    else:
        base = _read_backup(path, backup_name)
        messages.append(f"restore {path.name} from the backup {backup_name}, without later changes")
        messages += recovery_plan.lost_changes(path, whole, journal, base)
    set_aside = tuple((file, contents) for file, contents in ((path, whole), (journal_path, journal)) if contents)
    for file, _ in set_aside:
        messages.append(f"keep the old {file.name} as {disk.next_free(file, _KIND).name}")
    names = imported_sources.imported_names(base.tables.get("imports", ()), base.tables.get("history", {}).values())
    for copy in imported_sources.orphans(path.parent, names):
        messages.append(f"{copy} will no longer be a source (`readlist import` can import it again)")
    marks, history = (len(base.tables.get(name, ())) for name in ("marks", "history"))
    messages.append(f"marks in the repaired store: {marks}; changes in its history: {history}")
    numbers = [
        base.sequence,
        lock.high_water(),
        backup.highest_sequence(path),
        *(each.sequence for each in transactions),
    ]
    # A backup of an earlier version names no store, but belongs to this store nevertheless.
    stores = (checkpoint.unverified_store_id(whole or b""), *(each.store for each in transactions))
    store = base.header.store or next(filter(None, stores), "") or file_matching.new_id()
    previous = checkpoint.short_name(base.identity)
    lineage = Lineage(store, previous, checkpoint.digest(journal))
    return RepairPlan(tuple(messages), set_aside, max(numbers) + 1, base.tables, lineage)


def _refuse_links(path: Path, contents: bytes | None, is_own: bool) -> None:
    """Refuse to replace the target of a symbolic link, unless it is a file of a store."""
    if contents and not is_own and path.is_symlink():
        raise StoreDamagedError(
            f"{path} is a symbolic link to {path.resolve()}, which is not a readlist file",
            "remove the link, then repair again (nothing was changed)",
        )


def _opening_error(path: Path, lock: Lock) -> StoreDamagedError | None:
    """The error with which the marks fail to open; None if they open."""
    try:
        JournalStorage(path, lock, tidy=False).close()
    except NewerStoreError:
        raise
    except StoreDamagedError as error:
        return error
    return None


def _read_backup(path: Path, name: str) -> Checkpoint:
    for file in backup.list_backups(path):
        if file.name == name:
            return checkpoint.unpack(disk.read(file) or b"", file)
    names = ", ".join(file.name for file in backup.list_backups(path))
    raise UsageError(f"there is no backup {name!r}", f"backups: {names}" if names else "there is no backup yet")


def _execute(plan: RepairPlan, path: Path, lock: Lock) -> None:
    """Carry the plan out.

    The old files are copied first, and each new one replaces its predecessor atomically: if this is interrupted, it
    can be repeated. The new checkpoint becomes the newest backup too, because the other backups may be of another
    store.
    """
    parts = checkpoint.pack(plan.sequence, plan.tables, plan.lineage)
    with disk.translate_errors(path):
        for file, contents in plan.set_aside:
            disk.create(disk.next_free(file, _KIND), contents)
        disk.replace(path, parts, follow=True)
        disk.replace(path.with_suffix(".journal"), (), follow=True)
    warnings = backup.create(path, plan.sequence, parts, keep=None)
    error = _opening_error(path, lock)
    if error is not None:
        raise StoreDamagedError(", ".join((error.message, *warnings)), error.hint)


def _catalogue_messages(path: Path) -> tuple[str, ...]:
    """The messages about a damaged catalogue, which only has to be set aside; none if it is sound."""
    whole = disk.read(path)
    if whole is None:
        return ()
    try:
        checkpoint.unpack(whole, path)
    except NewerStoreError:
        raise
    except StoreDamagedError as error:
        name = disk.next_free(path, _KIND).name
        return (error.message, f"keep the old {path.name} as {name}, and read the papers from their sources")
    return ()
