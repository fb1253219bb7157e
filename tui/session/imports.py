"""Files that a person names, taken in as one step: first what that would do, then doing it where it is wanted.

Stands beside the door for the same reason as the arrivals, whose way of reading pages it uses.
"""

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
    from tui.session.entries import Entries
    from tui.session.import_changes import ImportChange
    from tui.session.import_preview import ImportPreview
    from tui.session.source_sync import Progress, SourceSync
    from tui.session.split_papers import SplitPapers
    from tui.store.store import Store

_LONGEST_STEM = 150  # bytes of the 255 that a name may have; the rest is for what is put round it


class ImportResult(NamedTuple):
    """What an import did, or would do.

    Attributes:
        new: ids of papers that were not there before.
        known: ids of papers that were there and got a further record.
        problems: what was refused or repaired, with file and line.
        change: the step in the history, or None where it was not done, or there was nothing to take.
        records: number of records read in the files.
        keywords: the different keywords that did not become tags, those of most papers first.
        again: names of files that had been imported before.
        unsure: names of files that may be no lists of papers.
        merged: the papers of several records of which one at least came with the files.
        shifts: what changes in papers that the user has marked.
        kept: whether these changes were left out.
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
        """Number of records, or stray pieces, that were not taken."""
        return sum(problem.records for problem in self.diagnostics if not problem.repaired)

    @property
    def repaired(self) -> int:
        """Number of records that were taken, though not as they stood."""
        return sum(problem.records for problem in self.diagnostics if problem.repaired)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do; ``Imports.carry_out`` does it.

    Attributes:
        files: the files, as they were named.
        at: ISO 8601 UTC instant that new papers are dated by.
        intake: all papers as they would be.
        fresh: name to page and file, of files that were not imported before.
        again: name of a file that was imported before to the name of its page.
        before: ids of the papers that there were.
        clashes: records whose citation key is another paper's.
        keys: paper id to the key that it would have to do without.
        state: what the outcome rests on: where it has changed, the plan is made anew.
        encoding: of the files, where the user named it.
        shifts: what changes in papers that the user has marked.
    """

    files: tuple[Path | ImportText, ...]
    at: str
    intake: IngestResult
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
        """Names of files that may be no lists of papers."""
        return tuple(self.fresh[name][1].name for name in self.intake.unsure if name in self.fresh)

    def preview(self, limit: int) -> ImportPreview:
        """The papers that the files would bring, for a look, with what is odd about each."""
        from tui.session.import_preview import preview  # noqa: PLC0415 - asked for before an import alone

        by_id = {paper.id: paper for paper in self.intake.papers}
        return preview([by_id[paper_id] for paper_id in self._found(self.fresh)], self.before, limit)

    def summary(self, *, tags: bool, change: Change | None = None, kept: bool = False) -> ImportResult:
        """What is taken, joined, repaired and refused.

        Args:
            tags: keywords become tags, also those of files that were imported before.
            change: the step in the history, where it was done.
            kept: what changes in papers that the user has marked was left out.
        """
        looked_at = {*self.fresh, *(self.already_imported.values() if tags else ())}
        found = self._found(looked_at)
        problems = (problem for problem in self.intake.diagnostics if problem.source in self.fresh)
        return ImportResult(
            tuple(paper_id for paper_id in found if paper_id not in self.before),
            tuple(paper_id for paper_id in found if paper_id in self.before),
            tuple(sorted((*problems, *self.clashes))),
            change,
            sum(self.intake.counts.get(name, 0) for name in looked_at),
            () if tags else self._keywords(),
            tuple(self.already_imported),
            self.unsure,
            tuple(merge for merge in self.intake.merged if any(at.page in self.fresh for at in merge.sources)),
            self.shifts,
            kept,
        )

    def marks(self, *, tags: bool, accepted: Collection[ImportChange] = ()) -> dict[str, Mark]:
        """The marks that the records bring along, and what keeps papers as they are that the user has marked.

        Args:
            tags: keywords become tags.
            accepted: changes of such papers that the user has seen and wants.
        """
        marks = dict(self.intake.marks_with_keywords if tags else self.intake.marks)
        bare = {paper_id: replace(marks[paper_id], citation_key=None) for paper_id in self.keys}
        marks |= bare
        for shift in self.shifts:
            if shift not in accepted:
                marks[shift.id] = shift.keep_old_value(marks.get(shift.id, UNTOUCHED))
        return marks

    def _found(self, looked_at: Collection[str]) -> tuple[str, ...]:
        papers = self.intake.papers
        return tuple(
            dict.fromkeys(paper.id for paper in papers for place in paper.sources if place.page in looked_at)
        )

    def _keywords(self) -> tuple[str, ...]:
        """The different keywords in files that were not imported before."""
        fresh = set(self._found(self.fresh))
        spelled: dict[str, str] = {}
        count: Counter[str] = Counter()
        for paper_id, tags in self.intake.keywords:
            if paper_id in fresh:
                count.update(tag.casefold() for tag in tags)
                spelled |= {tag.casefold(): tag for tag in reversed(tags)} | spelled
        return tuple(spelled[word] for word, _ in count.most_common())


