"""Which paper known before each group of records is now: by ids, title or text, by what else they say, by likeness.

A paper known before goes to one group at most. Of works that many share a title with, what tells them apart decides.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.merge_evidence import evidence_of, identifiers_differ
from tui.ingest.paper_ids import title_key
from tui.ingest.record import Record
from tui.ingest.record_linkage import contradicts, link_records
from tui.model.paper import SourceLocation
from tui.text.generic_titles import is_generic

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from tui.model.paper import Paper
    from tui.text.memo import Memo


@dataclass(frozen=True, slots=True)
class RecordGroup:
    """What a group of records can be known by.

    Attributes:
        whole: title and abstract of all of them together, as one draft.
        fresh: the id it would get if nothing were known.
        order: sorts claimants by what they say only.
        own: ids of the single records, also those that records of our own carry.
        given: the ids that records of our own carry.
        contents: ids of every title and every abstract.
        sources: where its records stand.
    """

    whole: Record
    fresh: str
    order: tuple[str, ...]
    own: frozenset[str]
    given: frozenset[str]
    contents: frozenset[str]
    sources: frozenset[SourceLocation]


class PaperLookup(NamedTuple):
    """The ids of titles and of abstracts, and the family names of authors."""

    titles: Memo[str, str]
    texts: Memo[str, str]
    families: Memo[tuple[str, ...], frozenset[str]]


# Of more groups with a title in common, those near a paper are looked for first.
_MANY = 50
# How unlike the authors are, above 0 for the same ones: unknown or some of them, or none of them.
_UNCERTAIN_AUTHORS, _OTHER_AUTHORS = 1, 2


def build_group(records: Sequence[Record], whole: Record, ids: PaperLookup) -> RecordGroup:
    """What a group of records can be known by; ``whole`` is what they say together."""
    texts = {ids.texts[record.abstract] for record in records if record.abstract}
    titles = {ids.titles[record.title] for record in (*records, whole) if record.title}
    own = {ids.titles[record.title] if record.title else ids.texts[record.abstract or ""] for record in records}
    given = {record.id for record in records if record.id}
    text = ids.texts[whole.abstract or ""]
    fresh = ids.titles[whole.title] if whole.title else text
    contents = frozenset(texts | titles)
    # Of works that have title and text in common, what else they say decides which one is named first.
    rest = (whole.doi or "", whole.eprint or "", str(whole.date or ""), " ".join(whole.authors))
    sources = frozenset(record.source for record in records)
    return RecordGroup(
        whole, fresh, (fresh, text, *rest), frozenset(own | given), frozenset(given), contents, sources
    )


def find_predecessors(
    groups: Sequence[RecordGroup], previous: Sequence[Paper], ids: PaperLookup, given: Mapping[str, int]
) -> list[list[Paper]]:
    """For each group the papers known before that it is now; each of those goes to one group at most."""
    holders: dict[str, list[int]] = {}
    for index, group in enumerate(groups):
        for name in group.own | group.contents:
            holders.setdefault(name, []).append(index)
    near: _Near | None = None
    predecessors: list[list[Paper]] = [[] for _ in groups]
    lost: list[Paper] = []
    by_other_authors: list[tuple[Paper, list[int]]] = []
    for paper in sorted(previous, key=lambda paper: (paper.added, paper.id)):
        if paper.id in given:
            predecessors[given[paper.id]].append(paper)
            continue
        texts = {ids.texts[text] for text in (paper.abstract, *paper.earlier_abstracts) if text}
        names = {paper.id, *paper.aliases, *texts, *([ids.titles[paper.title]] if paper.title else [])}
        found = [holders[name] for name in names if name in holders]
        named = {index for indices in found if len(indices) <= _MANY for index in indices}
        for many in (indices for indices in found if len(indices) > _MANY):
            near = near or _Near(groups, ids)
            named |= near.of(paper, texts, many)
        misfits = {index: _misfit(groups[index], paper, texts, ids) for index in named}
        ranked = sorted(misfits, key=lambda index: (*misfits[index], bool(predecessors[index]), groups[index].order))
        fitting = (index for index in ranked if not _contradicts(groups[index], paper, texts))
        first = next(fitting, None)
        if first is None:
            lost.append(paper)
        elif misfits[first][2] < _OTHER_AUTHORS:
            predecessors[first].append(paper)
        else:
            by_other_authors.append((paper, [first, *fitting]))
    # A group by others, with nothing but the title in common, is taken only where no paper has a better right to it.
    for paper, indices in by_other_authors:
        free = next((index for index in indices if not predecessors[index]), None)
        (lost if free is None else predecessors[free]).append(paper)
    find_by_similarity(groups, lost, predecessors, range(len(groups)))
    return predecessors


class _Near:
    """Of the many groups that have a title in common with a paper, those that have something else in common, too.

    Args:
        claimants: the groups.
        ids: the ids of abstracts.
    """

    def __init__(self, groups: Sequence[RecordGroup], ids: PaperLookup) -> None:
        self._claimants = groups
        self._holders: dict[object, list[int]] = {}
        self._first: dict[tuple[int, int, int], list[int]] = {}
        for index, group in enumerate(groups):
            whole = group.whole
            texts = [ids.texts[whole.abstract]] if whole.abstract else []
            for name in (*group.sources, *group.given, *texts, *_identifying_values(whole)):
                self._holders.setdefault(name, []).append(index)

    def of(self, paper: Paper, texts: Collection[str], many: Sequence[int]) -> set[int]:
        """Some of a crowd of groups, given in ascending order: the nearest that there are, and not very many."""
        names = (*paper.sources, paper.id, *texts, *_identifying_values(paper))
        few = [found for name in names if len(found := self._holders.get(name, ())) <= _MANY]
        near = {index for found in few for index in found if _contains(many, index)}
        if near:
            return near
        key = many[0], many[-1], len(many)
        if key not in self._first:
            self._first[key] = sorted(many, key=lambda index: self._claimants[index].order)[:_MANY]
        return set(self._first[key])


def _contains(indices: Sequence[int], index: int) -> bool:
    at = bisect_left(indices, index)
    return at < len(indices) and indices[at] == index


def _identifying_values(of: Record | Paper) -> Iterator[tuple[object, ...]]:
    """What works of one title seldom have in common."""
    if of.doi:
        yield "doi", of.doi.lower()
    if of.eprint:
        yield "eprint", of.eprint
    if of.authors:
        yield "authors", of.authors
    yield "all", of.doi, of.eprint, of.date, of.authors


def _misfit(
    group: RecordGroup, paper: Paper, texts: set[str], ids: PaperLookup
) -> tuple[bool, int, int, bool, bool, int, bool]:
    """How badly a group fits a paper known before; the smallest fits best."""
    no_text = texts.isdisjoint(group.contents)
    other_title = paper.title is not None and ids.titles[paper.title] not in group.contents
    mismatch = _author_mismatch(group.whole, paper, ids) if no_text else 0
    if _is_other_work(group, paper):
        mismatch = _OTHER_AUTHORS
    return (
        paper.id not in group.own,
        (bool(texts) and no_text) + other_title,
        mismatch,
        group.own.isdisjoint(paper.aliases),
        bool(texts) != bool(group.whole.abstract),
        _count_differences(group.whole, paper),
        group.sources.isdisjoint(paper.sources),
    )


def _count_differences(whole: Record, paper: Paper) -> int:
    """In how many facts a group and a paper differ that tell works of one title apart."""
    return sum(getattr(whole, name) != getattr(paper, name) for name in ("doi", "eprint", "date", "authors"))


def _is_other_work(group: RecordGroup, paper: Paper) -> bool:
    """Whether identifiers say that a group is another work than a paper; or, of generic titles, anything does."""
    one, other = evidence_of(group.whole), evidence_of(_as_record(paper))
    if identifiers_differ(one, other):
        return True
    return is_generic(title_key(paper.title or "-")) and _count_differences(group.whole, paper) > 0


def _author_mismatch(whole: Record, paper: Paper, ids: PaperLookup) -> int:
    """How unlike those who wrote a group are to those who wrote a paper of which nothing but the title may be known.

    Titles such as ``Introduction`` are many papers', and so is the name of whoever much was written on.
    """
    if whole.eprint and whole.eprint == paper.eprint:
        return 0
    if not whole.authors or not paper.authors:
        return _UNCERTAIN_AUTHORS
    own, other = ids.families[whole.authors], ids.families[paper.authors]
    return 0 if own == other else _OTHER_AUTHORS if own.isdisjoint(other) else _UNCERTAIN_AUTHORS


def _contradicts(group: RecordGroup, paper: Paper, texts: set[str]) -> bool:
    """Whether a group that has a name in common with a paper is another paper all the same."""
    if group.sources.isdisjoint(paper.sources) and paper.sources and _is_other_work(group, paper):
        return True
    return not texts & group.contents and contradicts(group.whole, _as_record(paper))


def find_by_similarity(
    groups: Sequence[RecordGroup], lost: Sequence[Paper], predecessors: list[list[Paper]], indices: Iterable[int]
) -> None:
    """Find papers of which both title and abstract were changed on the page, among the groups without an heir."""
    free = [index for index in indices if not predecessors[index]]
    if not lost or not free:
        return
    records = [groups[index].whole for index in free] + [_as_record(paper) for paper in lost]
    for linked in link_records(records):
        mine = [free[member] for member in linked if member < len(free)]
        theirs = [lost[member - len(free)] for member in linked if member >= len(free)]
        if mine and theirs:
            predecessors[min(mine, key=lambda index: groups[index].order)] += theirs


def _as_record(paper: Paper) -> Record:
    return Record(
        SourceLocation("", 0),
        title=paper.title,
        authors=paper.authors,
        abstract=paper.abstract,
        eprint=paper.eprint,
        doi=paper.doi,
        date=paper.date,
    )
