"""Bibliographies that the list follows: read again when they change, and never written to."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import BadInputError, ReadlistError, StoreBusyError, WriteError
from tui.session.source_names import name_without_number
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from tui.model.change import FieldValue
    from tui.session.import_plan import ImportResult
    from tui.store.store import Store

    Progress = Callable[[int, int], None]
    # Imports a linked file as a newer version of its source; returns None if it has no papers any more.
    Reread = Callable[["LinkedFile", Progress | None], ImportResult | None]

# The stored values: the source that each linked file was read into last, and the encoding that the user named for it,
# both by the path of the file. They change with the step that imports or removes the source, and are undone with it.
_LINKS = "links"
_ENCODINGS = "link encodings"
# The stored value with the size and the modification time of each linked file when it was read, by its path.
_STATES = "linked file states"
# The value that earlier versions have instead of all three.
_FORMER = "linked files"


class LinkedFile(NamedTuple):
    """A file that the list follows.

    Attributes:
        path: where it is.
        source: the name of the source that is its latest version.
        encoding: the encoding that the user named; None if it is found by its contents.
    """

    path: Path
    source: str
    encoding: str | None


def follows_files(store: Store) -> bool:
    """Whether the list follows any file."""
    return bool(store.values.get(_LINKS)) or store.values.get(_FORMER) is not None


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

    def all(self) -> tuple[LinkedFile, ...]:
        """The linked files, in the order in which they were linked."""
        sources, encodings = frozenset(self._store.sources.names()), self._encodings()
        return tuple(
            LinkedFile(Path(path), source, encodings.get(path))
            for path, source in self._links().items()
            if source in sources
        )

    def values_after(
        self,
        *,
        linked: Mapping[Path, str] | None = None,
        encoding: str | None = None,
        replaced: Mapping[str, str] | None = None,
        removed: Collection[str] = (),
    ) -> dict[str, FieldValue]:
        """The values to store with a step, by name.

        Args:
            linked: files to follow from now on, each with its source.
            encoding: their encoding, if the user named it.
            replaced: names of sources, each with the name of its newer version.
            removed: names of sources that are removed.
        """
        before, named = self._links(), self._encodings()
        links = {path: (replaced or {}).get(source, source) for path, source in before.items()}
        links |= {str(path.absolute()): source for path, source in (linked or {}).items()}
        links = {path: source for path, source in links.items() if source not in removed}
        encodings = {path: name for path, name in named.items() if path in links}
        if linked and encoding:
            encodings |= {str(path.absolute()): encoding for path in linked}
        return {
            name: tuple(pairs.items())
            for name, pairs, old in ((_LINKS, links, before), (_ENCODINGS, encodings, named))
            if pairs != old
        }

    def changed(self) -> tuple[Path, ...]:
        """The linked files that changed since they were read; missing ones are not among them."""
        return tuple(linked.path for linked in self._changed())

    def reread(self, progress: Progress | None = None) -> int:
        """Read the files that changed, each as one undoable step, and return the number of new papers.

        A file that cannot be read, or has no papers any more, changes nothing; the reason is in the report. What the
        user corrected stays; the new value of the source is shown beside it.

        Args:
            progress: called with (done, total) while a file is being read.
        """
        new = 0
        for linked in self._changed():
            state = file_state(linked.path)
            try:
                result = self._reread(linked, progress)
            except ReadlistError as error:
                if isinstance(error, BadInputError):
                    self.keep_states({linked.path: state})
                self._report.append(f"linked file {linked.path.name} was not read: {error.message}")
                continue
            self.keep_states({linked.path: state})
            self._report += _summary(linked.path, result)
            new += len(result.new) if result else 0
        return new

    def take_report(self) -> str:
        """What was read since the last report, on one line; empty if nothing was."""
        report, self._report = "; ".join(self._report), []
        return report

    def keep_states(self, states: Mapping[Path, list[int]]) -> None:
        """Store the states that files had when they were read; if that fails, they are read once more."""
        with suppress(WriteError, StoreBusyError):
            known = {str(path.absolute()): state for path, state in states.items()}
            self._store.values.set(_STATES, {**self._states(), **known})

    def _changed(self) -> tuple[LinkedFile, ...]:
        states = self._states()
        return tuple(
            linked
            for linked in self.all()
            if (now := file_state(linked.path)) and now != states.get(str(linked.path))
        )

    def _links(self) -> dict[str, str]:
        """The source of each linked file, by its path."""
        if self._store.values.get(_LINKS) is not None:
            return self._pairs(_LINKS)
        former = self._dict(_FORMER)
        sources = {name: name for name in self._store.sources.names()} if former else {}
        sources |= {name_without_number(name): name for name in sources}
        return {path: sources[Path(path).name] for path in former if Path(path).name in sources}

    def _encodings(self) -> dict[str, str]:
        return self._pairs(_ENCODINGS)

    def _states(self) -> dict[str, list[int]]:
        known = {**self._dict(_FORMER), **self._dict(_STATES)}
        return {name: list(state) for name, state in known.items() if isinstance(state, list)}

    def _pairs(self, name: str) -> dict[str, str]:
        stored = self._store.values.get(name)
        return {str(path): str(text) for path, text in stored} if isinstance(stored, list) else {}

    def _dict(self, name: str) -> dict[str, object]:
        stored = self._store.values.get(name)
        return dict(stored) if isinstance(stored, dict) else {}


def file_state(file: Path) -> list[int]:
    """Size in bytes and modification time in nanoseconds; empty if the file is missing."""
    try:
        status = file.stat()
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns]


def _summary(path: Path, result: ImportResult | None) -> list[str]:
    """``library.bib changed: 1 paper updated, 2 new (Dunes: pages 1–2 → 3–4)``; empty if it has the same contents."""
    if result is None:
        return [f"linked file {path.name} no longer has any papers; the earlier ones are kept"]
    if result.change is None:
        return []
    updated = len({update.id for update in result.updates})
    counts = [f"{pluralise(updated)} updated"] if updated else []
    counts += [f"{len(papers)} {what}" for papers, what in ((result.new, "new"), (result.gone, "gone")) if papers]
    first = f" ({result.updates[0].line})" if result.updates else ""
    return [f"{path.name} changed: {', '.join(counts) or 'no papers affected'}{first}"]
