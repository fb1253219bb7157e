"""Which files of a store belong together: its checkpoint, its journal and its backups. Changes nothing.

A journal names the store and the checkpoint that it continues; a checkpoint names the journal that went into it. So
an older file that a synchroniser or a restore brought back, and a file of another store, are recognised. Must not
know what the documents mean.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.errors import StoreDamagedError
from tui.store import backup, checkpoint
from tui.store.journal_format import JournalFault

if TYPE_CHECKING:
    from pathlib import Path

    from tui.store.checkpoint import Heading
    from tui.store.journal_format import JournalScan


def new_id() -> str:
    """An id for a new store."""
    return os.urandom(8).hex()


def contains(base: Heading, lines: bytes) -> bool:
    """Whether the whole journal went into the checkpoint, and says nothing more."""
    return base.lineage is not None and bool(lines) and checkpoint.digest(lines) == base.lineage.journal


def find_mismatch(
    path: Path, base: Heading, lines: bytes | None, scan: JournalScan, high_water: int
) -> StoreDamagedError | None:
    """Why the files do not belong together; None where they do.

    Args:
        path: the checkpoint.
        base: its heading.
        lines: the bytes of the journal; None where there is none.
        scan: what stands in them.
        high_water: number of a transaction that certainly was on the disk once.
    """
    contained = contains(base, lines or b"")
    reached = base.sequence if contained else max(base.sequence, scan.sequence)
    fits = contained or scan.continues(base.sequence, base.name)
    what = None if fits else _about_journal(path, base, lines or b"", scan)
    if what is None:
        what = _about_backups(path, base, reached)
    if what is None and reached < high_water:
        state = "it is missing" if lines is None else "it ends too early"
        journal = path.with_suffix(".journal")
        what = f"{journal} is damaged: {state}, the last {high_water - reached} changes are not here."
    return None if what is None else StoreDamagedError(what, checkpoint.REPAIR_HINT)


def _about_journal(path: Path, base: Heading, lines: bytes, scan: JournalScan) -> str:
    journal = path.with_suffix(".journal")
    if scan.fault is JournalFault.DAMAGED:
        number = len(scan.transactions) + 1
        why = " (its line breaks were changed)" if b"\r" in lines else ""
        return f"{journal} is damaged: line {number} is not as it was written{why}."
    first = scan.transactions[0]
    if are_different(first.store, base.store):
        return f"{journal} is damaged: it belongs to another store than {path.name}."
    if first.base != base.name:
        if first.sequence > base.sequence + 1:
            return (
                f"{path} is an older copy: it ends with change {base.sequence}, "
                f"and {journal.name} continues one that ended with change {first.sequence - 1}."
            )
        return f"{journal} is damaged: it continues another copy of {path.name} than the one that is here."
    return f"{journal} is damaged: it does not continue {path.name}, changes are missing."


def _about_backups(path: Path, base: Heading, reached: int) -> str | None:
    newer = backup.newer(path, reached)
    if newer is not None:
        place, found = newer
        if not are_different(found.store, base.store):
            return (
                f"{path} is an older copy: with its journal it ends with change {reached}, "
                f"and the backup {place.name} with change {found.sequence}."
            )
    other = backup.of_another_store(path, base.store)
    return f"{path} belongs to another store than the newest backup, {other.name}." if other else None


def are_different(store: str, other: str) -> bool:
    """Whether two stores are certainly two; files of an earlier program name none."""
    return bool(store and other and store != other)
