"""The import pipeline: parse sources, apply corrections, link, merge and assign ids. Changes no file or mark."""

from __future__ import annotations

from collections import Counter
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.completion_records import complete, with_completed_identifiers
from tui.ingest.corrections import apply_corrections
from tui.ingest.id_assignment import assign_ids
from tui.ingest.merge_records import merge_records
from tui.ingest.merge_report import ReportedMerge, report_merges
from tui.ingest.parse_source import parse_source
from tui.ingest.pinned_records import find_pinned
from tui.ingest.record_grouping import link_records
from tui.ingest.source_file import Diagnostic
from tui.model.mark import UNTOUCHED, Mark, merge_marks
from tui.model.paper import SourceLocation
from tui.text.memo import Memo
from tui.text.plural import pluralise
from tui.text.tokens import normalise_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from tui.ingest.corrections import CuratedCorrections
    from tui.ingest.record import Record
    from tui.ingest.source_file import SourceFile
    from tui.model.paper import Paper


class UnconfirmedSource(NamedTuple):
    """A source that may not be a listing.

    Attributes:
        name: name of the source.
        records: number of records in it.
    """

    name: str
    records: int


class IngestResult(NamedTuple):
    """The papers of a set of sources.

    Attributes:
        papers: sorted by the location of their first record.
        diagnostics: what could not be read, or only in part; sorted by source and line.
        merged_ids: (known id that is gone, id of the paper it was merged into).
        marks: (paper id, mark) given in records of the sources in ``marks_of``.
        counts: number of records by source.
        keywords: (paper id, tags) from the keywords in the sources in ``keywords_of``; the user chooses whether to
            apply them.
        unsure: names of sources that were read, but may not be listings.
        waiting: sources left out until the user confirms that they are listings.
        merged: papers of several records, at least one of them from the sources in ``keywords_of``.
    """

    papers: tuple[Paper, ...]
    diagnostics: tuple[Diagnostic, ...]
    merged_ids: tuple[tuple[str, str], ...]
    marks: tuple[tuple[str, Mark], ...]
    counts: Mapping[str, int]
    keywords: tuple[tuple[str, tuple[str, ...]], ...]
    unsure: tuple[str, ...] = ()
    waiting: tuple[UnconfirmedSource, ...] = ()
    merged: tuple[ReportedMerge, ...] = ()

    def marks_with_keywords(self, chosen: Collection[str] | None = None) -> tuple[tuple[str, Mark], ...]:
        """The marks, with tags for keywords.

        Args:
            chosen: the keywords that become tags, case folded; None for all.
        """
        marks = dict(self.marks)
        for paper_id, keywords in self.keywords:
            tags = tuple(word for word in keywords if chosen is None or word.casefold() in chosen)
            if tags:
                marks[paper_id] = merge_marks(marks.get(paper_id, UNTOUCHED), Mark(tags=tags))
        return tuple(sorted(marks.items(), key=lambda item: item[0]))


