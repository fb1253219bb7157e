"""Import service: plans what importing files would do, and does it as one undoable step."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import BadInputError
from tui.model.mark import UNTOUCHED, merge_marks
from tui.session.import_changes import find_changes
from tui.session.import_input import ImportText, load
from tui.store.checkpoint import gc_paused

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from tui.ingest.merge_report import ReportedMerge
    from tui.ingest.pipeline import IngestResult
    from tui.ingest.source_file import Diagnostic, SourceFile
    from tui.model.change import Change
    from tui.model.mark import Mark
    from tui.session.catalogue_rebuild import Progress, SourceSync
    from tui.session.entries import Entries
    from tui.session.import_changes import ImportChange
    from tui.session.import_preview import ImportPreview
    from tui.session.split_papers import SplitPapers
    from tui.store.store import Store

_LONGEST_STEM = 150  # bytes; file names have at most 255, the rest is for suffixes


class ImportResult(NamedTuple):
    """What an import did, or would do.

    Attributes:
        new: ids of papers that were not in the list.
        known: ids of papers that were in the list and got another record.
        diagnostics: what was refused or repaired, with file and line.
        change: the step in the history, or None for a dry run or if there was nothing to import.
        records: number of records read.
        keywords: distinct keywords that did not become tags, the most frequent first.
        already_imported: names of files that had been imported before.
        unsure: names of files that may not be lists of papers.
        merged: papers of several records, at least one of them from the files.
        shifts: changes of papers that have marks.
        kept: whether these changes were not applied.
    """

    new: tuple[str, ...]
    known: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    change: Change | None
    records: int = 0
    keywords: tuple[str, ...] = ()
    already_imported: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    merged: tuple[ReportedMerge, ...] = ()
    shifts: tuple[ImportChange, ...] = ()
    kept: bool = False

    @property
    def refused(self) -> int:
        """Number of records, or fragments, that were not imported."""
        return sum(diagnostic.records for diagnostic in self.diagnostics if not diagnostic.repaired)

    @property
    def repaired(self) -> int:
        """Number of records that were imported with repairs."""
        return sum(diagnostic.records for diagnostic in self.diagnostics if diagnostic.repaired)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do; ``Imports.carry_out`` does it.

    Attributes:
        files: the files as named by the user.
        at: ISO 8601 UTC instant, the date of new papers.
        result: all papers after the import.
        fresh: name to source and file, of files that were not imported before.
        already_imported: file name to source name, of files that were imported before.
        before: ids of the current papers.
        clashes: records whose citation key belongs to another paper.
        keys: ids of papers that are imported without their citation key.
        state: what the plan depends on; if it changes, the plan is made again.
        shifts: changes of papers that have marks.
        encoding: of the files, if the user named it.
    """

    files: tuple[Path | ImportText, ...]
    at: str
    result: IngestResult
    fresh: Mapping[str, tuple[SourceFile, Path | ImportText]]
    already_imported: Mapping[str, str]
    before: frozenset[str]
    clashes: tuple[Diagnostic, ...]
    keys: frozenset[str]
    state: object
    shifts: tuple[ImportChange, ...] = ()
    encoding: str | None = None

    @property
    def unsure(self) -> tuple[str, ...]:
        """Names of files that may not be lists of papers."""
        return tuple(self.fresh[name][1].name for name in self.result.unsure if name in self.fresh)

    def preview(self, limit: int) -> ImportPreview:
        """Preview of the papers in the files, with what is unusual about each."""
        from tui.session.import_preview import preview  # noqa: PLC0415 - only imports need it

        by_id = {paper.id: paper for paper in self.result.papers}
        return preview([by_id[paper_id] for paper_id in self._paper_ids(self.fresh)], self.before, limit)

    def summary(self, *, tags: bool, change: Change | None = None, kept: bool = False) -> ImportResult:
        """Counts of what is imported, updated, repaired and refused.

        Args:
            tags: whether keywords become tags, also those of files that were imported before.
            change: the step in the history, if it was done.
            kept: whether changes of papers with marks were not applied.
        """
        names = {*self.fresh, *(self.already_imported.values() if tags else ())}
        ids = self._paper_ids(names)
        diagnostics = (diagnostic for diagnostic in self.result.diagnostics if diagnostic.source in self.fresh)
        return ImportResult(
            tuple(paper_id for paper_id in ids if paper_id not in self.before),
            tuple(paper_id for paper_id in ids if paper_id in self.before),
            tuple(sorted((*diagnostics, *self.clashes))),
            change,
            sum(self.result.counts.get(name, 0) for name in names),
            () if tags else self._keywords(),
            tuple(self.already_imported),
            self.unsure,
            tuple(merge for merge in self.result.merged if any(at.page in self.fresh for at in merge.sources)),
            self.shifts,
            kept,
        )

    def marks(self, *, tags: bool, accepted: Collection[ImportChange] = ()) -> dict[str, Mark]:
        """The marks of the imported records, plus corrections that keep values of papers with marks.

        Args:
            tags: whether keywords become tags.
            accepted: changes of papers with marks that the user accepted.
        """
        marks = dict(self.result.marks_with_keywords if tags else self.result.marks)
        bare = {paper_id: replace(marks[paper_id], citation_key=None) for paper_id in self.keys}
        marks |= bare
        for shift in self.shifts:
            if shift not in accepted:
                marks[shift.id] = shift.keep_old_value(marks.get(shift.id, UNTOUCHED))
        return marks

    def _paper_ids(self, names: Collection[str]) -> tuple[str, ...]:
        papers = self.result.papers
        return tuple(dict.fromkeys(paper.id for paper in papers for place in paper.sources if place.page in names))

    def _keywords(self) -> tuple[str, ...]:
        """Distinct keywords in files that were not imported before."""
        fresh = set(self._paper_ids(self.fresh))
        spelled: dict[str, str] = {}
        count: Counter[str] = Counter()
        for paper_id, tags in self.result.keywords:
            if paper_id in fresh:
                count.update(tag.casefold() for tag in tags)
                spelled |= {tag.casefold(): tag for tag in reversed(tags)} | spelled
        return tuple(spelled[word] for word, _ in count.most_common())


