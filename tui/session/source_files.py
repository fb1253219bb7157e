"""Reads the sources of a list: listings, imported files and corrections.

An error in one file affects only that file. If an imported file is missing or changed, its backup copy is read; if
the corrections are invalid, the last valid ones are used; papers of a source that cannot be read are kept as they
were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.errors import BadInputError
from tui.ingest.corrections import CuratedCorrections, load_corrections, parse_corrections
from tui.ingest.source_file import Diagnostic, SourceFile, read_source
from tui.session.listings import listings

if TYPE_CHECKING:
    from pathlib import Path

    from tui.paths import Paths
    from tui.store.store import Store

CORRECTIONS = "corrections.toml"
_REPAIR_HINT = "`readlist check --repair` restores it"


class SourceFiles(NamedTuple):
    """The sources after reading.

    Attributes:
        files: every listing and imported file; those that cannot be read are empty.
        corrections: the corrections to apply.
        warnings: problems, as messages.
        diagnostics: problems of the corrections and of the folder of listings.
        unread: files that the system refused to open.
        lost: names of sources that cannot be read, or only partly.
        imported: names of all files ever imported, if the folder of listings is missing; else None.
    """

    files: tuple[SourceFile, ...] = ()
    corrections: CuratedCorrections = CuratedCorrections()
    warnings: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    unread: frozenset[Path] = frozenset()
    lost: frozenset[str] = frozenset()
    imported: frozenset[str] | None = None

    def is_lost(self, name: str) -> bool:
        """Whether a source of papers can no longer be read."""
        return name in self.lost or (self.imported is not None and name not in self.imported)


def read_sources(paths: Paths, store: Store) -> SourceFiles:
    """Read all sources of a list.

    Raises:
        BadInputError: the folder of listings cannot be read, and the list is empty.
    """
    return _Reader(paths, store).sources()


class _Reader:
    """Reads all sources once."""

    def __init__(self, paths: Paths, store: Store) -> None:
        self._paths = paths
        self._store = store
        self._warnings: list[str] = []
        self._diagnostics: list[Diagnostic] = []
        self._unread: set[Path] = set()
        self._lost: set[str] = set()
        self._has_listings = True

    def sources(self) -> SourceFiles:
        files = [
            *(self._listing(path) for path in self._listings()),
            *map(self._imported, self._store.sources.names()),
        ]
        return SourceFiles(
            tuple(files),
            self._corrections(),
            tuple(self._warnings),
            tuple(self._diagnostics),
            frozenset(self._unread),
            frozenset(self._lost),
            None if self._has_listings else self._store.sources.all_names(),
        )

    def _listings(self) -> list[Path]:
        try:
            return listings(self._paths, self._store)
        except BadInputError as error:
            if not (self._store.catalogue.ids() or self._store.sources.names() or self._store.marks.ids()):
                raise
            self._has_listings = False
            self._warn(error, "its papers are kept")
            self._diagnostics.append(Diagnostic(self._paths.seeds.name, 0, error.message, error.hint))
            return []

    def _listing(self, path: Path) -> SourceFile:
        try:
            return read_source(path)
        except BadInputError as error:
            self._warn(error, "its papers are kept")
            return self._empty(path, path.name, error)

    def _imported(self, name: str) -> SourceFile:
        path, digest = self._store.sources.path(name), self._store.sources.digest(name)
        try:
            source = read_source(path, name)
            if digest in {"", source.digest}:
                return source
            reason = "has changed"
        except BadInputError as error:
            source = self._empty(path, name, error)
            reason = "cannot be read" if path.exists() else "is missing"
        copy = self._store.sources.sound_copy(name)
        if copy is not None:
            self._warnings.append(f"imported file {name} {reason}; using its backup copy ({_REPAIR_HINT})")
            self._lost.discard(name)
            return read_source(copy, name)
        self._lost.add(name)
        self._warnings.append(f"imported file {name} {reason} and has no backup copy (its papers are kept)")
        return source

    def _empty(self, path: Path, name: str, error: BadInputError) -> SourceFile:
        """An empty source for a file that cannot be read, so that the other sources are still used."""
        if isinstance(error.__cause__, OSError):
            self._unread.add(path)
        self._lost.add(name)
        return SourceFile(name, (), digest="", diagnostics=(Diagnostic(name, 0, error.message, error.hint),))

    def _corrections(self) -> CuratedCorrections:
        stored = str(self._store.catalogue.meta.get("corrections", ""))
        before = (
            parse_corrections(SourceFile(CORRECTIONS, tuple(stored.split("\n")), digest=""))
            if stored
            else CuratedCorrections()
        )
        if not self._has_listings:
            return before
        try:
            return load_corrections(self._paths.seeds / CORRECTIONS)
        except BadInputError as error:
            self._warn(error, "using the last valid corrections" if stored else "no corrections are applied")
            self._diagnostics.append(Diagnostic(CORRECTIONS, 0, error.message, error.hint))
            return before

    def _warn(self, error: BadInputError, outcome: str) -> None:
        self._warnings.append(f"{error.message.rstrip('.')} ({outcome})")
