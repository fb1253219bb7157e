"""From pages to the catalogue: sees which pages changed, has them read, and renews the store.

Stands beside the door because it needs both the reading of pages and the store, which do not know each other. The
catalogue is a function of the seed pages, the imported pages and the corrections, so it can be made anew at any time.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import BadInputError, CannotWriteError, StoreBusyError
from tui.paper.mark import UNTOUCHED, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from tui.home import Home
    from tui.ingest.intake import Intake
    from tui.ingest.page import Page, Problem
    from tui.library.library import Library
    from tui.paper.change import Change
    from tui.paper.mark import Mark
    from tui.session.entries import Entries

    Progress = Callable[[int, int], None]

# Raised when the reading of pages changes, so that an existing catalogue is made anew from the same pages.
_INTAKE_REVISION = 4
_CORRECTIONS = "corrections.toml"
_LONGEST_STEM = 150  # bytes of the 255 that a name may have; the rest is for what is put round it


class Imported(NamedTuple):
    """What an import did, or would do.

    Attributes:
        new: ids of papers that were not there before.
        known: ids of papers that were there and got a further record.
        problems: what was refused or repaired, with file and line.
        change: the step in the history, or None (dry run, or nothing to take).
        records: number of records read in the files.
        keywords: number of different keywords that did not become tags.
        again: names of files that had been imported before.
    """

    new: tuple[str, ...]
    known: tuple[str, ...]
    problems: tuple[Problem, ...]
    change: Change | None
    records: int = 0
    keywords: int = 0
    again: tuple[str, ...] = ()

    @property
    def refused(self) -> int:
        """Number of records, or stray pieces, that were not taken."""
        return sum(problem.records for problem in self.problems if not problem.repaired)

    @property
    def repaired(self) -> int:
        """Number of records that were taken, though not as they stood."""
        return sum(problem.records for problem in self.problems if problem.repaired)


class Arrivals:
    """The pages of one reading list.

    Args:
        home: the folders to work with.
        library: the open store.
        entries: its papers and marks put together.
        tell: given sentences that a person should see.
    """

    def __init__(self, home: Home, library: Library, entries: Entries, tell: Callable[[str], None]) -> None:
        self._home = home
        self._library = library
        self._entries = entries
        self._tell = tell
        self._unread: set[Path] = set()

    def changed(self) -> bool:
        """Whether a page, the corrections or the way of reading them changed since the catalogue was made."""
        return self._library.catalogue_meta.get("stamp") != _joined_up(self._stamps())

    def take_in(self, at: str, progress: Progress | None = None) -> tuple[str, ...] | None:
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
        stamp = self._stamps()
        before = frozenset(self._library.ids())
        intake = self._read(self._pages(), at, progress)
        self._renew(intake, stamp)
        fresh = tuple(paper.id for paper in intake.papers if paper.id not in before)
        if before and fresh:
            self._tell(f"{len(fresh)} new paper{'s' if len(fresh) > 1 else ''}")
        return fresh

    def import_files(
        self, files: Sequence[Path], at: str, progress: Progress | None = None, *, dry_run: bool, tags: bool = False
    ) -> Imported:
        """Take in files a person names, as one step in the history.

        Args:
            files: the files to read.
            at: ISO 8601 UTC instant that new papers are dated by.
            progress: called with (done, total) while the files are being read.
            dry_run: say what would happen, and change nothing.
            tags: make tags of the records' keywords, also of files that were imported before.

        Raises:
            BadInputError: a file cannot be read at all; nothing was imported.
            CannotWriteError, StoreBusyError: nothing was imported.
        """
        from tui.ingest.page import read_page  # noqa: PLC0415 - a start-up without changed pages reads none

        pages = self._pages()
        by_digest = {page.digest: page.name for page in pages}
        names = {page.name for page in pages} | self._library.page_names()
        fresh: dict[str, tuple[Page, Path]] = {}
        again: dict[str, str] = {}
        for file in files:
            page = read_page(file, _free_name(file, names | set(fresh)))
            if page.digest in by_digest:
                again[file.name] = by_digest[page.digest]
            else:
                by_digest[page.digest] = page.name
                fresh[page.name] = page, file
        tagged = {*fresh, *again.values()} if tags else frozenset[str]()
        looked_at = {*fresh, *tagged}
        before = frozenset(self._library.ids())
        everything = [*pages, *(page for page, _ in fresh.values())]
        intake = self._read(everything, at, progress, marks_of=frozenset(fresh), tags_of=tagged)
        found = tuple(
            paper.id for paper in intake.papers if any(source.page in looked_at for source in paper.sources)
        )
        marks, clashes = self._with_free_keys(intake, fresh)
        change = None
        if found and not dry_run:
            contents = {name: _contents(page, file) for name, (page, file) in fresh.items()}
            change = self._import(intake, contents, marks, ", ".join(contents or again), at)
        return Imported(
            tuple(paper_id for paper_id in found if paper_id not in before),
            tuple(paper_id for paper_id in found if paper_id in before),
            tuple(sorted((*(problem for problem in intake.problems if problem.page in fresh), *clashes))),
            change,
            sum(intake.counts.get(name, 0) for name in looked_at),
            intake.keywords,
            tuple(again),
        )

    def problems(self, at: str) -> tuple[Problem, ...]:
        """Everything on the pages that could not be read, found by reading them all again."""
        return self._read(self._pages(), at, None).problems

    def _pages(self) -> list[Page]:
        from tui.ingest.page import Page, Problem, list_pages, read_page  # noqa: PLC0415 - see import_files

        seeds = [(path, path.name) for path in list_pages(self._home.seeds)]
        imported = [(self._library.page_path(name), name) for name in self._library.pages()]
        pages = []
        self._unread.clear()
        for path, name in seeds + imported:
            try:
                pages.append(read_page(path, name))
            except BadInputError as fault:
                if isinstance(fault.__cause__, OSError):
                    self._unread.add(path)
                # One bad page is reported and costs no other page its papers.
                problem = Problem(name, 0, fault.message, fault.hint)
                pages.append(Page(name, (), digest="", problems=(problem,)))
        return pages

    def _read(
        self,
        pages: Sequence[Page],
        at: str,
        progress: Progress | None,
        *,
        marks_of: Collection[str] = (),
        tags_of: Collection[str] = (),
    ) -> Intake:
        from tui.ingest.corrections import read_corrections  # noqa: PLC0415 - see import_files
        from tui.ingest.intake import take_in  # noqa: PLC0415 - see import_files

        # A marked paper that was on no page the last time is nothing but what its mark remembers.
        remembered = {paper.id: paper for paper in self._library.remembered()}
        papers = [self._library.paper(paper_id) for paper_id in self._library.ids()]
        previous = [paper for paper in papers if paper.sources or paper.id not in remembered]
        added = {paper.id: paper.added for paper in papers}
        names = {name for paper in previous for name in (paper.id, *paper.aliases)}
        return take_in(
            pages,
            corrections=read_corrections(self._home.seeds / _CORRECTIONS),
            previous=previous,
            remembered=[
                replace(paper, added=added.get(name, at)) for name, paper in remembered.items() if name not in names
            ],
            marked=self._library.marked(),
            at=at,
            marks_of=marks_of,
            tags_of=tags_of,
            progress=progress,
        )

    def _renew(self, intake: Intake, stamps: Mapping[Path, list[object]]) -> None:
        # A page that the system did not let us read is looked at again as soon as it does.
        stamp = _joined_up({path: _unseen(path) if path in self._unread else seen for path, seen in stamps.items()})
        moved = tuple((gone, kept) for gone, kept in intake.moved if gone in self._library.marked())
        if moved:
            # No gesture of the user's, so no step in the history; the marks follow the papers they were made on. They
            # go first: a run that dies before the catalogue is there starts again.
            with suppress(CannotWriteError, StoreBusyError):
                self._library.commit("join twins", lambda mark: _moved_marks(mark, moved), at="", remembered=False)
        try:
            self._library.replace_catalogue(intake.papers, {"stamp": stamp})
        except (CannotWriteError, StoreBusyError) as fault:
            self._library.hold_catalogue(intake.papers, {"stamp": stamp})
            self._tell(f"the papers were read from the pages and could not be kept: {fault.message}")

    def _import(
        self, intake: Intake, contents: Mapping[str, bytes], marks: Mapping[str, Mark], names: str, at: str
    ) -> Change | None:
        change = self._library.commit(
            f"import {names}",
            lambda mark: _with_marks(mark, marks, self._entries.home),
            at=at,
            taken_in=contents,
        )
        if contents:
            self._renew(intake, self._stamps())
        return change

    def _with_free_keys(self, intake: Intake, fresh: Collection[str]) -> tuple[dict[str, Mark], list[Problem]]:
        """The marks that records bring along, without citation keys that are another paper's."""
        from tui.ingest.page import Problem  # noqa: PLC0415 - see import_files

        pinned = {paper_id: self._library.mark(paper_id).citation_key for paper_id in self._library.marked()}
        holders = {key.casefold(): paper_id for paper_id, key in pinned.items() if key}
        sources = {paper.id: paper.sources for paper in intake.papers}
        marks: dict[str, Mark] = {}
        clashes: list[Problem] = []
        for paper_id, theirs in intake.marks:
            key = theirs.citation_key
            marks[paper_id] = theirs
            if key is None or pinned.get(paper_id):
                continue
            if holders.setdefault(key.casefold(), paper_id) != paper_id:
                marks[paper_id] = replace(theirs, citation_key=None)
                source = next(source for source in sources[paper_id] if source.page in fresh)
                reason = f"The citation key {key} is that of another paper; this one was taken without it."
                hint = "Cite it by the key that an export writes."
                clashes.append(Problem(source.page, source.line, reason, hint, repaired=True))
        return marks, clashes

    def _stamps(self) -> dict[Path, list[object]]:
        from tui.ingest.page import list_pages  # noqa: PLC0415 - see import_files

        paths = [*list_pages(self._home.seeds), self._home.seeds / _CORRECTIONS]
        paths += [self._library.page_path(name) for name in self._library.pages()]
        return {path: _fingerprint(path) for path in paths}


