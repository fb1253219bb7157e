"""Check whether the files of a store belong together: its checkpoint, its journal and its backups. Read only.

A journal names the store and the checkpoint that it continues; a checkpoint names the journal that it contains. So an
older file that a sync program or a restore brought back is recognised, and also a file of another store.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.errors import StoreDamagedError
from tui.store import backup, checkpoint
from tui.store.journal_format import JournalFault

if TYPE_CHECKING:
    from pathlib import Path

    from tui.store.checkpoint import Header
    from tui.store.journal_format import JournalScan


def new_id() -> str:
    """An id for a new store."""
    return os.urandom(8).hex()


def contains(base: Header, journal: bytes) -> bool:
    """Whether the checkpoint contains the whole journal."""
    return base.lineage is not None and bool(journal) and checkpoint.digest(journal) == base.lineage.journal


def find_mismatch(
    path: Path, base: Header, journal: bytes | None, scan: JournalScan, high_water: int
) -> StoreDamagedError | None:
    """Why the files do not belong together; None if they do.

    Args:
        path: the checkpoint.
        base: its header.
        journal: the bytes of the journal; None if there is none.
        scan: the result of scanning them.
        high_water: number of a transaction that certainly was on the disk once.
    """
    is_contained = contains(base, journal or b"")
    reached = base.sequence if is_contained else max(base.sequence, scan.sequence)
    fits = is_contained or scan.continues(base.sequence, base.name)
    problem = None if fits else _journal_mismatch(path, base, journal or b"", scan)
    if problem is None:
        problem = _backup_mismatch(path, base, reached)
    if problem is None and reached < high_water:
        state = "it is missing" if journal is None else "it ends too early"
        journal_path = path.with_suffix(".journal")
        missing = high_water - reached
        last = "the last change is" if missing == 1 else f"the last {missing} changes are"
        problem = f"{journal_path} is damaged: {state}; {last} missing"
    return None if problem is None else StoreDamagedError(problem, checkpoint.REPAIR_HINT)


def _journal_mismatch(path: Path, base: Header, journal: bytes, scan: JournalScan) -> str:
    journal_path = path.with_suffix(".journal")
    if scan.fault is JournalFault.DAMAGED:
        number = len(scan.transactions) + 1
        reason = " (its line breaks were changed)" if b"\r" in journal else ""
        return f"{journal_path} is damaged: line {number} was altered{reason}"
    first = scan.transactions[0]
    if are_different_stores(first.store, base.store):
        return f"{journal_path} is damaged: it and {path.name} belong to different stores"
    if first.base != base.name:
        if first.sequence > base.sequence + 1:
            return (
                f"{path} is an older copy: it only goes up to change {base.sequence}, "
                f"but {journal_path.name} continues one that ended with change {first.sequence - 1}"
            )
        return f"{journal_path} is damaged: it continues a different copy of {path.name}"
    return f"{journal_path} is damaged: it does not continue {path.name}; changes are missing"


def _backup_mismatch(path: Path, base: Header, reached: int) -> str | None:
    newer = backup.find_newer(path, reached)
    if newer is not None:
        file, header = newer
        if not are_different_stores(header.store, base.store):
            return (
                f"{path} is an older copy: even with its journal, it only goes up to change {reached}, "
                f"but the backup {file.name} goes up to change {header.sequence}"
            )
    other = backup.find_of_another_store(path, base.store)
    return f"{path} and the newest backup, {other.name}, belong to different stores" if other else None


def are_different_stores(store: str, other: str) -> bool:
    """Whether two store ids certainly differ; files of an earlier version have an empty one."""
    return bool(store and other and store != other)
