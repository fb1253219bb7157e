"""The files that papers are read from: listings, imported files and corrections, each as far as it can be read.

A fault in one file costs that file. Where an imported file is missing or changed, its backup copy is read; where the
corrections have a mistake, those of the last time hold; papers of a page that cannot be read stay as they were.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.errors import BadInputError
from tui.ingest.corrections import CuratedCorrections, load_corrections, parse_corrections
from tui.ingest.source_file import Diagnostic, SourceFile, list_sources, read_source

if TYPE_CHECKING:
    from pathlib import Path

    from tui.paths import Paths
    from tui.store.store import Store

CORRECTIONS = "corrections.toml"
_RESTORES = "`readlist check --repair` restores it"


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """What was read.

    Attributes:
        pages: every page; one that cannot be read is empty.
        corrections: the corrections to apply.
        warnings: what is wrong, a sentence each.
        problems: what is wrong with the corrections.
        unread: files that the system did not let us read.
        lost: names of pages that cannot be read, or only in part.
        imported: names of all pages ever imported, where the folder of listings is lost; None where it is not.
    """

    pages: tuple[SourceFile, ...] = ()
    corrections: CuratedCorrections = field(default_factory=CuratedCorrections)
    warnings: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    unread: frozenset[Path] = frozenset()
    lost: frozenset[str] = frozenset()
    imported: frozenset[str] | None = None

    def is_lost(self, page: str) -> bool:
        """Whether a page that papers were read from cannot be read now."""
        return page in self.lost or (self.imported is not None and page not in self.imported)


def read_sources(home: Paths, library: Store) -> SourceFiles:
    """Read the sources of a library.

    Raises:
        BadInputError: the folder of listings cannot be read, and there is nothing else to show.
    """
    return _Reader(home, library).sources()


class _Reader:
    """One reading of all sources."""

    def __init__(self, home: Paths, library: Store) -> None:
        self._home = home
        self._library = library
        self._warnings: list[str] = []
        self._problems: list[Diagnostic] = []
        self._unread: set[Path] = set()
        self._lost: set[str] = set()
        self._has_listings = True

    def sources(self) -> SourceFiles:
        pages = [
            *(self._listing(path) for path in self._listings()),
            *map(self._imported, self._library.source_names()),
        ]
        return SourceFiles(
            tuple(pages),
            self._corrections(),
            tuple(self._warnings),
            tuple(self._problems),
            frozenset(self._unread),
            frozenset(self._lost),
            None if self._has_listings else self._library.all_source_names(),
        )

    def _listings(self) -> list[Path]:
        try:
            return list_sources(self._home.seeds)
        except BadInputError as fault:
            if not (self._library.ids() or self._library.source_names() or self._library.marked()):
                raise
            self._has_listings = False
            self._warn(fault, "its papers stay as they were")
            self._problems.append(Diagnostic(self._home.seeds.name, 0, fault.message, fault.hint))
            return []

    def _listing(self, path: Path) -> SourceFile:
        try:
            return read_source(path)
        except BadInputError as fault:
            self._warn(fault, "its papers stay as they were")
            return self._empty(path, path.name, fault)

    def _imported(self, name: str) -> SourceFile:
        path, digest = self._library.source_path(name), self._library.sources.digest(name)
        try:
            page = read_source(path, name)
            if digest in {"", page.digest}:
                return page
            reason = "was changed"
        except BadInputError as fault:
            page = self._empty(path, name, fault)
            reason = "cannot be read" if path.exists() else "is missing"
        copy = self._library.sources.sound_copy(name)
        if copy is not None:
            self._warnings.append(f"imported file {name} {reason}; its backup copy is read ({_RESTORES})")
            self._lost.discard(name)
            return read_source(copy, name)
        self._lost.add(name)
        self._warnings.append(f"imported file {name} {reason} and has no backup copy; its papers stay as they were")
        return page

    def _empty(self, path: Path, name: str, fault: BadInputError) -> SourceFile:
        """A page that cannot be read costs no other page its papers."""
        if isinstance(fault.__cause__, OSError):
            self._unread.add(path)
        self._lost.add(name)
        return SourceFile(name, (), digest="", diagnostics=(Diagnostic(name, 0, fault.message, fault.hint),))

    def _corrections(self) -> CuratedCorrections:
        kept = str(self._library.catalogue_meta.get("corrections", ""))
        before = (
            parse_corrections(SourceFile(CORRECTIONS, tuple(kept.split("\n")), digest=""))
            if kept
            else CuratedCorrections()
        )
        if not self._has_listings:
            return before
        try:
            return load_corrections(self._home.seeds / CORRECTIONS)
        except BadInputError as fault:
            self._warn(fault, "the corrections of the last time hold" if kept else "no correction is applied")
            self._problems.append(Diagnostic(CORRECTIONS, 0, fault.message, fault.hint))
            return before

    def _warn(self, fault: BadInputError, outcome: str) -> None:
        self._warnings.append(f"{fault.message.rstrip('.')}; {outcome}")
