"""What an import would do, and what it did: the plan that is previewed, and the result that is reported."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import UsageError
from tui.ingest.keywords import tag_of
from tui.model.mark import UNTOUCHED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from tui.ingest.merge_report import ReportedMerge
    from tui.ingest.pipeline import IngestResult
    from tui.ingest.source_file import Diagnostic, SourceFile
    from tui.model.change import Change
    from tui.model.mark import Mark
    from tui.session.import_changes import ImportChange
    from tui.session.import_input import ImportText
    from tui.session.import_preview import ImportPreview
    from tui.session.import_updates import PaperUpdate

    # Whether keywords become tags, or those that do, case folded.
    KeywordChoice = bool | frozenset[str]

_NAMED_KEYWORDS = 10  # in a hint


class ImportResult(NamedTuple):
    """What an import did, or would do.

    Attributes:
        new: ids of papers that were not in the list, and have no record of a paper that was.
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
        replaced: file name to the name of the source of which it is a newer version.
        updates: fields that newer versions change.
        gone: titles of papers that were in a replaced source and are in no source any more.
        removed: ids of the known papers that the user removed from the list; they stay removed.
        restored: ids of the removed papers that are in the list again.
        split_off: ids of new papers with records that were part of other papers before: the files tell them apart.
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
    replaced: tuple[tuple[str, str], ...] = ()
    updates: tuple[PaperUpdate, ...] = ()
    gone: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    split_off: tuple[str, ...] = ()

    @property
    def refused(self) -> int:
        """Number of records, or fragments, that were not imported."""
        return sum(diagnostic.records for diagnostic in self.diagnostics if not diagnostic.repaired)

    @property
    def repaired(self) -> int:
        """Number of records that were imported with repairs."""
        return sum(diagnostic.records for diagnostic in self.diagnostics if diagnostic.repaired)


