"""From pages to the catalogue: sees which pages changed, has them read, and renews the store.

Stands beside the door because it needs both the reading of pages and the store, which do not know each other. The
catalogue is a function of the seed pages, the imported pages and the corrections, so it can be made anew at any time.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, cast

from tui.errors import BadInputError, StoreBusyError, WriteError
from tui.model.mark import UNTOUCHED, merge_marks
from tui.store.checkpoint import gc_paused
from tui.store.codec import encode_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from tui.ingest.pipeline import IngestResult
    from tui.ingest.source_file import Diagnostic, SourceFile
    from tui.model.change import Change
    from tui.model.mark import Mark
    from tui.paths import Paths
    from tui.session.source_files import SourceFiles
    from tui.store.store import Store

    Progress = Callable[[int, int], None]

# Raised when the reading of pages changes, so that an existing catalogue is made anew from the same pages.
_INTAKE_REVISION = 7
# From this one on a page that may be no listing waits for consent; what earlier ones had read counts as confirmed.
_CONSENT_REVISION = 7
_CONFIRMED = "confirmed_listings"
_CORRECTIONS = "corrections.toml"
# The fact that keeps the marks of papers that became part of another: by the id that is gone.
MERGED = "merged marks"
_MOST_MERGED = 1000


class SourceSync:
    """The pages of one reading list.

    Args:
        home: the folders to work with.
        library: the open store.
        tell: given sentences that a person should see.
    """

    def __init__(self, home: Paths, library: Store, tell: Callable[[str], None]) -> None:
        self._home = home
        self._library = library
        self._tell = tell
        self._sources: SourceFiles | None = None
        self._read_from: list[object] | None = None
        self._confirmed: frozenset[str] = frozenset()

    def changed(self) -> bool:
        """Whether a page, the corrections or the way of reading them changed since the catalogue was made.

        What could not be read is not read again before it has changed.
        Where another process made it anew since this one did, of other pages or in a way of its own (one of another
        version, say), only a change of the pages counts: the two would undo each other's work for ever.
        """
        stamp, now = self._library.catalogue_meta.get("stamp"), self._stamp(self.fingerprints())
        return stamp != now and (stamp is None or now != self._read_from)

    def synchronise(self, at: str, progress: Progress | None = None) -> tuple[str, ...] | None:
        """Renew the catalogue where a page, the corrections or the way of reading them changed.

        New papers are told where there were some before. Where the catalogue cannot be written (a folder that is
        read-only, a full disk) it is held in memory, and that is told.

        Args:
            at: ISO 8601 UTC instant that new papers are dated by.
            progress: called with (done, total) while pages are being read.

        Returns:
            The ids of papers that were not there before, or None where nothing had changed.

        Raises:
            BadInputError: the pages or the corrections cannot be read at all.
            StoreDamagedError: the catalogue on disk has become damaged.
        """
        if not self.changed():
            return None
        stamp = self.fingerprints()
        before = frozenset(self._library.ids())
        try:
            intake = self._read_anew(at, progress)
        except BadInputError:
            self._read_from = self._stamp(stamp)
            raise
        self.replace_catalogue(intake, stamp)
        fresh = tuple(paper.id for paper in intake.papers if paper.id not in before)
        gone = before.difference(name for paper in intake.papers for name in (paper.id, *paper.aliases))
        if before and fresh:
            self._tell(f"{len(fresh)} new paper{'s' if len(fresh) > 1 else ''}")
        if gone:
            self._tell(f"{len(gone)} paper{'s are' if len(gone) > 1 else ' is'} no longer on any page")
        return fresh

    def waiting(self) -> Sequence[tuple[str, int]]:
        """The listings that wait for consent: name of the page, and number of papers that it would make."""
        return [(name, records) for name, records in self._library.catalogue_meta.get("waiting", ())]

    def waiting_path(self, name: str) -> Path:
        """Where a listing that waits lies."""
        return self._home.seeds / name

    def undo_or_redo(self, *, back: bool, at: str, progress: Progress | None = None) -> Change | None:
        """Take the latest step back, or forth again, and read the pages where some go or come with it.

        Args:
            back: whether to undo; else to redo.
            at: as ``take_in`` has it.
            progress: as ``take_in`` has it.

        Returns:
            The change; None where there is no such step.

        Raises:
            CannotWriteError, StoreBusyError: nothing was changed.
        """
        change = self._library.undo(at=at) if back else self._library.redo(at=at)
        if change is not None and change.rereads:
            self.synchronise(at, progress)
        return change

    def diagnostics(self, at: str) -> tuple[Diagnostic, ...]:
        """Everything on the pages that could not be read, found by reading them all again."""
        from tui.ingest.source_file import unread_bibliographies  # noqa: PLC0415 - see pages

        problems = self.read(self.pages(), at, None).diagnostics
        return tuple(sorted((*problems, *self._known_sources().problems, *unread_bibliographies(self._home.seeds))))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was wrong with the sources when the catalogue was made of them, a sentence each."""
        return tuple(map(str, self._library.catalogue_meta.get("warnings", ())))

    def pages(self) -> list[SourceFile]:
        """Every page of the list, seeds and imported ones; a bad one comes empty, with what is wrong with it.

        Raises:
            BadInputError: the folder of pages cannot be read, and there is nothing else to show.
        """
        from tui.session.source_files import read_sources  # noqa: PLC0415 - a start-up without changed pages reads none

        self._sources = read_sources(self._home, self._library)
        return list(self._sources.pages)

    def _known_sources(self) -> SourceFiles:
        """The sources as they were read the last time."""
        if self._sources is None:
            self.pages()
        return cast("SourceFiles", self._sources)

    def _read_anew(self, at: str, progress: Progress | None) -> IngestResult:
        """Read all pages; those that a version without consent had read need none."""
        pages = self.pages()
        intake = self.read(pages, at, progress)
        stamp = self._library.catalogue_meta.get("stamp")
        if not intake.waiting or not stamp or stamp[0] >= _CONSENT_REVISION:
            return intake
        known = {source.page for paper in self._library.papers() for source in paper.sources}
        waiting = {page.name for page in intake.waiting}
        self._confirmed |= {page.digest for page in pages if page.name in waiting & known}
        with suppress(WriteError, StoreBusyError):
            self._library.set_value(_CONFIRMED, sorted(self._confirmed))
        return self.read(pages, at, progress)

    def _unconfirmed(self, pages: Sequence[SourceFile]) -> frozenset[str]:
        """The names of the pages of the folder that nobody has confirmed."""
        remembered = self._library.get_value(_CONFIRMED)
        confirmed = self._confirmed.union(map(str, remembered if isinstance(remembered, list) else ()))
        imported = frozenset(self._library.source_names())
        return frozenset(page.name for page in pages if page.name not in imported and page.digest not in confirmed)

    def read(
        self,
        pages: Sequence[SourceFile],
        at: str,
        progress: Progress | None,
        *,
        marks_of: Collection[str] = (),
        keywords_of: Collection[str] = (),
        confirmed: Collection[str] = (),
    ) -> IngestResult:
        """Make papers of pages, beside those that there are; see ``take_in`` of the intake.

        Pages of the folder that may be no listings are left out, but for those whose names are ``confirmed``.
        """
        from tui.ingest.pipeline import ingest  # noqa: PLC0415 - see pages

        # A marked paper that was on no page the last time is nothing but what its mark remembers.
        remembered = {paper.id: paper for paper in self._library.digested_papers()}
        papers = [self._library.paper(paper_id) for paper_id in self._library.ids()]
        previous = [paper for paper in papers if paper.sources or paper.id not in remembered]
        added = {paper.id: paper.added for paper in papers}
        names = {name for paper in previous for name in (paper.id, *paper.aliases)}
        # Papers of a page that cannot be read now stay as they were.
        sources = self._known_sources()
        held = {paper.id for paper in previous if any(sources.is_lost(place.page) for place in paper.sources)}
        with gc_paused(freeze=False):
            intake = ingest(
                pages,
                corrections=sources.corrections,
                previous=previous,
                remembered=[
                    replace(paper, added=added.get(name, at))
                    for name, paper in remembered.items()
                    if name not in names
                ],
                marked=self._library.marked() | held,
                pins=self._library.pinned(),
                at=at,
                marks_of=marks_of,
                keywords_of=keywords_of,
                unconfirmed=self._unconfirmed(pages).difference(confirmed),
                progress=progress,
            )
            return _dated(intake, self._library.first_added())

    def replace_catalogue(self, intake: IngestResult, stamps: Mapping[Path, list[object]]) -> None:
        """Put the papers of all pages in place of those that there were, read when the pages had these stamps."""
        # A page that the system did not let us read is looked at again as soon as it does.
        sources = self._known_sources()
        unseen = {path: [*_unseen(path), *stamps[path][3:]] for path in sources.unread if path in stamps}
        stamp = self._stamp({**stamps, **unseen})
        self._read_from = stamp
        moved = tuple((gone, kept) for gone, kept in intake.merged_ids if gone in self._library.marked())
        if moved:
            self._remember_merged(moved)
            # No gesture of the user's, so no step in the history; the marks follow the papers they were made on. They
            # go first: a run that dies before the catalogue is there starts again.
            with suppress(WriteError, StoreBusyError):
                self._library.commit("join twins", lambda mark: _moved_marks(mark, moved), at="", undoable=False)
        meta = {
            "stamp": stamp,
            "warnings": sources.warnings,
            "corrections": sources.corrections.text,
            "waiting": [list(page) for page in intake.waiting],
        }
        try:
            self._library.replace_catalogue(intake.papers, meta)
        except (WriteError, StoreBusyError) as fault:
            self._library.replace_catalogue_in_memory(intake.papers, meta)
            self._tell(f"the papers were read from the pages and could not be kept: {fault.message}")

    def _remember_merged(self, moved: Sequence[tuple[str, str]]) -> None:
        """Keep the marks of papers that the pages merge, so that each can have its own again when they are split."""
        known = self._library.get_value(MERGED)
        merged: dict[str, Any] = dict(known) if isinstance(known, dict) else {}
        for gone, kept in moved:
            ours, theirs = self._library.mark(kept), self._library.mark(gone)
            sources = self._library.paper(gone).sources if gone in self._library else ()
            merged.pop(gone, None)
            merged[gone] = {
                "into": kept,
                "mark": encode_mark(theirs),
                "before": encode_mark(ours),
                "after": encode_mark(merge_marks(ours, theirs)),
                "sources": [list(source) for source in sources],
            }
        with suppress(WriteError, StoreBusyError):
            self._library.set_value(MERGED, dict(list(merged.items())[-_MOST_MERGED:]))

    def fingerprints(self) -> dict[Path, list[object]]:
        """What tells whether a page has changed: page or corrections to name, size and time of change."""
        from tui.ingest.source_file import list_sources  # noqa: PLC0415 - see pages

        seeds = self._home.seeds
        try:
            paths = [*list_sources(seeds), seeds / _CORRECTIONS]
        except BadInputError:
            stamps = {seeds: _unseen(seeds)}
        else:
            stamps = {path: _fingerprint(path) for path in paths}
        for name in self._library.source_names():
            path = self._library.source_path(name)
            stamps[path] = [*_fingerprint(path), self._library.sources.digest(name)]
        return stamps

    def _stamp(self, stamps: Mapping[Path, list[object]]) -> list[object]:
        """What the catalogue is made from: the pages, the way of reading them, and what the user split."""
        pins = sorted(self._library.pinned().items())
        split = [blake2b(repr(pins).encode(), digest_size=8).hexdigest()] if pins else []
        return [_INTAKE_REVISION, *stamps.values(), *split]