class Imports:
    """Imports into one reading list.

    Args:
        library: the open store.
        entries: its papers and marks put together.
        arrivals: its pages.
        forget: called when an import has changed the papers.
        now: gives the ISO 8601 UTC instant.
    """

    def __init__(
        self,
        library: Store,
        entries: Entries,
        arrivals: SourceSync,
        forget: Callable[[], None],
        now: Callable[[], str],
    ) -> None:
        self._library = library
        self._entries = entries
        self._arrivals = arrivals
        self._forget = forget
        self._now = now

    @cached_property
    def splits(self) -> SplitPapers:
        """Papers that were merged wrongly, split again."""
        from tui.session.split_papers import SplitPapers  # noqa: PLC0415 - most sessions split nothing

        return SplitPapers(self._library, self._entries, self._arrivals, self._forget, self._now)

    def plan(
        self, files: Sequence[Path | ImportText], progress: Progress | None = None, *, encoding: str | None = None
    ) -> ImportPlan:
        """Find out what an import would do; changes nothing.

        Args:
            files: the files to read, or texts that are no files.
            progress: called with (done, total) while the files are being read.
            encoding: of the files, where the user names it.

        Raises:
            BadInputError: a file cannot be read at all.
        """
        state, at = self._state(), self._now()
        pages = self._arrivals.pages()
        waiting = {name for name, _ in self._arrivals.waiting()}
        by_digest = {page.digest: page.name for page in pages if page.name not in waiting}
        names = {page.name for page in pages} | self._library.all_source_names()
        fresh: dict[str, tuple[SourceFile, Path | ImportText]] = {}
        again: dict[str, str] = {}
        for file in files:
            page = load(file, _free_name(file, names | set(fresh)), encoding).page
            if page.digest in by_digest:
                again[file.name] = by_digest[page.digest]
            else:
                by_digest[page.digest] = page.name
                fresh[page.name] = page, file
        everything = [*pages, *(page for page, _ in fresh.values())]
        looked_at = frozenset((*fresh, *again.values()))
        intake = self._arrivals.read(
            everything, at, progress, marks_of=frozenset(fresh), keywords_of=looked_at, confirmed=frozenset(fresh)
        )
        clashes = self._clashes(intake, fresh)
        before = frozenset(self._library.ids())
        problems, keys = tuple(clashes.values()), frozenset(clashes)
        moved = find_changes(intake, self._library)
        return ImportPlan(tuple(files), at, intake, fresh, again, before, problems, keys, state, moved, encoding)

    def waiting_file(self, name: str) -> Path:
        """The file of a listing that waits for consent."""
        return self._arrivals.waiting_path(name)

    @staticmethod
    def check_encoding(name: str) -> str:
        """The name of an encoding that is known; raises UsageError where there is none of that name."""
        from tui.ingest.encoding import check_encoding  # noqa: PLC0415 - most files are UTF-8

        return check_encoding(name)

    def carry_out(self, plan: ImportPlan, *, tags: bool = False, accept: bool = False) -> ImportResult:
        """Do what was planned, as one step in the history, and show it; all is as ``write`` has it."""
        imported = self.write(plan, tags=tags, accept=accept)
        self.publish()
        return imported

    def write(
        self, plan: ImportPlan, *, tags: bool, accept: bool = False, progress: Progress | None = None
    ) -> ImportResult:
        """Do what was planned, as one step in the history, which is seen in full when it is shown.

        May be done in a thread of its own. Until it is shown nobody may ask for other entries than were asked for
        before, nor change anything; what would close the store, or look after other processes, has to wait for it.

        Args:
            plan: what to do; made anew where the list has changed since.
            tags: make tags of the records' keywords, also of files that were imported before.
            accept: let papers that the user has marked get another year or identifier, as far as the plan showed it;
                else they keep what they have.
            progress: called with (done, total) while the plan is made anew.

        Raises:
            BadInputError: a file has changed since, or cannot be read any more; nothing was imported.
            CannotWriteError, StoreBusyError: nothing was imported.
        """
        accepted = plan.shifts if accept else ()
        with self._library.write_lock:
            if plan.state != self._state():
                plan = self.plan(plan.files, progress, encoding=plan.encoding)
            account = plan.summary(tags=tags, kept=not set(plan.shifts) <= set(accepted))
            if not account.new and not account.known:
                return account
            contents = {name: _contents(page, file, plan.encoding) for name, (page, file) in plan.fresh.items()}
            marks = plan.marks(tags=tags, accepted=accepted)
            with gc_paused(freeze=False):
                change = self._library.commit(
                    f"import {', '.join(contents or plan.already_imported)}",
                    lambda mark: _with_marks(mark, marks, lambda name: self._entries.owner(name, mark)),
                    at=plan.at,
                    imported=contents,
                )
                if contents:
                    self._arrivals.replace_catalogue(plan.intake, self._arrivals.fingerprints())
            return account._replace(change=change)

    def changes_sources(self, *, back: bool) -> bool:
        """Whether the next step back, or forth, takes pages out or in, which are then read again."""
        step = self._library.undoable() if back else self._library.redoable()
        return step is not None and step.rereads

    def undo_or_redo(self, *, back: bool, progress: Progress | None = None) -> Change | None:
        """As ``Arrivals.turn``; in threads and on being shown all is as ``write`` has it."""
        with self._library.write_lock:
            return self._arrivals.undo_or_redo(back=back, at=self._now(), progress=progress)

    def read_pages(self, progress: Progress | None = None) -> int:
        """As ``Session.take_in``; in threads and on being shown all is as ``write`` has it."""
        with self._library.write_lock:
            return len(self._arrivals.synchronise(self._now(), progress) or ())

    def publish(self) -> None:
        """Let everybody see what was written."""
        self._forget()

    def _state(self) -> object:
        return self._arrivals.fingerprints(), frozenset(self._library.marked())

    def _clashes(self, intake: IngestResult, fresh: Collection[str]) -> dict[str, Diagnostic]:
        """The papers whose records bring a citation key that is another paper's, with what to say of it."""
        from tui.ingest.source_file import Diagnostic  # noqa: PLC0415 - most sessions import nothing

        pinned = {paper_id: self._library.mark(paper_id).citation_key for paper_id in self._library.marked()}
        holders = {key.casefold(): paper_id for paper_id, key in pinned.items() if key}
        sources = {paper.id: paper.sources for paper in intake.papers}
        clashes: dict[str, Diagnostic] = {}
        for paper_id, theirs in intake.marks:
            key = theirs.citation_key
            if key is None or pinned.get(paper_id):
                continue
            if holders.setdefault(key.casefold(), paper_id) != paper_id:
                source = next(source for source in sources[paper_id] if source.page in fresh)
                reason = f"The citation key {key} is that of another paper; this one was taken without it."
                hint = "Cite it by the key that an export writes."
                clashes[paper_id] = Diagnostic(source.page, source.line, reason, hint, repaired=True)
        return clashes