class ImportPlan(NamedTuple):
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
        replaced: name of a fresh source to that of the source it replaces.
        pins: names of records with the ids of the papers they update.
        updates: fields that newer versions change.
        gone: titles of papers that lose their last source.
        removed: ids of the papers that the user removed from the list.
        names: names of sources whose copies have another name, by the name of the copy.
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
    shifts: tuple[ImportChange, ...]
    encoding: str | None
    replaced: Mapping[str, str]
    pins: Mapping[str, str]
    updates: tuple[PaperUpdate, ...]
    gone: tuple[str, ...]
    removed: frozenset[str]
    names: Mapping[str, str]

    @property
    def unsure(self) -> tuple[str, ...]:
        """Names of files that may not be lists of papers."""
        return tuple(self.fresh[name][1].name for name in self.result.unsure if name in self.fresh)

    def preview(self, limit: int) -> ImportPreview:
        """Preview of the papers in the files, with what is unusual about each."""
        from tui.session.import_preview import preview  # noqa: PLC0415 - only imports need it

        by_id = {paper.id: paper for paper in self.result.papers}
        papers = [by_id[paper_id] for paper_id in self._paper_ids(self.fresh)]
        return preview(papers, self.before, limit, self.removed)

    @property
    def file_names(self) -> tuple[str, ...]:
        """The names of the files, of those imported before only if there are no others."""
        return tuple(file.name for _, file in self.fresh.values()) or tuple(self.already_imported)

    @property
    def removed_papers(self) -> tuple[str, ...]:
        """Ids of the papers in the files, including those imported before, that the user removed from the list."""
        names = {*self.fresh, *self.already_imported.values()}
        return tuple(paper_id for paper_id in self._paper_ids(names) if paper_id in self.removed)

    def summary(self, *, tags: KeywordChoice, change: Change | None = None, kept: bool = False) -> ImportResult:
        """Counts of what is imported, updated, repaired and refused.

        Args:
            tags: whether keywords become tags, or which; also those of files that were imported before.
            change: the step in the history, if it was done.
            kept: whether changes of papers with marks were not applied.
        """
        names = {*self.fresh, *(self.already_imported.values() if tags else ())}
        ids, split_off = self._paper_ids(names), self._split_off()
        fresh = set(ids).difference(self.before, split_off)
        new = tuple(paper_id for paper_id in ids if paper_id in fresh)
        shown = {**self.names, **{name: file.name for name, (_, file) in self.fresh.items()}}
        diagnostics = (
            diagnostic._replace(source=shown[diagnostic.source])
            for diagnostic in (*self.result.diagnostics, *self.clashes)
            if diagnostic.source in self.fresh
        )
        return ImportResult(
            new,
            tuple(paper_id for paper_id in ids if paper_id not in fresh),
            tuple(sorted(diagnostics)),
            change,
            sum(self.result.counts.get(name, 0) for name in names),
            tuple(word for word, _ in self.keyword_counts() if not is_chosen(word, tags)),
            tuple(self.already_imported),
            self.unsure,
            tuple(
                merge._replace(sources=tuple(at._replace(page=shown.get(at.page, at.page)) for at in merge.sources))
                for merge in self.result.merged
                if any(at.page in self.fresh for at in merge.sources)
            ),
            self.shifts,
            kept,
            tuple((shown[name], self.names.get(old, old)) for name, old in self.replaced.items()),
            self.updates,
            self.gone,
            tuple(paper_id for paper_id in ids if paper_id in self.removed),
            split_off=split_off,
        )

    def marks(self, *, tags: KeywordChoice, accepted: Collection[ImportChange] = ()) -> dict[str, Mark]:
        """The marks of the imported records, plus corrections that keep values of papers with marks.

        Args:
            tags: whether keywords become tags, or which.
            accepted: changes of papers with marks that the user accepted.
        """
        chosen = None if tags is True else tags or ()
        marks = dict(self.result.marks_with_keywords(chosen))
        bare = {paper_id: marks[paper_id]._replace(citation_key=None) for paper_id in self.keys}
        marks |= bare
        for shift in self.shifts:
            if shift not in accepted:
                marks[shift.id] = shift.keep_old_value(marks.get(shift.id, UNTOUCHED))
        return marks

    def pinned_marks(self, mark: Callable[[str], Mark], marks: Mapping[str, Mark]) -> dict[str, Mark]:
        """The marks, with the updated records of papers that have marks: these keep their paper for good."""
        new = dict(marks)
        for name, paper_id in self.pins.items():
            if mark(paper_id) != UNTOUCHED:
                pinned = new.get(paper_id, UNTOUCHED)
                new[paper_id] = pinned._replace(records=(*pinned.records, name))
        return new

    def _paper_ids(self, names: Collection[str]) -> tuple[str, ...]:
        papers = self.result.papers
        return tuple(dict.fromkeys(paper.id for paper in papers for place in paper.sources if place.page in names))

    def _split_off(self) -> tuple[str, ...]:
        """Ids of new papers with records that were in the list before."""
        fresh = [paper for paper in self.result.papers if paper.id not in self.before]
        return tuple(paper.id for paper in fresh if any(place.page not in self.fresh for place in paper.sources))

    def keyword_counts(self) -> tuple[tuple[str, int], ...]:
        """Distinct keywords in files that were not imported before, the most frequent first, with their papers."""
        fresh = set(self._paper_ids(self.fresh))
        spelled: dict[str, str] = {}
        count: Counter[str] = Counter()
        for paper_id, tags in self.result.keywords:
            if paper_id in fresh:
                for tag in tags:
                    count[tag.casefold()] += 1
                    spelled.setdefault(tag.casefold(), tag)
        return tuple((spelled[word], number) for word, number in count.most_common())

    def choose_keywords(self, words: Iterable[str]) -> frozenset[str]:
        """The keywords that a user named, as ``KeywordChoice``; spaces may stand for hyphens.

        Raises:
            UsageError: no record has one of them.
        """
        known = {word.casefold(): word for _, keywords in self.result.keywords for word in keywords}
        chosen = {word: tag_of(word.strip()).casefold() for word in words}
        for word, tag in chosen.items():
            if tag not in known:
                names = ", ".join([*known.values()][:_NAMED_KEYWORDS]) or "none"
                raise UsageError(f"no record has the keyword {word!r}", f"keywords in the files: {names}")
        return frozenset(chosen.values())


def is_chosen(word: str, tags: KeywordChoice) -> bool:
    """Whether a keyword becomes a tag."""
    return tags if isinstance(tags, bool) else word.casefold() in tags