def _free_name(file: Path, taken: Collection[str]) -> str:
    """A name for the copy of a file that no page has: short enough, and in letters that every encoding can write."""
    stem = os.fsencode(file.stem)[:_LONGEST_STEM].decode("utf-8", "replace")
    suffix = os.fsencode(file.suffix)[:20].decode("utf-8", "replace")
    name, count = f"{stem}{suffix}", 1
    while name in taken:
        count += 1
        name = f"{stem}-{count}{suffix}"
    return name


def _contents(page: Page, file: Path) -> bytes:
    """The bytes a page was read from.

    Raises:
        BadInputError: the file has changed since.
    """
    from tui.ingest.page import decode_page  # noqa: PLC0415 - see import_files

    try:
        contents = file.read_bytes()
    except OSError:
        contents = b""
    if decode_page(page.name, contents).digest != page.digest:
        raise BadInputError(f"{file} changed while it was being read.", "Import it again when it is finished.")
    return contents


def _fingerprint(path: Path) -> list[object]:
    """Name, size in bytes and time of change in nanoseconds: cheap to compare at every start."""
    try:
        status = path.stat()
    except OSError:  # it is missing, or reading it will say why it cannot be read
        return _unseen(path)
    return [path.name, status.st_size, status.st_mtime_ns] if os.access(path, os.R_OK) else _unseen(path)


def _unseen(path: Path) -> list[object]:
    return [path.name, None, None]


def _joined_up(stamps: Mapping[Path, list[object]]) -> list[object]:
    return [_INTAKE_REVISION, *stamps.values()]


def _moved_marks(mark: Callable[[str], Mark], moved: Sequence[tuple[str, str]]) -> dict[str, Mark]:
    new: dict[str, Mark] = {}
    for gone, kept in moved:
        both = joined(new.get(kept, mark(kept)), mark(gone))
        # What the user joined the pages may join as well, and then it is part of nothing any more.
        new[kept] = replace(both, part_of=None) if both.part_of in (gone, kept) else both
        new[gone] = UNTOUCHED
    return new


def _with_marks(
    mark: Callable[[str], Mark], marks: Mapping[str, Mark], home: Callable[[str], str]
) -> dict[str, Mark]:
    """The marks after those that records bring along; of a paper that the user joined to another, they go there."""
    new: dict[str, Mark] = {}
    for paper_id, theirs in marks.items():
        to = home(paper_id)
        new[to] = joined(new.get(to, mark(to)), theirs)
    return new
