"""Taking pages in: read every page, apply the corrections, join, name and merge. Touches no file and no mark."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.byline import Lexicon, lexicon_of, with_byline
from tui.ingest.corrections import apply_corrections
from tui.ingest.id_assignment import assign_ids
from tui.ingest.merge_records import merge_records
from tui.ingest.merge_report import ReportedMerge, report_merges
from tui.ingest.parse_source import parse_source
from tui.ingest.pinned_records import find_pinned
from tui.ingest.record_linkage import link_records
from tui.ingest.source_file import Diagnostic
from tui.model.mark import UNTOUCHED, Mark, merge_marks
from tui.model.paper import SourceLocation
from tui.text.memo import Memo
from tui.text.tokens import normalise_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from tui.ingest.corrections import CuratedCorrections
    from tui.ingest.record import Record
    from tui.ingest.source_file import SourceFile
    from tui.model.paper import Paper


class Waiting(NamedTuple):
    """A page that may be no listing.

    Attributes:
        name: the page's name.
        records: number of papers that it would make.
    """

    name: str
    records: int


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What a set of pages holds.

    Attributes:
        papers: sorted by the place of their first record.
        problems: what could not be read, or only in part; sorted by page and line.
        moved: (id known before that is gone, id of the paper it is part of now).
        marks: (paper id, mark) for records that carry what a user did, of the pages asked for.
        counts: number of records read, by page.
        keywords: (paper id, tags) that the keywords on the pages asked for would make; whether they do is the user's
            choice.
        unsure: names of pages that were read, and may be no listings.
        waiting: pages that may be no listings and were left out, because nobody has confirmed them yet.
        merged: the papers of several records of which one at least is on the pages asked for.
    """

    papers: tuple[Paper, ...]
    diagnostics: tuple[Diagnostic, ...]
    merged_ids: tuple[tuple[str, str], ...]
    marks: tuple[tuple[str, Mark], ...]
    counts: Mapping[str, int]
    keywords: tuple[tuple[str, tuple[str, ...]], ...]
    unsure: tuple[str, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    merged: tuple[ReportedMerge, ...] = ()

    @property
    def marks_with_keywords(self) -> tuple[tuple[str, Mark], ...]:
        """The marks, with tags for keywords."""
        marks = dict(self.marks)
        for paper_id, tags in self.keywords:
            marks[paper_id] = merge_marks(marks.get(paper_id, UNTOUCHED), Mark(tags=tags))
        return tuple(sorted(marks.items(), key=lambda item: item[0]))


def ingest(
    pages: Sequence[SourceFile],
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
    """Make papers of pages.

    The outcome depends on what the pages hold, not on their order. Taking the same pages in again with the outcome as
    ``previous`` changes nothing.

    Args:
        pages: all pages of the reading list.
        corrections: curated facts.
        previous: the papers of the last intake; a paper keeps the id it had.
        marked: ids that carry marks; a paper with marks stays even when no page holds it any more.
        remembered: marked papers that are not among ``previous``, with title and the beginning of the abstract; one
            that is on no page becomes a paper of these few words.
        pins: name of a record to the id of the paper that the user says it is of; see ``tui.ingest.pinned_records``.
        at: ISO 8601 UTC instant, for papers that are new.
        marks_of: names of the pages whose records shall bring their marks along; None for all.
        keywords_of: names of the pages whose keywords are asked for.
        unconfirmed: names of the pages that are left out where they may be no listings.
        progress: called with the work done and all work, in no particular unit.
    """
    drafts, problems, unsure = read_drafts(pages, _part(progress, 0, 4), unconfirmed)
    marks_of = {page.name for page in pages} if marks_of is None else marks_of
    squeeze = Memo(normalise_words).__getitem__
    applied = apply_corrections(corrections, drafts, squeeze)
    corrected = list(drafts)
    for place, entry in applied.titles:
        corrected[place] = _titled(drafts[place], entry.value, SourceLocation(corrections.name, entry.line))
    known = {alias: paper.id for paper in previous for alias in (*paper.aliases, paper.id)}
    homes = {source: paper.id for paper in previous for source in paper.sources}
    pinned = find_pinned(drafts, pins or {})
    groups = link_records(corrected, applied.same, known, _part(progress, 4, 9), squeeze, pinned=pinned, homes=homes)
    merged = _merged(corrected, groups, _part(progress, 9, 10))
    fixed = [next((pinned[place] for place in group if place in pinned), None) for group in groups]
    papers, named = _papers(
        drafts, corrected, groups, merged, previous, marked, remembered, fixed, at=at, squeeze=squeeze
    )
    marks = _given(named, groups, [_mark(draft, marks_of) for draft in drafts])
    words = _given(named, groups, [_tags(draft, keywords_of) for draft in drafts])
    together = tuple(report_merges(drafts, groups, papers, keywords_of))
    papers += _kept([*previous, *remembered], papers, marked)
    papers.sort(key=lambda paper: (not paper.sources, paper.sources, paper.id))
    found = tuple(sorted({*problems, *applied.problems}))
    counts = Counter(draft.source.page for draft in drafts)
    keywords = tuple((paper_id, mark.tags) for paper_id, mark in words)
    moved = _moved(previous, marked, papers)
    read = tuple(page.name for page in unsure if page.name not in unconfirmed)
    waiting = tuple(page for page in unsure if page.name in unconfirmed)
    return IngestResult(tuple(papers), found, moved, marks, counts, keywords, read, waiting, together)


def _mark(draft: Record, marks_of: Collection[str]) -> Mark:
    """What a record says that the user did."""
    return (draft.mark or UNTOUCHED) if draft.source.page in marks_of else UNTOUCHED


def _tags(draft: Record, keywords_of: Collection[str]) -> Mark:
    return Mark(tags=draft.keywords) if draft.keywords and draft.source.page in keywords_of else UNTOUCHED


def _given(
    named: Sequence[str], groups: Sequence[Sequence[int]], given: Sequence[Mark]
) -> tuple[tuple[str, Mark], ...]:
    """What the records of each paper say together, where they say anything."""
    whole = (
        (name, reduce(merge_marks, (given[place] for place in group)))
        for name, group in zip(named, groups, strict=True)
    )
    return tuple(sorted(((name, mark) for name, mark in whole if mark != UNTOUCHED), key=lambda item: item[0]))


def read_drafts(
    pages: Sequence[SourceFile], progress: Callable[[int, int], None] | None = None, unconfirmed: Collection[str] = ()
) -> tuple[list[Record], list[Diagnostic], list[Waiting]]:
    """The records of all pages, their bylines taken apart, in the order of page and line; and the unsure pages."""
    confirmed = {page.digest for page in pages if page.name not in unconfirmed}
    unsure: list[Waiting] = []
    drafts: list[Record] = []
    problems: list[Diagnostic] = []
    total = sum(len(page.lines) for page in pages) or 1
    done = 0
    for page in pages:
        reading = parse_source(page, _reached(progress, done, total))
        if reading.unsure and page.name in unconfirmed and page.digest in confirmed:
            pass  # it was imported, and is read from its copy
        elif reading.unsure and page.name in unconfirmed:
            unsure.append(Waiting(page.name, len(reading.records)))
            problems.append(_waiting(unsure[-1]))
        else:
            unsure += [Waiting(page.name, len(reading.records))] if reading.unsure else []
            drafts += reading.records
            problems += reading.diagnostics
        done += len(page.lines)
        if progress:
            progress(done, total)
    drafts.sort(key=lambda draft: draft.source)
    lexicon = lexicon_of(drafts) if any(draft.byline for draft in drafts) else Lexicon()
    told: list[Record] = []
    for draft in drafts:
        whole, problem = with_byline(draft, lexicon)
        told.append(whole)
        problems += [problem] if problem else []
    return told, problems, unsure


def _waiting(page: Waiting) -> Diagnostic:
    papers = "1 possible paper waits" if page.records == 1 else f"{page.records} possible papers wait"
    reason = f"this may not be a list of papers; {papers} for your consent"
    hint = "look at it with readlist import --dry-run FILE, then import it, or take it out of the folder"
    return Diagnostic(page.name, 0, reason, hint, records=page.records)


def _reached(progress: Callable[[int, int], None] | None, before: int, total: int) -> Callable[[int], None]:
    """What is to be told of a line that was reached, on a page behind so many lines."""
    return (lambda line: progress(before + line, total)) if progress else (lambda _: None)


def _titled(draft: Record, title: str, source: SourceLocation) -> Record:
    """The draft with a curated title in place of its own."""
    places = (*(given for given in draft.positions if given[0] != "title"), ("title", source))
    return replace(draft, title=title, curated=True, positions=places)


def _part(progress: Callable[[int, int], None] | None, begins: int, ends: int) -> Callable[[int, int], None] | None:
    """What a part of the work is to tell its own progress to; the part lies between two tenths of the whole."""
    if progress is None:
        return None
    return lambda done, total: progress(begins * total + (ends - begins) * done, 10 * total)


def _merged(
    corrected: Sequence[Record], groups: Sequence[Sequence[int]], progress: Callable[[int, int], None] | None
) -> list[Paper]:
    """The papers, still without their names."""
    merged: list[Paper] = []
    for group in groups:
        merged.append(merge_records([corrected[place] for place in group], "", (), ""))
        if progress:
            progress(len(merged), len(groups))
    return merged


def _papers(
    drafts: Sequence[Record],
    corrected: Sequence[Record],
    groups: Sequence[Sequence[int]],
    merged: Sequence[Paper],
    previous: Sequence[Paper],
    marked: Collection[str],
    remembered: Sequence[Paper],
    fixed: Sequence[str | None],
    *,
    at: str,
    squeeze: Callable[[str], str],
) -> tuple[list[Paper], list[str]]:
    """The papers of now, and their ids."""
    wholes = [_whole(corrected[group[0]], paper) for group, paper in zip(groups, merged, strict=True)]
    named = assign_ids(
        [[drafts[place] for place in group] for group in groups], wholes, previous, marked, remembered, squeeze, fixed
    )
    papers: list[Paper] = []
    for group, paper, name in zip(groups, merged, named, strict=True):
        before = [heir.added for heir in name.predecessors]
        before = before or [drafts[place].added for place in group if drafts[place].added]
        papers.append(paper.with_identity(name.id, name.aliases, min(before, default=at)))
    return papers, [paper.id for paper in papers]


def _whole(draft: Record, paper: Paper) -> Record:
    """A record with what all records of its paper say together."""
    said = {name: getattr(paper, name) for name in ("title", "abstract", "authors", "eprint", "doi", "date")}
    # A paper of one record says what that one does, and a copy would be one more.
    return draft if all(getattr(draft, name) == value for name, value in said.items()) else replace(draft, **said)


def _kept(previous: Sequence[Paper], papers: Sequence[Paper], marked: Collection[str]) -> list[Paper]:
    """Papers that no page holds any more, but that the user has marked."""
    ids = {name for paper in papers for name in (paper.id, *paper.aliases)}
    kept: list[Paper] = []
    for paper in previous:
        names = {paper.id, *paper.aliases} - ids
        if paper.id in names and not names.isdisjoint(marked):
            kept.append(replace(paper, aliases=tuple(sorted(names - {paper.id}))))
    return kept


def _moved(
    previous: Sequence[Paper], marked: Collection[str], papers: Sequence[Paper]
) -> tuple[tuple[str, str], ...]:
    home = {alias: paper.id for paper in papers for alias in paper.aliases}
    before = {paper.id for paper in previous} | set(marked)
    return tuple((gone, home[gone]) for gone in sorted(before) if gone in home)