def _fingerprint(path: Path) -> list[object]:
    """Name, size in bytes and time of change in nanoseconds: cheap to compare at every start."""
    try:
        status = path.stat()
    except OSError:  # it is missing, or reading it will say why it cannot be read
        return _unseen(path)
    return [path.name, status.st_size, status.st_mtime_ns] if os.access(path, os.R_OK) else _unseen(path)


def _unseen(path: Path) -> list[object]:
    return [path.name, None, None]


def _dated(intake: IngestResult, days: Mapping[str, str]) -> IngestResult:
    """The papers, each with the day on which it first came into the list."""
    if not days:
        return intake
    papers = []
    for paper in intake.papers:
        first = min((days[name] for name in (paper.id, *paper.aliases) if name in days), default=paper.added)
        papers.append(replace(paper, added=first) if first < paper.added else paper)
    return replace(intake, papers=tuple(papers))


def _moved_marks(mark: Callable[[str], Mark], moved: Sequence[tuple[str, str]]) -> dict[str, Mark]:
    new: dict[str, Mark] = {}
    for gone, kept in moved:
        both = merge_marks(new.get(kept, mark(kept)), mark(gone))
        # What the user joined the pages may join as well, and then it is part of nothing any more.
        new[kept] = replace(both, part_of=None) if both.part_of in (gone, kept) else both
        new[gone] = UNTOUCHED
    return new