def _free_name(file: Path | ImportText, taken: Collection[str]) -> str:
    """A name for the copy of a file that no page has: short enough, and in letters that every encoding can write."""
    stem = os.fsencode(file.stem)[:_LONGEST_STEM].decode("utf-8", "replace")
    suffix = os.fsencode(file.suffix)[:20].decode("utf-8", "replace")
    name, count = f"{stem}{suffix}", 1
    while name in taken:
        count += 1
        name = f"{stem}-{count}{suffix}"
    return name


def _contents(page: SourceFile, file: Path | ImportText, encoding: str | None) -> bytes:
    """What the copy of a page is made of.

    Raises:
        BadInputError: the file has changed since.
    """
    try:
        loaded = load(file, page.name, encoding)
    except BadInputError:
        loaded = None
    if loaded is None or loaded.page.digest != page.digest:
        raise BadInputError(f"{file} changed while it was being read.", "Import it again when it is finished.")
    return loaded.contents


def _with_marks(
    mark: Callable[[str], Mark], marks: Mapping[str, Mark], home: Callable[[str], str]
) -> dict[str, Mark]:
    """The marks after those that records bring along; of a paper that the user joined to another, they go there."""
    new: dict[str, Mark] = {}
    for paper_id, theirs in marks.items():
        to = home(paper_id)
        new[to] = merge_marks(new.get(to, mark(to)), theirs)
    return new
