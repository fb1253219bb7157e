"""Bibliographies that the list follows: read again when they change, and never written to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import BadInputError, ReadlistError
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tui.session.import_plan import ImportResult
    from tui.store.store import Store

    Progress = Callable[[int, int], None]
    # Imports a linked file as a newer version of itself; returns None if it has no papers any more.
    Reread = Callable[[Path, Progress | None], ImportResult | None]

# The stored value with the size and the modification time of each linked file when it was read, by its path.
LINKED = "linked files"


class LinkedFiles:
    """The linked files of one reading list.

    Args:
        store: the open store.
        reread: imports a file.
    """

    def __init__(self, store: Store, reread: Reread) -> None:
        self._store = store
        self._reread = reread
        self._report: list[str] = []

    def link(self, files: Iterable[Path]) -> None:
        """Follow files that have just been imported.

        Raises:
            WriteError, StoreBusyError: they are imported, but not followed.
        """
        self._save(self._known() | {str(file.absolute()): _state(file) for file in files})

    def unlink(self, file: Path) -> bool:
        """Follow a file no longer; returns whether it was followed. Its papers stay."""
        known = self._known()
        found = known.pop(str(file.absolute()), None) is not None
        self._save(known)
        return found

    def paths(self) -> tuple[Path, ...]:
        """The linked files, in the order in which they were linked."""
        return tuple(map(Path, self._known()))

    def changed(self) -> tuple[Path, ...]:
        """The linked files that changed since they were read; missing ones are not among them."""
        known = self._known().items()
        return tuple(Path(name) for name, state in known if (now := _state(Path(name))) and now != state)

    def reread(self, progress: Progress | None = None) -> int:
        """Read the files that changed, each as one undoable step, and return the number of new papers.

        A file that cannot be read, or has no papers any more, changes nothing; the reason is in the report. What the
        user corrected stays; the new value of the source is shown beside it.

        Args:
            progress: called with (done, total) while a file is being read.
        """
        new = 0
        for path in self.changed():
            state = _state(path)
            try:
                result = self._reread(path, progress)
                self._save(self._known() | {str(path): state})
            except ReadlistError as error:
                if isinstance(error, BadInputError):
                    self._save(self._known() | {str(path): state})
                self._report.append(f"linked file {path.name} was not read: {error.message}")
                continue
            self._report.append(_summary(path, result))
            new += len(result.new) if result else 0
        return new

    def take_report(self) -> str:
        """What was read since the last report, on one line; empty if nothing was."""
        report, self._report = "; ".join(self._report), []
        return report

    def _known(self) -> dict[str, list[int]]:
        stored = self._store.get_value(LINKED)
        known = stored.items() if isinstance(stored, dict) else ()
        return {name: list(state) for name, state in known if isinstance(state, list)}

    def _save(self, known: dict[str, list[int]]) -> None:
        self._store.set_value(LINKED, {name: list(state) for name, state in known.items()} or None)


def _state(file: Path) -> list[int]:
    """Size in bytes and modification time in nanoseconds; empty if the file is missing."""
    try:
        status = file.stat()
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns]


def _summary(path: Path, result: ImportResult | None) -> str:
    """``library.bib changed: 1 paper updated, 2 new (Dunes: pages 1–2 → 3–4)``."""
    if result is None:
        return f"linked file {path.name} no longer has any papers; those read before are kept"
    updated = len({update.id for update in result.updates})
    counts = [f"{pluralise(updated)} updated"] if updated else []
    counts += [f"{len(papers)} {what}" for papers, what in ((result.new, "new"), (result.gone, "gone")) if papers]
    first = f" ({result.updates[0].line})" if result.updates else ""
    return f"{path.name} changed: {', '.join(counts) or 'no papers affected'}{first}"
