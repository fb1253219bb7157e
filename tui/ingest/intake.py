"""Taking pages in: read every page, apply the corrections, join, name and merge. Touches no file and no mark."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING

from tui.ingest.byline import Lexicon, lexicon_of, with_byline
from tui.ingest.corrections import apply_corrections
from tui.ingest.join import join
from tui.ingest.merge import merge
from tui.ingest.naming import name_papers
from tui.ingest.records import read_records
from tui.paper.mark import UNTOUCHED, Mark, joined
from tui.paper.paper import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from tui.ingest.corrections import Corrections
    from tui.ingest.draft import Draft
    from tui.ingest.page import Page, Problem
    from tui.paper.paper import Paper


@dataclass(frozen=True, slots=True)
class Intake:
    """What a set of pages holds.

    Attributes:
        papers: sorted by the place of their first record.
        problems: what could not be read, or only in part; sorted by page and line.
        records: number of records read, before joining.
        moved: (id known before that is gone, id of the paper it is part of now).
        marks: (paper id, mark) for records that carry what a user did, of the pages asked for.
        counts: number of records read, by page.
        keywords: number of different keywords on the pages asked for that did not become tags.
    """

    papers: tuple[Paper, ...]
    problems: tuple[Problem, ...]
    records: int
    moved: tuple[tuple[str, str], ...]
    marks: tuple[tuple[str, Mark], ...]
    counts: Mapping[str, int]
    keywords: int


def take_in(
    pages: Sequence[Page],
    *,
    corrections: Corrections,
    previous: Sequence[Paper] = (),
    marked: Collection[str] = frozenset(),
    remembered: Sequence[Paper] = (),
    at: str,
    marks_of: Collection[str] | None = None,
    tags_of: Collection[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Intake:
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
        at: ISO 8601 UTC instant, for papers that are new.
        marks_of: names of the pages whose records shall bring their marks along; None for all.
        tags_of: names of the pages whose keywords shall become tags.
        progress: called with the work done and all work, in no particular unit.
    """
    drafts, problems = _drafts(pages, progress)
    marks_of = {page.name for page in pages} if marks_of is None else marks_of
    applied = apply_corrections(corrections, drafts)
    corrected = list(drafts)
    for place, entry in applied.titles:
        corrected[place] = _titled(drafts[place], entry.value, Source(corrections.name, entry.line))
    known = {alias: paper.id for paper in previous for alias in (*paper.aliases, paper.id)}
    groups = join(corrected, applied.same, known, _second_half(progress))
    given = [_given(draft, marks_of, tags_of) for draft in drafts]
    papers, marks = _papers(drafts, given, corrected, groups, previous, marked, remembered, at)
    papers += _kept([*previous, *remembered], papers, marked)
    papers.sort(key=lambda paper: (not paper.sources, paper.sources, paper.id))
    found = tuple(sorted({*problems, *applied.problems}))
    counts = Counter(draft.source.page for draft in drafts)
    left = (draft for draft in drafts if draft.source.page in marks_of and draft.source.page not in tags_of)
    keywords = len({word.casefold() for draft in left for word in draft.keywords})
    return Intake(tuple(papers), found, len(drafts), _moved(previous, marked, papers), marks, counts, keywords)


def _given(draft: Draft, marks_of: Collection[str], tags_of: Collection[str]) -> Mark:
    """What a record says that the user did."""
    mark = (draft.mark or UNTOUCHED) if draft.source.page in marks_of else UNTOUCHED
    return joined(mark, Mark(tags=draft.keywords)) if draft.keywords and draft.source.page in tags_of else mark


def _drafts(pages: Sequence[Page], progress: Callable[[int, int], None] | None) -> tuple[list[Draft], list[Problem]]:
    """The records of all pages, their bylines taken apart, in the order of page and line."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    total = sum(len(page.lines) for page in pages) or 1
    done = 0
    for page in pages:
        reading = read_records(page)
        drafts += reading.drafts
        problems += reading.problems
        done += len(page.lines)
        if progress:
            progress(done, 2 * total)
    drafts.sort(key=lambda draft: draft.source)
    lexicon = lexicon_of(drafts) if any(draft.byline for draft in drafts) else Lexicon()
    told: list[Draft] = []
    for draft in drafts:
        whole, problem = with_byline(draft, lexicon)
        told.append(whole)
        problems += [problem] if problem else []
    return told, problems


def _titled(draft: Draft, title: str, source: Source) -> Draft:
    """The draft with a curated title in place of its own."""
    places = (*(given for given in draft.places if given[0] != "title"), ("title", source))
    return replace(draft, title=title, curated=True, places=places)


def _second_half(progress: Callable[[int, int], None] | None) -> Callable[[int, int], None] | None:
    """Joining is reported as the second half of the work."""
    return (lambda done, total: progress(total + done, 2 * total)) if progress else None


def _papers(
    drafts: Sequence[Draft],
    given: Sequence[Mark],
    corrected: Sequence[Draft],
    groups: Sequence[Sequence[int]],
    previous: Sequence[Paper],
    marked: Collection[str],
    remembered: Sequence[Paper],
    at: str,
) -> tuple[list[Paper], tuple[tuple[str, Mark], ...]]:
    """The papers of now and the marks that their records carry."""
    merged = [merge([corrected[place] for place in group], "", (), "") for group in groups]
    wholes = [
        replace(
            corrected[group[0]],
            title=paper.title,
            abstract=paper.abstract,
            authors=paper.authors,
            eprint=paper.eprint,
            doi=paper.doi,
        )
        for group, paper in zip(groups, merged, strict=True)
    ]
    named = name_papers(
        [[drafts[place] for place in group] for group in groups], wholes, previous, marked, remembered
    )
    papers: list[Paper] = []
    marks: dict[str, Mark] = {}
    for group, paper, name in zip(groups, merged, named, strict=True):
        before = [heir.added for heir in name.heirs]
        before = before or [drafts[place].added for place in group if drafts[place].added]
        papers.append(replace(paper, id=name.id, aliases=name.aliases, added=min(before, default=at)))
        mark = reduce(joined, (given[place] for place in group), UNTOUCHED)
        if mark != UNTOUCHED:
            marks[name.id] = mark
    return papers, tuple(sorted(marks.items(), key=lambda item: item[0]))


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
