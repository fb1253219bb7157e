"""Restore imported files that are missing or changed. Changed files are kept under another name."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from tui.errors import StoreDamagedError
from tui.store import disk
from tui.store.imported_sources import ImportedSources
from tui.store.journal_table import Database
from tui.store.lock import Lock

if TYPE_CHECKING:
    from pathlib import Path

    from tui.store.imported_sources import SourceFault

_KIND = "damaged"


def repair_sources(data: Path, *, dry_run: bool) -> tuple[str, ...]:
    """Repair the imported files of a data folder.

    Without a backup copy, a changed file is accepted as it is now, and a missing file is no longer imported.

    Args:
        data: the folder.
        dry_run: whether to change nothing.

    Returns:
        What is damaged, and what the repair does, one message each.

    Raises:
        WriteError, StoreBusyError: the repair is not complete; try again.
    """
    if not (data / "marks.json").exists():
        return ()
    lock = Lock(data / ".lock")
    with ExitStack() as stack:
        stack.callback(lock.close)
        try:
            database = Database(data / "marks.json", lock, tidy=False)
        except StoreDamagedError:
            return ()  # the marks have to be repaired first
        stack.callback(database.close)
        sources = ImportedSources(data, database)
        faults, copies = sources.find_faults(), tuple(sources.bad_copies())
        if not (faults or copies):
            return ()
        if not dry_run:
            stack.enter_context(database.journal.transaction())
        messages = [message for fault in faults for message in _repair_source(sources, data, fault, dry_run=dry_run)]
        for copy in copies:
            messages.append(f"{copy} is damaged: replace it with a new copy if the imported file is intact")
            if not dry_run:
                with disk.translate_errors(copy):
                    disk.rename(copy, disk.next_free(data / copy.name, _KIND))
        if not dry_run:
            sources.protect()
        return tuple(messages)


def _repair_source(sources: ImportedSources, data: Path, fault: SourceFault, *, dry_run: bool) -> list[str]:
    messages = [f"{fault.path} {fault.reason}"]
    set_aside = disk.next_free(data / fault.name, _KIND)
    if fault.copy is not None:
        messages += [] if fault.is_missing else [f"keep the old {fault.name} as {set_aside.name}"]
        messages.append(f"restore {fault.name} from its backup copy")
        if not dry_run:
            with disk.translate_errors(fault.path):
                disk.make_folder(fault.path.parent)
                if not fault.is_missing:
                    disk.rename(fault.path, set_aside)
                disk.replace(fault.path, [fault.copy])
    elif fault.is_missing:
        messages.append(f"forget {fault.name}, which has no backup copy (import the file again)")
        if not dry_run:
            sources.forget(fault.name)
    elif (contents := disk.read(fault.path)) is not None:
        messages.append(f"accept {fault.name} as it is now, because it has no backup copy")
        if not dry_run:
            sources.record({fault.name: contents})
    return messages
