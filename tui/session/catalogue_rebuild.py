"""Rebuilds the catalogue when the sources change.

The catalogue is a function of the listings, the imported files and the corrections, so it can be rebuilt at any time.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import blake2b
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from tui.errors import BadInputError, StoreBusyError, WriteError
from tui.model.mark import UNTOUCHED, merge_marks
from tui.session.listings import listings
from tui.store.checkpoint import gc_paused
from tui.store.codec import encode_mark
from tui.text.plural import pluralise

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

# Increase when the parsing of sources changes, so that existing catalogues are rebuilt from the same sources.
_INGEST_REVISION = 29
# Since this revision, a file that may not be a listing waits for confirmation; those read by earlier ones count as
# confirmed.
_CONFIRMATION_REVISION = 7
_CONFIRMED = "confirmed_listings"
_CORRECTIONS = "corrections.toml"
# Key of the stored value with the marks of papers that sources merged into another, by the former id.
MERGED = "merged marks"
_MOST_MERGED = 1000
_FREEZE_LINES = 20_000


class SourceSync:
    """The sources of one reading list.

    Args:
        paths: the folders of the list.
        store: the open store.
        notify: called with messages for the user.
    """

    def __init__(self, paths: Paths, store: Store, notify: Callable[[str], None]) -> None:
        self._paths = paths
        self._store = store
        self._notify = notify
        self._sources: SourceFiles | None = None
        self._read_from: list[object] | None = None
        self._confirmed: frozenset[str] = frozenset()

    def changed(self) -> bool:
        """Whether a source, the corrections or the parsing of them changed since the catalogue was built.

        Files that could not be read are not read again until they change. If another process rebuilt the catalogue
        since this one did, from other sources or by another version, only a change of the sources counts: otherwise
        the two would rebuild it alternately for ever.
        """
        stamp, current = self._store.catalogue.meta.get("stamp"), self._stamp(self.fingerprints())
        return stamp != current and (stamp is None or current != self._read_from)

    def synchronise(self, at: str, progress: Progress | None = None) -> tuple[str, ...] | None:
        """Rebuild the catalogue if a source, the corrections or the parsing of them changed.

        The user is notified of new papers, unless the list was empty. If the catalogue cannot be written (read-only
        folder, full disk), it is kept in memory, and the user is notified.

        Args:
            at: ISO 8601 UTC instant, the date of new papers.
            progress: called with (done, total) while sources are being read.

        Returns:
            The ids of new papers, or None if nothing changed.

        Raises:
            BadInputError: the sources or the corrections cannot be read.
            StoreDamagedError: the catalogue on disk is damaged.
        """
        if not self.changed():
            return None
        stamp = self.fingerprints()
        before = frozenset(self._store.catalogue.ids())
        try:
            result = self._read_all(at, progress)
        except BadInputError:
            self._read_from = self._stamp(stamp)
            raise
        self.replace_catalogue(result, stamp)
        fresh = tuple(paper.id for paper in result.papers if paper.id not in before)
        gone = before.difference(name for paper in result.papers for name in (paper.id, *paper.aliases))
        if before and fresh:
            self._notify(pluralise(len(fresh), "new paper"))
        if gone:
            self._notify(f"{pluralise(len(gone))} no longer in any source")
        return fresh

    def waiting(self) -> Sequence[tuple[str, int]]:
        """Listings that wait for confirmation: name, and number of their papers."""
        return [(name, records) for name, records in self._store.catalogue.meta.get("waiting", ())]

    def waiting_path(self, name: str) -> Path:
        """The path of a listing that waits for confirmation."""
        return self._paths.seeds / name

    def undo_or_redo(self, *, back: bool, at: str, progress: Progress | None = None) -> Change | None:
        """Undo or redo one step, and read the sources if the step adds or removes some.

        Args:
            back: whether to undo; else to redo.
            at: as in ``synchronise``.
            progress: as in ``synchronise``.

        Returns:
            The change; None if there is no such step.

        Raises:
            WriteError, StoreBusyError: nothing was changed.
        """
        change = self._store.history.undo(at=at) if back else self._store.history.redo(at=at)
        if change is not None and change.rereads:
            self.synchronise(at, progress)
        return change

    def diagnostics(self, at: str) -> tuple[Diagnostic, ...]:
        """Problems in the sources, found by reading them all again."""
        from tui.ingest.source_file import unread_bibliographies  # noqa: PLC0415 - not needed if nothing changed

        diagnostics = self.read(self.read_files(), at, None).diagnostics
        return tuple(
            sorted((*diagnostics, *self._known_sources().diagnostics, *unread_bibliographies(self._paths.seeds)))
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """Problems of the sources when the catalogue was built, as messages."""
        return tuple(map(str, self._store.catalogue.meta.get("warnings", ())))

    def read_files(self) -> list[SourceFile]:
        """Read every listing and imported file; invalid ones are empty and have diagnostics.

        Raises:
            BadInputError: the folder of listings cannot be read, and the list is empty.
        """
        from tui.session.source_files import read_sources  # noqa: PLC0415 - not needed if nothing changed

        self._sources = read_sources(self._paths, self._store)
        return list(self._sources.files)

    def _known_sources(self) -> SourceFiles:
        """The sources as read last."""
        if self._sources is None:
            self.read_files()
        return cast("SourceFiles", self._sources)

    def _read_all(self, at: str, progress: Progress | None) -> IngestResult:
        """Read all sources; those read by a version without confirmation count as confirmed."""
        files = self.read_files()
        result = self.read(files, at, progress)
        stamp = self._store.catalogue.meta.get("stamp")
        if not result.waiting or not stamp or stamp[0] >= _CONFIRMATION_REVISION:
            return result
        known = {source.page for paper in self._store.catalogue.papers() for source in paper.sources}
        waiting = {file.name for file in result.waiting}
        self._confirmed |= {file.digest for file in files if file.name in waiting & known}
        with suppress(WriteError, StoreBusyError):
            self._store.values.set(_CONFIRMED, sorted(self._confirmed))
        return self.read(files, at, progress)

    def _unconfirmed(self, files: Sequence[SourceFile]) -> frozenset[str]:
        """The names of listings that the user has not confirmed."""
        stored = self._store.values.get(_CONFIRMED)
        confirmed = self._confirmed.union(map(str, stored if isinstance(stored, list) else ()))
        imported = frozenset(self._store.sources.names())
        return frozenset(file.name for file in files if file.name not in imported and file.digest not in confirmed)

    def read(
        self,
        files: Sequence[SourceFile],
        at: str,
        progress: Progress | None,
        *,
        marks_of: Collection[str] = (),
        keywords_of: Collection[str] = (),
        confirmed: Collection[str] = (),
        pins: Mapping[str, str] = MappingProxyType({}),
    ) -> IngestResult:
        """Make papers from sources, matching the current papers; see ``tui.ingest.pipeline.ingest``.

        Files that may not be listings are skipped, unless their names are in ``confirmed``. ``pins`` has the names of
        records with the ids of their papers, besides those that the user pinned.
        """
        from tui.ingest.completion_records import is_completion_source, without_completions  # noqa: PLC0415 - not needed if nothing changed
        from tui.ingest.pipeline import ingest  # noqa: PLC0415 - not needed if nothing changed

        # Of a marked paper that was in no source last time, only what its mark remembers is known.
        remembered = {paper.id: paper for paper in self._store.catalogue.digested_papers()}
        papers = [self._store.catalogue.paper(paper_id) for paper_id in self._store.catalogue.ids()]
        previous = [paper for paper in papers if paper.sources or paper.id not in remembered]
        if any(map(is_completion_source, self._store.sources.all_names())):
            previous = [without_completions(paper) for paper in previous]
        added = {paper.id: paper.added for paper in papers}
        names = {name for paper in previous for name in (paper.id, *paper.aliases)}
        # Papers of a source that cannot be read are kept as they were.
        sources = self._known_sources()
        held = {paper.id for paper in previous if any(sources.is_lost(place.page) for place in paper.sources)}
        # The papers of a long list live on; examining them again and again would take a tenth of a second.
        with gc_paused(freeze=sum(len(file.lines) for file in files) > _FREEZE_LINES):
            result = ingest(
                files,
                corrections=sources.corrections,
                previous=previous,
                remembered=[
                    paper._replace(added=added.get(name, at))
                    for name, paper in remembered.items()
                    if name not in names
                ],
                marked=self._store.marks.ids() | held,
                pins={**pins, **self._store.marks.pinned()},
                at=at,
                marks_of=marks_of,
                keywords_of=keywords_of,
                unconfirmed=self._unconfirmed(files).difference(confirmed),
                progress=progress,
            )
            return _with_first_dates(result, self._store.catalogue.first_added())

    def replace_catalogue(self, result: IngestResult, fingerprints: Mapping[Path, list[object]]) -> None:
        """Replace the papers of the catalogue; the fingerprints are those of the sources when they were read."""
        # A file that the system refused to open is read again as soon as that is possible.
        sources = self._known_sources()
        unseen = {path: [*_unseen(path), *fingerprints[path][3:]] for path in sources.unread if path in fingerprints}
        stamp = self._stamp({**fingerprints, **unseen})
        self._read_from = stamp
        moved = tuple((gone, kept) for gone, kept in result.merged_ids if gone in self._store.marks.ids())
        if moved:
            self._remember_merged(moved)
            # Not done by the user, so not in the history. Marks are moved first: a run that is killed before the
            # catalogue is written starts again.
            with suppress(WriteError, StoreBusyError):
                self._store.history.commit(
                    "merge papers", lambda mark: _moved_marks(mark, moved), at="", undoable=False
                )
        meta = {
            "stamp": stamp,
            "warnings": sources.warnings,
            "corrections": sources.corrections.text,
            "waiting": [list(file) for file in result.waiting],
        }
        try:
            self._store.catalogue.replace(result.papers, meta)
        except (WriteError, StoreBusyError) as error:
            self._store.catalogue.replace_in_memory(result.papers, meta)
            self._notify(f"the updated papers could not be saved: {error.message}")

    def _remember_merged(self, moved: Sequence[tuple[str, str]]) -> None:
        """Store the marks of papers that sources merge, so that each gets its own again if they are split."""
        stored = self._store.values.get(MERGED)
        merged: dict[str, Any] = dict(stored) if isinstance(stored, dict) else {}
        for gone, kept in moved:
            ours, theirs = self._store.marks.get(kept), self._store.marks.get(gone)
            sources = self._store.catalogue.paper(gone).sources if gone in self._store.catalogue else ()
            merged.pop(gone, None)
            merged[gone] = {
                "into": kept,
                "mark": encode_mark(theirs),
                "before": encode_mark(ours),
                "after": encode_mark(_merged_mark(ours, theirs)),
                "sources": [list(source) for source in sources],
            }
        with suppress(WriteError, StoreBusyError):
            self._store.values.set(MERGED, dict(list(merged.items())[-_MOST_MERGED:]))

    def fingerprints(self) -> dict[Path, list[object]]:
        """Fingerprint of every source and of the corrections: name, size and modification time."""
        seeds = self._paths.seeds
        try:
            files = [*listings(self._paths, self._store), seeds / _CORRECTIONS]
        except BadInputError:
            fingerprints = {seeds: _unseen(seeds)}
        else:
            fingerprints = {path: _fingerprint(path) for path in files}
        for name in self._store.sources.names():
            path = self._store.sources.path(name)
            fingerprints[path] = [*_fingerprint(path), self._store.sources.digest(name)]
        return fingerprints

    def _stamp(self, fingerprints: Mapping[Path, list[object]]) -> list[object]:
        """Identifies what the catalogue is built from: sources, parser revision, and papers that the user split."""
        pins = sorted(self._store.marks.pinned().items())
        split = [blake2b(repr(pins).encode(), digest_size=8).hexdigest()] if pins else []
        return [_INGEST_REVISION, *fingerprints.values(), *split]


def _fingerprint(path: Path) -> list[object]:
    """Name, size in bytes and modification time in nanoseconds; cheap to compare at every start."""
    try:
        status = path.stat()
    except OSError:  # missing, or reading it will report the reason
        return _unseen(path)
    return [path.name, status.st_size, status.st_mtime_ns] if os.access(path, os.R_OK) else _unseen(path)


def _unseen(path: Path) -> list[object]:
    return [path.name, None, None]


def _with_first_dates(result: IngestResult, days: Mapping[str, str]) -> IngestResult:
    """The papers, each with the date on which it was first added."""
    if not days:
        return result
    papers = []
    for paper in result.papers:
        first = min((days[name] for name in (paper.id, *paper.aliases) if name in days), default=paper.added)
        papers.append(paper._replace(added=first) if first < paper.added else paper)
    return result._replace(papers=tuple(papers))


def _merged_mark(kept: Mark, gone: Mark) -> Mark:
    """The mark of a paper that the sources merged from two; it is removed only if both were."""
    return merge_marks(kept, gone)._replace(removed=kept.removed and gone.removed)


def _moved_marks(mark: Callable[[str], Mark], moved: Sequence[tuple[str, str]]) -> dict[str, Mark]:
    new: dict[str, Mark] = {}
    for gone, kept in moved:
        both = _merged_mark(new.get(kept, mark(kept)), mark(gone))
        # If the sources now merge papers that the user merged, that part is no longer needed.
        new[kept] = both._replace(part_of=None) if both.part_of in (gone, kept) else both
        new[gone] = UNTOUCHED
    return new