class Imports:
    """Imports into one reading list.

    Args:
        store: the open store.
        entries: its papers with their marks.
        source_sync: its sources.
        on_changed: called when an import has changed the papers.
        now: returns the current ISO 8601 UTC instant.
    """

    def __init__(
        self,
        store: Store,
        entries: Entries,
        source_sync: SourceSync,
        on_changed: Callable[[], None],
        now: Callable[[], str],
    ) -> None:
        self._store = store
        self._entries = entries
        self._source_sync = source_sync
        self._on_changed = on_changed
        self._now = now

    @cached_property
    def splits(self) -> SplitPapers:
        """Splits papers that were merged wrongly."""
        from tui.session.split_papers import SplitPapers  # noqa: PLC0415 - most sessions split nothing

        return SplitPapers(self._store, self._entries, self._source_sync, self._on_changed, self._now)

    def plan(
        self, files: Sequence[Path | ImportText], progress: Progress | None = None, *, encoding: str | None = None
    ) -> ImportPlan:
        """Plan an import; changes nothing.

        Args:
            files: the files or texts to read.
            progress: called with (done, total) while the files are being read.
            encoding: of the files, if the user names it.

        Raises:
            BadInputError: a file cannot be read.
        """
        state, at = self._state(), self._now()
        sources = self._source_sync.read_files()
        waiting = {name for name, _ in self._source_sync.waiting()}
        by_digest = {source.digest: source.name for source in sources if source.name not in waiting}
        taken = {source.name for source in sources} | self._store.all_source_names()
        fresh: dict[str, tuple[SourceFile, Path | ImportText]] = {}
        again: dict[str, str] = {}
        for file in files:
            source = load(file, _free_name(file, taken | set(fresh)), encoding).source
            if source.digest in by_digest:
                again[file.name] = by_digest[source.digest]
            else:
                by_digest[source.digest] = source.name
                fresh[source.name] = source, file
        every_source = [*sources, *(source for source, _ in fresh.values())]
        names = frozenset((*fresh, *again.values()))
        result = self._source_sync.read(
            every_source, at, progress, marks_of=frozenset(fresh), keywords_of=names, confirmed=frozenset(fresh)
        )
        clashes = self._clashes(result, fresh)
        before = frozenset(self._store.ids())
        diagnostics, keys = tuple(clashes.values()), frozenset(clashes)
        changes = find_changes(result, self._store)
        return ImportPlan(tuple(files), at, result, fresh, again, before, diagnostics, keys, state, changes, encoding)

    def waiting_file(self, name: str) -> Path:
        """The file of a listing that waits for confirmation."""
        return self._source_sync.waiting_path(name)

    @staticmethod
    def check_encoding(name: str) -> str:
        """The canonical name of an encoding; raises UsageError if it is unknown."""
        from tui.ingest.encoding import check_encoding  # noqa: PLC0415 - most files are UTF-8

        return check_encoding(name)

    def carry_out(self, plan: ImportPlan, *, tags: bool = False, accept: bool = False) -> ImportResult:
        """Carry out a plan as one undoable step and publish it; see ``write``."""
        imported = self.write(plan, tags=tags, accept=accept)
        self.publish()
        return imported

    def write(
        self, plan: ImportPlan, *, tags: bool, accept: bool = False, progress: Progress | None = None
    ) -> ImportResult:
        """Carry out a plan as one undoable step, which ``publish`` makes visible.

        May run in another thread. Before ``publish``, only entries that were read before may be read, and nothing may
        be changed; closing the store and polling for other processes have to wait.

        Args:
            plan: what to do; made again if the list has changed since.
            tags: make tags of the records' keywords, also of files that were imported before.
            accept: apply the changes of year and identifiers of papers with marks that the plan listed; otherwise
                these papers keep their values.
            progress: called with (done, total) while the plan is made again.

        Raises:
            BadInputError: a file has changed since, or cannot be read; nothing was imported.
            WriteError, StoreBusyError: nothing was imported.
        """
        accepted = plan.shifts if accept else ()
        with self._store.write_lock:
            if plan.state != self._state():
                plan = self.plan(plan.files, progress, encoding=plan.encoding)
            summary = plan.summary(tags=tags, kept=not set(plan.shifts) <= set(accepted))
            if not summary.new and not summary.known:
                return summary
            contents = {name: _contents(source, file, plan.encoding) for name, (source, file) in plan.fresh.items()}
            marks = plan.marks(tags=tags, accepted=accepted)
            with gc_paused(freeze=False):
                change = self._store.commit(
                    f"import {', '.join(contents or plan.already_imported)}",
                    lambda mark: _with_marks(mark, marks, lambda name: self._entries.owner(name, mark)),
                    at=plan.at,
                    imported=contents,
                )
                if contents:
                    self._source_sync.replace_catalogue(plan.result, self._source_sync.fingerprints())
            return summary._replace(change=change)

    def changes_sources(self, *, back: bool) -> bool:
        """Whether the next undo or redo adds or removes sources, so that all are read again."""
        step = self._store.undoable() if back else self._store.redoable()
        return step is not None and step.rereads

    def undo_or_redo(self, *, back: bool, progress: Progress | None = None) -> Change | None:
        """Undo or redo as ``SourceSync.undo_or_redo``; for threads and ``publish`` see ``write``."""
        with self._store.write_lock:
            return self._source_sync.undo_or_redo(back=back, at=self._now(), progress=progress)

    def read_pages(self, progress: Progress | None = None) -> int:
        """Read the sources as ``Session.synchronise``; for threads and ``publish`` see ``write``."""
        with self._store.write_lock:
            return len(self._source_sync.synchronise(self._now(), progress) or ())

    def publish(self) -> None:
        """Make what was written visible to the session."""
        self._on_changed()

    def _state(self) -> object:
        return self._source_sync.fingerprints(), frozenset(self._store.marked())

    def _clashes(self, result: IngestResult, fresh: Collection[str]) -> dict[str, Diagnostic]:
        """Papers whose records have the citation key of another paper, each with a diagnostic."""
        from tui.ingest.source_file import Diagnostic  # noqa: PLC0415 - most sessions import nothing

        pinned = {paper_id: self._store.mark(paper_id).citation_key for paper_id in self._store.marked()}
        holders = {key.casefold(): paper_id for paper_id, key in pinned.items() if key}
        sources = {paper.id: paper.sources for paper in result.papers}
        clashes: dict[str, Diagnostic] = {}
        for paper_id, theirs in result.marks:
            key = theirs.citation_key
            if key is None or pinned.get(paper_id):
                continue
            if holders.setdefault(key.casefold(), paper_id) != paper_id:
                source = next(source for source in sources[paper_id] if source.page in fresh)
                reason = f"citation key {key} belongs to another paper, imported without it"
                hint = "cite it by the key that exports use"
                clashes[paper_id] = Diagnostic(source.page, source.line, reason, hint, repaired=True)
        return clashes


