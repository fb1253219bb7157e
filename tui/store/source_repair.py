"""Bringing imported files back that are missing or changed. What stands in their place is kept under another name."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from tui.errors import StoreDamagedError
from tui.store import disk
from tui.store.lock import Lock
from tui.store.source_digests import SourceDigests
from tui.store.storage import JournalStorage

if TYPE_CHECKING:
    from pathlib import Path

    from tui.store.source_digests import SourceFault

_KIND = "damaged"


def repair_sources(data: Path, *, dry_run: bool) -> tuple[str, ...]:
    """Repair the imported files of a data folder; says what is done, a sentence each.

    A file without a backup copy is kept as it is now, or no longer counts where it is missing.

    Args:
        data: the folder.
        dry_run: say what would be done, and touch nothing.

    Raises:
        CannotWriteError, StoreBusyError: some of it was not done; try again.
    """
    if not (data / "marks.json").exists():
        return ()
    lock = Lock(data / ".lock")
    with ExitStack() as stack:
        stack.callback(lock.close)
        try:
            storage = JournalStorage(data / "marks.json", lock, touch=False)
        except StoreDamagedError:
            return ()  # the marks come first
        stack.callback(storage.close)
        sources = SourceDigests(data, storage)
        found, copies = sources.faults(), tuple(sources.bad_copies())
        if not (found or copies):
            return ()
        if not dry_run:
            stack.enter_context(storage.transaction())
        said = [sentence for fault in found for sentence in _mend(sources, data, fault, dry_run=dry_run)]
        for copy in copies:
            said.append(f"{copy} is damaged; it is made anew from the imported file where that is sound.")
            if not dry_run:
                with disk.translate_errors(copy):
                    disk.rename(copy, disk.next_free(data / copy.name, _KIND))
        if not dry_run:
            sources.protect()
        return tuple(said)


def _mend(sources: SourceDigests, data: Path, fault: SourceFault, *, dry_run: bool) -> list[str]:
    said = [f"{fault.path} {fault.reason}."]
    aside = disk.next_free(data / fault.name, _KIND)
    if fault.copy is not None:
        said += [] if fault.is_missing else [f"{fault.name} as it was is kept as {aside.name}."]
        said.append(f"{fault.name} is put back from its backup copy.")
        if not dry_run:
            with disk.translate_errors(fault.path):
                disk.make_folder(fault.path.parent)
                if not fault.is_missing:
                    disk.rename(fault.path, aside)
                disk.replace(fault.path, [fault.copy])
    elif fault.is_missing:
        said.append("It has no backup copy and no longer counts as imported; import the file again.")
        if not dry_run:
            sources.forget(fault.name)
    elif (contents := disk.read(fault.path)) is not None:
        said.append("It has no backup copy and counts from now on as it is.")
        if not dry_run:
            sources.record({fault.name: contents})
    return said