def ingest(
    sources: Sequence[SourceFile],
    *,
    corrections: CuratedCorrections,
    previous: Sequence[Paper] = (),
    marked: Collection[str] = frozenset(),
    remembered: Sequence[Paper] = (),
    pins: Mapping[str, str] | None = None,
    at: str,
    marks_of: Collection[str] | None = None,
    keywords_of: Collection[str] = (),
    unconfirmed: Collection[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> IngestResult:
    """Convert sources to papers.

    The result depends on the contents of the sources, not on their order. Repeating the import with the result as
    ``previous`` changes nothing.

    Args:
        sources: all sources of the reading list.
        corrections: curated corrections.
        previous: the papers of the last import, as they were before they were completed; a paper keeps its id.
        marked: ids with marks; a paper with marks is kept even if no source contains it any more.
        remembered: marked papers not in ``previous``, with title and start of the abstract; one that is in no source
            becomes a paper of these few words.
        pins: name of a record to the id of the paper to which the user pinned it; see ``tui.ingest.pinned_records``.
        at: ISO 8601 UTC timestamp for new papers.
        marks_of: names of the sources whose marks are imported; None for all.
        keywords_of: names of the sources whose keywords are returned.
        unconfirmed: names of the sources to leave out if they may not be listings.
        progress: called with the work done and the total, in no particular unit.
    """
    read, diagnostics, unsure = read_records(sources, _partial_progress(progress, 0, 4), unconfirmed)
    records = [record for record in read if not record.completes]
    completing = [record for record in read if record.completes]
    marks_of = {source.name for source in sources} if marks_of is None else marks_of
    normalise = Memo(normalise_words).__getitem__
    applied = apply_corrections(corrections, records, normalise)
    corrected = list(records)
    for index, entry in applied.titles:
        corrected[index] = _with_title(records[index], entry.value, SourceLocation(corrections.name, entry.line))
    known = {alias: paper.id for paper in previous for alias in (*paper.aliases, paper.id)}
    previous_ids = {location: paper.id for paper in previous for location in paper.sources}
    pinned = find_pinned(records, pins or {})
    linkable = with_completed_identifiers(corrected, completing, known, previous_ids)
    groups = link_records(
        linkable,
        applied.same,
        known,
        _partial_progress(progress, 4, 9),
        normalise,
        pinned=pinned,
        previous_ids=previous_ids,
    )
    merged = _merged(corrected, groups, _partial_progress(progress, 9, 10))
    fixed = [next((pinned[index] for index in group if index in pinned), None) for group in groups]
    papers, named = _papers(
        records, corrected, groups, merged, previous, marked, remembered, fixed, at=at, normalise=normalise
    )
    marks = _merge_marks_of(named, groups, [_mark(record, marks_of) for record in records])
    words = _merge_marks_of(named, groups, [_tags(record, keywords_of) for record in records])
    together = tuple(report_merges(linkable, groups, papers, keywords_of))
    papers += _kept_papers([*previous, *remembered], papers, marked)
    papers = complete(papers, completing, known)
    papers.sort(key=lambda paper: (not paper.sources, paper.sources, paper.id))
    found = tuple(sorted({*diagnostics, *applied.diagnostics}))
    counts = Counter(record.source.page for record in records)
    keywords = tuple((paper_id, mark.tags) for paper_id, mark in words)
    moved = _merged_ids(previous, marked, papers)
    unsure_names = tuple(source.name for source in unsure if source.name not in unconfirmed)
    waiting = tuple(source for source in unsure if source.name in unconfirmed)
    return IngestResult(tuple(papers), found, moved, marks, counts, keywords, unsure_names, waiting, together)


def _mark(record: Record, marks_of: Collection[str]) -> Mark:
    """The mark given in a record, if its source is asked for."""
    return (record.mark or UNTOUCHED) if record.source.page in marks_of else UNTOUCHED


def _tags(record: Record, keywords_of: Collection[str]) -> Mark:
    return Mark(tags=record.keywords) if record.keywords and record.source.page in keywords_of else UNTOUCHED


def _merge_marks_of(
    named: Sequence[str], groups: Sequence[Sequence[int]], given: Sequence[Mark]
) -> tuple[tuple[str, Mark], ...]:
    """The merged marks of each paper's records, without the untouched ones."""
    whole = (
        (name, reduce(merge_marks, (given[index] for index in group)))
        for name, group in zip(named, groups, strict=True)
    )
    return tuple(sorted(((name, mark) for name, mark in whole if mark != UNTOUCHED), key=lambda item: item[0]))


def read_records(
    sources: Sequence[SourceFile],
    progress: Callable[[int, int], None] | None = None,
    unconfirmed: Collection[str] = (),
) -> tuple[list[Record], list[Diagnostic], list[UnconfirmedSource]]:
    """The records of all sources with split bylines, by source and line; and the unsure sources."""
    confirmed = {source.digest for source in sources if source.name not in unconfirmed}
    unsure: list[UnconfirmedSource] = []
    records: list[Record] = []
    diagnostics: list[Diagnostic] = []
    total = sum(len(source.lines) for source in sources) or 1
    done = 0
    for source in sources:
        result = parse_source(source, _line_progress(progress, done, total))
        if result.unsure and source.name in unconfirmed and source.digest in confirmed:
            pass  # already imported; its stored copy is read instead
        elif result.unsure and source.name in unconfirmed:
            unsure.append(UnconfirmedSource(source.name, len(result.records)))
            diagnostics.append(_unconfirmed_diagnostic(unsure[-1]))
        else:
            unsure += [UnconfirmedSource(source.name, len(result.records))] if result.unsure else []
            records += result.records
            diagnostics += result.diagnostics
        done += len(source.lines)
        if progress:
            progress(done, total)
    records.sort(key=lambda record: record.source)
    if any(record.byline is not None for record in records):
        from tui.ingest.byline import resolve_bylines  # noqa: PLC0415 - bibliographies have none

        records, unresolved = resolve_bylines(records)
        diagnostics += unresolved
    return records, diagnostics, unsure


def _unconfirmed_diagnostic(source: UnconfirmedSource) -> Diagnostic:
    reason = f"this might not be a list of papers ({pluralise(source.records, 'possible paper')} not imported yet)"
    hint = "preview it with `readlist import --dry-run FILE`, then import it or remove it from the folder"
    return Diagnostic(source.name, 0, reason, hint, records=source.records)


def _line_progress(progress: Callable[[int, int], None] | None, before: int, total: int) -> Callable[[int], None]:
    """Progress callback offset by the lines already read."""
    return (lambda line: progress(before + line, total)) if progress else (lambda _: None)


def _with_title(record: Record, title: str, location: SourceLocation) -> Record:
    """The record with a curated title."""
    positions = (*(given for given in record.positions if given[0] != "title"), ("title", location))
    return record._replace(title=title, curated=True, positions=positions)


def _partial_progress(
    progress: Callable[[int, int], None] | None, start: int, end: int
) -> Callable[[int, int], None] | None:
    """Progress callback for a part of the work, given in tenths of the whole."""
    if progress is None:
        return None
    return lambda done, total: progress(start * total + (end - start) * done, 10 * total)


def _merged(
    corrected: Sequence[Record], groups: Sequence[Sequence[int]], progress: Callable[[int, int], None] | None
) -> list[Paper]:
    """The merged papers, still without ids."""
    merged: list[Paper] = []
    for group in groups:
        merged.append(merge_records([corrected[index] for index in group], "", (), ""))
        if progress:
            progress(len(merged), len(groups))
    return merged


def _papers(
    records: Sequence[Record],
    corrected: Sequence[Record],
    groups: Sequence[Sequence[int]],
    merged: Sequence[Paper],
    previous: Sequence[Paper],
    marked: Collection[str],
    remembered: Sequence[Paper],
    fixed: Sequence[str | None],
    *,
    at: str,
    normalise: Callable[[str], str],
) -> tuple[list[Paper], list[str]]:
    """The papers with their ids, and the list of ids."""
    wholes = [_combined_record(corrected[group[0]], paper) for group, paper in zip(groups, merged, strict=True)]
    named = assign_ids(
        [[records[index] for index in group] for group in groups],
        wholes,
        previous,
        marked,
        remembered,
        normalise,
        fixed,
    )
    papers: list[Paper] = []
    for group, paper, name in zip(groups, merged, named, strict=True):
        before = [predecessor.added for predecessor in name.predecessors]
        before = before or [records[index].added for index in group if records[index].added]
        papers.append(paper._replace(id=name.id, aliases=name.aliases, added=min(before, default=at)))
    return papers, [paper.id for paper in papers]


def _combined_record(record: Record, paper: Paper) -> Record:
    """A record with the combined fields of all records of its paper."""
    own = record.title, record.abstract, record.authors, record.eprint, record.doi, record.date
    title, abstract, authors, eprint, doi, date = combined = (
        paper.title, paper.abstract, paper.authors, paper.eprint, paper.doi, paper.date
    )  # fmt: skip
    # For a paper of a single record, avoid a copy.
    if own == combined:
        return record
    return record._replace(title=title, abstract=abstract, authors=authors, eprint=eprint, doi=doi, date=date)


def _kept_papers(previous: Sequence[Paper], papers: Sequence[Paper], marked: Collection[str]) -> list[Paper]:
    """Marked papers that no source contains any more."""
    ids = {name for paper in papers for name in (paper.id, *paper.aliases)}
    kept: list[Paper] = []
    for paper in previous:
        names = {paper.id, *paper.aliases} - ids
        if paper.id in names and not names.isdisjoint(marked):
            kept.append(paper._replace(aliases=tuple(sorted(names - {paper.id}))))
    return kept


def _merged_ids(
    previous: Sequence[Paper], marked: Collection[str], papers: Sequence[Paper]
) -> tuple[tuple[str, str], ...]:
    canonical_ids = {alias: paper.id for paper in papers for alias in paper.aliases}
    before = {paper.id for paper in previous} | set(marked)
    return tuple((gone, canonical_ids[gone]) for gone in sorted(before) if gone in canonical_ids)