def _free_name(file: Path | ImportText, taken: Collection[str]) -> str:
    """An unused name for the copy of a file: short enough, and without undecodable bytes."""
    stem = os.fsencode(file.stem)[:_LONGEST_STEM].decode("utf-8", "replace")
    suffix = os.fsencode(file.suffix)[:20].decode("utf-8", "replace")
    name, count = f"{stem}{suffix}", 1
    while name in taken:
        count += 1
        name = f"{stem}-{count}{suffix}"
    return name


def _contents(source: SourceFile, file: Path | ImportText, encoding: str | None) -> bytes:
    """The bytes of the copy of a source.

    Raises:
        BadInputError: the file has changed since.
    """
    try:
        loaded = load(file, source.name, encoding)
    except BadInputError:
        loaded = None
    if loaded is None or loaded.source.digest != source.digest:
        raise BadInputError(f"{file} changed while it was being read", "import it again when it is complete")
    return loaded.contents


def _with_marks(
    mark: Callable[[str], Mark], marks: Mapping[str, Mark], owner: Callable[[str], str]
) -> dict[str, Mark]:
    """The marks after merging those of imported records; those of merged papers go to the paper they are part of."""
    new: dict[str, Mark] = {}
    for paper_id, theirs in marks.items():
        target = owner(paper_id)
        new[target] = merge_marks(new.get(target, mark(target)), theirs)
    return new
