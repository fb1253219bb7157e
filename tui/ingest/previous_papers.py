"""Match previously known papers with groups of records: by ids, title or text, by other fields, by similarity.

A known paper is matched with at most one group. Among many works with one title, their other fields decide.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.merge_evidence import evidence_of, identifier_of, identifiers_differ
from tui.ingest.paper_ids import identifier_id, title_key
from tui.ingest.record import Record
from tui.ingest.record_grouping import contradicts, link_records
from tui.model.paper import SourceLocation
from tui.text.generic_titles import is_generic

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from tui.model.paper import Paper
    from tui.text.memo import Memo


class RecordGroup(NamedTuple):
    """A group of records of one paper, with what identifies it.

    Attributes:
        records: the records.
        whole: one record with the combined fields of all.
        fresh: the id it would get if no papers were known.
        order: sort key of its contents.
        own: ids of the single records, including ``given``.
        given: ids given in readlist records.
    """

    records: Sequence[Record]
    whole: Record
    fresh: str
    order: tuple[str, ...]
    own: frozenset[str]
    given: frozenset[str]


class _Candidate(NamedTuple):
    """A group with what a known paper may have in common with it.

    Attributes:
        group: the group.
        contents: ids of every title and every abstract.
        sources: locations of its records.
    """

    group: RecordGroup
    contents: frozenset[str]
    sources: frozenset[SourceLocation]


class PaperLookup(NamedTuple):
    """Memos of the ids of titles and abstracts, and of the family names of authors."""

    titles: Memo[str, str]
    texts: Memo[str, str]
    families: Memo[tuple[str, ...], frozenset[str]]


# Of more groups with the same title, only the closest are compared.
_MANY = 50
# Author mismatch scores, where 0 means the same authors.
_UNCERTAIN_AUTHORS, _OTHER_AUTHORS = 1, 2


def build_group(records: Sequence[Record], whole: Record, ids: PaperLookup) -> RecordGroup:
    """Build the group; ``whole`` has the combined fields of its records."""
    given = frozenset([record.id for record in records if record.id])
    own = given.union([_own_id(record, ids) for record in records])
    text = ids.texts[whole.abstract or ""]
    fresh = _own_id(whole, ids)
    # Among works with the same title and text, the other fields decide which one gets its id first.
    rest = (whole.doi or "", whole.eprint or "", str(whole.date or ""), " ".join(whole.authors))
    return RecordGroup(records, whole, fresh, (fresh, text, *rest), own, given)


def _candidate(group: RecordGroup, ids: PaperLookup) -> _Candidate:
    texts = [ids.texts[record.abstract] for record in group.records if record.abstract]
    titles = [ids.titles[record.title] for record in (*group.records, group.whole) if record.title]
    return _Candidate(group, frozenset((*texts, *titles)), frozenset([record.source for record in group.records]))


def _own_id(record: Record, ids: PaperLookup) -> str:
    """The id of a record, as ``record_id``."""
    if record.title:
        return ids.titles[record.title]
    identifier = "" if record.abstract else identifier_of(record)
    return identifier_id(identifier) if identifier else ids.texts[record.abstract or ""]


def find_predecessors(
    groups: Sequence[RecordGroup], previous: Sequence[Paper], ids: PaperLookup, given: Mapping[str, int]
) -> list[list[Paper]]:
    """For each group the known papers it replaces; each of those is in at most one group."""
    predecessors: list[list[Paper]] = [[] for _ in groups]
    if not previous:
        return predecessors
    candidates = [_candidate(group, ids) for group in groups]
    holders: dict[str, list[int]] = {}
    for index, (group, contents, _) in enumerate(candidates):
        for name in group.own | contents:
            holders.setdefault(name, []).append(index)
    near: _Near | None = None
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
            near = near or _Near(candidates, ids)
            named |= near.of(paper, texts, many)
        misfits = {index: _misfit(candidates[index], paper, texts, ids) for index in named}
        ranked = sorted(misfits, key=lambda index: (*misfits[index], bool(predecessors[index]), groups[index].order))
        fitting = (index for index in ranked if not _contradicts(candidates[index], paper, texts))
        first = next(fitting, None)
        if first is None:
            lost.append(paper)
        elif misfits[first][2] < _OTHER_AUTHORS:
            predecessors[first].append(paper)
        else:
            by_other_authors.append((paper, [first, *fitting]))
    # A group by other authors with only the same title is matched last.
    for paper, indices in by_other_authors:
        free = next((index for index in indices if not predecessors[index]), None)
        (lost if free is None else predecessors[free]).append(paper)
    find_by_similarity(groups, lost, predecessors, range(len(groups)))
    return predecessors


class _Near:
    """Of many groups with the title of a paper, finds those with something else in common.

    Args:
        candidates: all groups.
        ids: the ids of abstracts.
    """

    def __init__(self, candidates: Sequence[_Candidate], ids: PaperLookup) -> None:
        self._candidates = candidates
        self._holders: dict[object, list[int]] = {}
        self._first: dict[tuple[int, int, int], list[int]] = {}
        for index, (group, _, sources) in enumerate(candidates):
            whole = group.whole
            texts = [ids.texts[whole.abstract]] if whole.abstract else []
            for name in (*sources, *group.given, *texts, *_identifying_values(whole)):
                self._holders.setdefault(name, []).append(index)

    def of(self, paper: Paper, texts: Collection[str], many: Sequence[int]) -> set[int]:
        """The closest of many groups, given by ascending indices; a limited number."""
        names = (*paper.sources, paper.id, *texts, *_identifying_values(paper))
        few = [found for name in names if len(found := self._holders.get(name, ())) <= _MANY]
        near = {index for found in few for index in found if _contains(many, index)}
        if near:
            return near
        key = many[0], many[-1], len(many)
        if key not in self._first:
            self._first[key] = sorted(many, key=lambda index: self._candidates[index].group.order)[:_MANY]
        return set(self._first[key])


def _contains(indices: Sequence[int], index: int) -> bool:
    at = bisect_left(indices, index)
    return at < len(indices) and indices[at] == index


def _identifying_values(of: Record | Paper) -> Iterator[tuple[object, ...]]:
    """Values that works with the same title rarely share."""
    if of.doi:
        yield "doi", of.doi.lower()
    if of.eprint:
        yield "eprint", of.eprint
    if of.authors:
        yield "authors", of.authors
    yield "all", of.doi, of.eprint, of.date, of.authors


def _misfit(
    candidate: _Candidate, paper: Paper, texts: set[str], ids: PaperLookup
) -> tuple[bool, int, int, bool, bool, int, bool]:
    """Mismatch score between a group and a known paper; the smallest is the best match."""
    group, contents, sources = candidate
    no_text = texts.isdisjoint(contents)
    other_title = paper.title is not None and ids.titles[paper.title] not in contents
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
        sources.isdisjoint(paper.sources),
    )


def _count_differences(whole: Record, paper: Paper) -> int:
    """Number of distinguishing fields in which a group and a paper differ."""
    return sum(getattr(whole, name) != getattr(paper, name) for name in ("doi", "eprint", "date", "authors"))


def _is_other_work(group: RecordGroup, paper: Paper) -> bool:
    """Whether identifiers show that a group is another work; for generic titles, any field does."""
    one, other = evidence_of(group.whole), evidence_of(_as_record(paper))
    if identifiers_differ(one, other):
        return True
    return is_generic(title_key(paper.title or "-")) and _count_differences(group.whole, paper) > 0


def _author_mismatch(whole: Record, paper: Paper, ids: PaperLookup) -> int:
    """Author mismatch score between a group and a known paper.

    Many papers share a title such as ``Introduction`` or the name of a famous person.
    """
    if whole.eprint and whole.eprint == paper.eprint:
        return 0
    if not whole.authors or not paper.authors:
        return _UNCERTAIN_AUTHORS
    own, other = ids.families[whole.authors], ids.families[paper.authors]
    return 0 if own == other else _OTHER_AUTHORS if own.isdisjoint(other) else _UNCERTAIN_AUTHORS


def _contradicts(candidate: _Candidate, paper: Paper, texts: set[str]) -> bool:
    """Whether a group with an id in common with a paper is nevertheless another paper."""
    group, contents, sources = candidate
    if sources.isdisjoint(paper.sources) and paper.sources and _is_other_work(group, paper):
        return True
    return not texts & contents and contradicts(group.whole, _as_record(paper))


def find_by_similarity(
    groups: Sequence[RecordGroup], lost: Sequence[Paper], predecessors: list[list[Paper]], indices: Iterable[int]
) -> None:
    """Match papers whose title and abstract both changed with groups that have no predecessor."""
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
