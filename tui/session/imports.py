"""Import service: plans what importing files would do, and does it as one undoable step."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import BadInputError
from tui.model.mark import merge_marks
from tui.session.import_changes import find_changes
from tui.session.import_input import ImportText, load
from tui.session.import_plan import ImportPlan
from tui.session.linked_files import LinkedFiles, file_state
from tui.session.source_folders import remember_folders
from tui.session.source_names import SOURCE_NAMES, names_after, shown_names
from tui.store.checkpoint import gc_paused

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from tui.ingest.pipeline import IngestResult
    from tui.ingest.source_file import Diagnostic, SourceFile
    from tui.model.change import Change, FieldValue
    from tui.model.mark import Mark
    from tui.session.catalogue_rebuild import Progress, SourceSync
    from tui.session.entries import Entries
    from tui.session.import_plan import ImportResult, KeywordChoice
    from tui.session.import_updates import PaperUpdate
    from tui.session.linked_files import LinkedFile
    from tui.session.split_papers import SplitPapers
    from tui.store.store import Store

_LONGEST_STEM = 150  # bytes; file names have at most 255, the rest is for suffixes


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

    @cached_property
    def linked(self) -> LinkedFiles:
        """The files that the list follows."""
        return LinkedFiles(self._store, self._reread)

    def _reread(self, file: LinkedFile, progress: Progress | None) -> ImportResult | None:
        """Import the newer version of a linked file; None if it has no papers any more."""
        with self._store.write_lock:
            plan = self.plan((file.path,), progress, encoding=file.encoding, replaces=file.source)
            if plan.fresh and not any(plan.result.counts.get(name) for name in plan.fresh):
                return None
            return self.write(plan, tags=False, accept=True)

    def plan(
        self,
        files: Sequence[Path | ImportText],
        progress: Progress | None = None,
        *,
        encoding: str | None = None,
        replaces: str | None = None,
    ) -> ImportPlan:
        """Plan an import; changes nothing.

        Args:
            files: the files or texts to read.
            progress: called with (done, total) while the files are being read.
            encoding: of the files, if the user names it.
            replaces: the name of the source that the only file is a newer version of, however much it changed.

        Raises:
            BadInputError: a file cannot be read.
        """
        state, at = self._state(), self._now()
        sources = self._source_sync.read_files()
        waiting = {name for name, _ in self._source_sync.waiting()}
        by_digest = {source.digest: source.name for source in sources if source.name not in waiting}
        taken = {source.name for source in sources} | self._store.sources.all_names()
        fresh: dict[str, tuple[SourceFile, Path | ImportText]] = {}
        again: dict[str, str] = {}
        for file in files:
            source = load(file, _free_name(file, taken | set(fresh)), encoding).source
            if source.digest in by_digest:
                again[file.name] = by_digest[source.digest]
            else:
                by_digest[source.digest] = source.name
                fresh[source.name] = source, file
        replaced, pins = self._updates(sources, fresh, replaces)
        every_source = [source for source in sources if source.name not in replaced.values()]
        every_source += [source for source, _ in fresh.values()]
        names = frozenset((*fresh, *again.values()))
        result = self._source_sync.read(
            every_source,
            at,
            progress,
            marks_of=frozenset(fresh),
            keywords_of=names,
            confirmed=frozenset(fresh),
            pins=pins,
        )
        clashes = self._clashes(result, fresh)
        before = frozenset(self._store.catalogue.ids())
        diagnostics, keys = tuple(clashes.values()), frozenset(clashes)
        changes = find_changes(result, self._store, frozenset(pins.values()))
        updates, gone = self._effects(result, replaced)
        return ImportPlan(
            tuple(files),
            at,
            result,
            fresh,
            again,
            before,
            diagnostics,
            keys,
            state,
            changes,
            encoding,
            replaced,
            pins,
            updates,
            gone,
            self._removed(),
            shown_names(self._store),
        )

    def waiting_file(self, name: str) -> Path:
        """The file of a listing that waits for confirmation."""
        return self._source_sync.waiting_path(name)

    @staticmethod
    def check_encoding(name: str) -> str:
        """The canonical name of an encoding; raises UsageError if it is unknown."""
        from tui.ingest.encoding import check_encoding  # noqa: PLC0415 - most files are UTF-8

        return check_encoding(name)

    def carry_out(
        self,
        plan: ImportPlan,
        *,
        tags: KeywordChoice = False,
        accept: bool = False,
        restored: Collection[str] = (),
        link: bool = False,
    ) -> ImportResult:
        """Carry out a plan as one undoable step and publish it; see ``write``."""
        imported = self.write(plan, tags=tags, accept=accept, restored=restored, link=link)
        self.publish()
        return imported

    def write(
        self,
        plan: ImportPlan,
        *,
        tags: KeywordChoice,
        accept: bool = False,
        restored: Collection[str] = (),
        link: bool = False,
        progress: Progress | None = None,
    ) -> ImportResult:
        """Carry out a plan as one undoable step, which ``publish`` makes visible.

        May run in another thread. Before ``publish``, only entries that were read before may be read, and nothing may
        be changed; closing the store and polling for other processes have to wait.

        Args:
            plan: what to do; made again if the list has changed since.
            tags: whether to make tags of the records' keywords, or of which; also of files that were imported before.
            accept: apply the changes of year and identifiers of papers with marks that the plan listed; otherwise
                these papers keep their values.
            restored: ids of removed papers to restore in the same step.
            link: follow the files from now on.
            progress: called with (done, total) while the plan is made again.

        Raises:
            BadInputError: a file has changed since, or cannot be read; nothing was imported.
            WriteError, StoreBusyError: nothing was imported.
        """
        accepted = plan.shifts if accept else ()
        restored = dict.fromkeys(map(self._entries.canonical_id, restored))
        with self._store.write_lock:
            if plan.state != self._state():
                plan = self.plan(plan.files, progress, encoding=plan.encoding)
            summary = plan.summary(tags=tags, kept=not set(plan.shifts) <= set(accepted))
            if not (summary.new or summary.known or plan.replaced or restored or link):
                return summary
            linked = _linked_sources(plan) if link else {}
            states = {file: file_state(file) for file in linked}  # before they are read: a later change is noticed
            contents = {name: _contents(source, file, plan.encoding) for name, (source, file) in plan.fresh.items()}
            marks = plan.marks(tags=tags, accepted=accepted)
            with gc_paused(freeze=False):
                change = self._store.history.commit(
                    f"import {', '.join(plan.file_names)}",
                    lambda mark: _with_restored(
                        mark,
                        _with_marks(
                            mark, plan.pinned_marks(mark, marks), lambda name: self._entries.owner(name, mark)
                        ),
                        restored,
                    ),
                    at=plan.at,
                    imported=contents,
                    replaced=plan.replaced.values(),
                    values_of=lambda: self._values_after(plan, linked),
                )
                self.linked.keep_states(states)
                if contents:
                    self._source_sync.replace_catalogue(plan.result, self._source_sync.fingerprints())
            files = {name: file for name, (_, file) in plan.fresh.items() if not isinstance(file, ImportText)}
            folders = {name: file.absolute().parent for name, file in files.items()}
            remember_folders(self._store, plan.result.papers, folders)
            removed = tuple(each for each in summary.removed if self._entries.canonical_id(each) not in restored)
            return summary._replace(change=change, removed=removed, restored=tuple(restored))

    def changes_sources(self, *, back: bool) -> bool:
        """Whether the next undo or redo adds or removes sources, so that all are read again."""
        step = self._store.history.undoable() if back else self._store.history.redoable()
        return step is not None and step.rereads

    def undo_or_redo(self, *, back: bool, progress: Progress | None = None) -> Change | None:
        """Undo or redo as ``SourceSync.undo_or_redo``; for threads and ``publish`` see ``write``."""
        with self._store.write_lock:
            return self._source_sync.undo_or_redo(back=back, at=self._now(), progress=progress)

    def read_pages(self, progress: Progress | None = None) -> int:
        """Read the sources as ``Sources.synchronise``; for threads and ``publish`` see ``write``."""
        with self._store.write_lock:
            new = len(self._source_sync.synchronise(self._now(), progress) or ())
            return new + self.linked.reread(progress)

    def publish(self) -> None:
        """Make what was written visible to the session."""
        self._on_changed()

    def _updates(
        self,
        sources: Sequence[SourceFile],
        fresh: Mapping[str, tuple[SourceFile, Path | ImportText]],
        replaces: str | None,
    ) -> tuple[dict[str, str], dict[str, str]]:
        """The sources that fresh ones replace, and the papers of the records of these."""
        imported = {name: number for number, name in enumerate(self._store.sources.names())}
        current = sorted((source for source in sources if source.name in imported), key=lambda s: imported[s.name])
        replaced: dict[str, str] = {}
        pins: dict[str, str] = {}
        if not current:
            return replaced, pins
        from tui.session.import_updates import find_update  # noqa: PLC0415 - only for a file of a known name

        papers = [self._store.catalogue.paper(paper_id) for paper_id in self._store.catalogue.ids()]
        owners = {location: paper.id for paper in papers for location in paper.sources}
        for name, (source, file) in fresh.items():
            left = [other for other in current if other.name not in replaced.values()]
            update = find_update(source, _free_name(file, ()), left, owners, replaces=replaces)
            if update is not None:
                replaced[name] = update.replaced
                pins |= update.pins
        return replaced, pins

    def _effects(
        self, result: IngestResult, replaced: Mapping[str, str]
    ) -> tuple[tuple[PaperUpdate, ...], tuple[str, ...]]:
        """What replacing sources changes in papers, and the titles of those that lose their last source."""
        if not replaced:
            return (), ()
        from tui.session.import_updates import compare_papers  # noqa: PLC0415 - only for a file of a known name

        known = {paper_id: self._store.catalogue.paper(paper_id) for paper_id in self._store.catalogue.ids()}
        old = {paper.id for paper in known.values() if any(at.page in replaced.values() for at in paper.sources)}
        sourced = {
            name
            for paper in result.papers
            if any(at.page in result.counts for at in paper.sources)
            for name in (paper.id, *paper.aliases)
        }
        gone = tuple(known[paper_id].display_title for paper_id in known if paper_id in old - sourced)
        return tuple(compare_papers(known, result.papers, frozenset(old))), gone

    def _values_after(self, plan: ImportPlan, linked: Mapping[Path, str]) -> dict[str, FieldValue]:
        """The names of the newer versions of files, and the files that are followed."""
        newer = {old: new for new, old in plan.replaced.items()}
        values = self.linked.values_after(linked=linked, encoding=plan.encoding, replaced=newer)
        if newer:
            files = {name: _free_name(file, ()) for name, (_, file) in plan.fresh.items()}
            values[SOURCE_NAMES] = names_after(self._store, plan.replaced, files)
        return values

    def _removed(self) -> frozenset[str]:
        """Ids of the papers that the user removed, and of those merged into them."""
        removed, owner = self._store.marks.removed_ids(), self._entries.canonical_id
        return frozenset(
            [paper_id for paper_id in self._store.catalogue.ids() if owner(paper_id) in removed] if removed else ()
        )

    def _state(self) -> object:
        return self._source_sync.fingerprints(), frozenset(self._store.marks.ids())

    def _clashes(self, result: IngestResult, fresh: Collection[str]) -> dict[str, Diagnostic]:
        """Papers whose records have the citation key of another paper, each with a diagnostic."""
        from tui.ingest.source_file import Diagnostic  # noqa: PLC0415 - most sessions import nothing

        pinned = {paper_id: self._store.marks.get(paper_id).citation_key for paper_id in self._store.marks.ids()}
        holders = {key.casefold(): paper_id for paper_id, key in pinned.items() if key}
        sources = {paper.id: paper.sources for paper in result.papers}
        clashes: dict[str, Diagnostic] = {}
        for paper_id, theirs in result.marks:
            key = theirs.citation_key
            if key is None or pinned.get(paper_id):
                continue
            if holders.setdefault(key.casefold(), paper_id) != paper_id:
                source = next(source for source in sources[paper_id] if source.page in fresh)
                reason = f"citation key {key} belongs to another paper; imported without it"
                hint = "cite this paper by the key shown in exports"
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
    from tui.ingest.source_file import digest_of, read_bytes  # noqa: PLC0415 - most sessions import nothing

    try:
        data = file.data if isinstance(file, ImportText) else read_bytes(file, source.name)
        # Nearly all files are UTF-8, and their bytes are the copy; only others have to be decoded again.
        contents = data if digest_of(data) == source.digest else _as_utf8(file, source, encoding)
    except BadInputError:
        contents = None
    if contents is None:
        raise BadInputError(f"{file} changed while it was being read", "import it again when it is complete")
    return contents


def _as_utf8(file: Path | ImportText, source: SourceFile, encoding: str | None) -> bytes | None:
    """The contents of a file converted to UTF-8; None if they are no longer those of the source."""
    loaded = load(file, source.name, encoding)
    return loaded.contents if loaded.source.digest == source.digest else None


def _with_marks(
    mark: Callable[[str], Mark], marks: Mapping[str, Mark], owner: Callable[[str], str]
) -> dict[str, Mark]:
    """The marks after merging those of imported records; those of merged papers go to the paper they are part of."""
    new: dict[str, Mark] = {}
    for paper_id, theirs in marks.items():
        target = owner(paper_id)
        new[target] = merge_marks(new.get(target, mark(target)), theirs)
    return new


def _with_restored(
    mark: Callable[[str], Mark], marks: Mapping[str, Mark], restored: Collection[str]
) -> dict[str, Mark]:
    """The marks, with those of removed papers that are restored."""
    return {**marks, **{name: marks.get(name, mark(name))._replace(removed=False) for name in restored}}


def _linked_sources(plan: ImportPlan) -> dict[Path, str]:
    """The files of a plan, each with the source that it becomes, or became before."""
    sources = {file: name for name, (_, file) in plan.fresh.items() if isinstance(file, Path)}
    again = {file: plan.already_imported.get(file.name) for file in plan.files if isinstance(file, Path)}
    return {file: name for file, source in again.items() if (name := sources.get(file, source))}
