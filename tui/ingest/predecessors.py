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
_PERHAPS, _BY_OTHERS = 1, 2


def record_group(group: Sequence[Record], whole: Record, ids: PaperLookup) -> RecordGroup:
    """What a group of records can be known by; ``whole`` is what they say together."""
    texts = {ids.texts[draft.abstract] for draft in group if draft.abstract}
    titles = {ids.titles[draft.title] for draft in (*group, whole) if draft.title}
    own = {ids.titles[draft.title] if draft.title else ids.texts[draft.abstract or ""] for draft in group}
    given = {draft.id for draft in group if draft.id}
    text = ids.texts[whole.abstract or ""]
    fresh = ids.titles[whole.title] if whole.title else text
    contents = frozenset(texts | titles)
    # Of works that have title and text in common, what else they say decides which one is named first.
    rest = (whole.doi or "", whole.eprint or "", str(whole.date or ""), " ".join(whole.authors))
    sources = frozenset(draft.source for draft in group)
    return RecordGroup(
        whole, fresh, (fresh, text, *rest), frozenset(own | given), frozenset(given), contents, sources
    )


def find_predecessors(
    claimants: Sequence[RecordGroup], previous: Sequence[Paper], ids: PaperLookup, given: Mapping[str, int]
) -> list[list[Paper]]:
    """For each group the papers known before that it is now; each of those goes to one group at most."""
    holders: dict[str, list[int]] = {}
    for place, claimant in enumerate(claimants):
        for name in claimant.own | claimant.contents:
            holders.setdefault(name, []).append(place)
    near: _Near | None = None
    heirs: list[list[Paper]] = [[] for _ in claimants]
    lost: list[Paper] = []
    strange: list[tuple[Paper, list[int]]] = []
    for paper in sorted(previous, key=lambda paper: (paper.added, paper.id)):
        if paper.id in given:
            heirs[given[paper.id]].append(paper)
            continue
        texts = {ids.texts[text] for text in (paper.abstract, *paper.earlier_abstracts) if text}
        names = {paper.id, *paper.aliases, *texts, *([ids.titles[paper.title]] if paper.title else [])}
        found = [holders[name] for name in names if name in holders]
        named = {place for places in found if len(places) <= _MANY for place in places}
        for crowd in (places for places in found if len(places) > _MANY):
            near = near or _Near(claimants, ids)
            named |= near.of(paper, texts, crowd)
        misfit = {place: _misfit(claimants[place], paper, texts, ids) for place in named}
        ranked = sorted(misfit, key=lambda place: (*misfit[place], bool(heirs[place]), claimants[place].order))
        fitting = (place for place in ranked if not _contradicts(claimants[place], paper, texts))
        first = next(fitting, None)
        if first is None:
            lost.append(paper)
        elif misfit[first][2] < _BY_OTHERS:
            heirs[first].append(paper)
        else:
            strange.append((paper, [first, *fitting]))
    # A group by others, with nothing but the title in common, is taken only where no paper has a better right to it.
    for paper, places in strange:
        free = next((place for place in places if not heirs[place]), None)
        (lost if free is None else heirs[free]).append(paper)
    find_by_similarity(claimants, lost, heirs, range(len(claimants)))
    return heirs


class _Near:
    """Of the many groups that have a title in common with a paper, those that have something else in common, too.

    Args:
        claimants: the groups.
        ids: the ids of abstracts.
    """

    def __init__(self, claimants: Sequence[RecordGroup], ids: PaperLookup) -> None:
        self._claimants = claimants
        self._holders: dict[object, list[int]] = {}
        self._first: dict[tuple[int, int, int], list[int]] = {}
        for place, claimant in enumerate(claimants):
            whole = claimant.whole
            texts = [ids.texts[whole.abstract]] if whole.abstract else []
            for name in (*claimant.sources, *claimant.given, *texts, *_facts(whole)):
                self._holders.setdefault(name, []).append(place)

    def of(self, paper: Paper, texts: Collection[str], crowd: Sequence[int]) -> set[int]:
        """Some of a crowd of groups, given in ascending order: the nearest that there are, and not very many."""
        names = (*paper.sources, paper.id, *texts, *_facts(paper))
        few = [found for name in names if len(found := self._holders.get(name, ())) <= _MANY]
        near = {place for found in few for place in found if _holds(crowd, place)}
        if near:
            return near
        key = crowd[0], crowd[-1], len(crowd)
        if key not in self._first:
            self._first[key] = sorted(crowd, key=lambda place: self._claimants[place].order)[:_MANY]
        return set(self._first[key])


def _holds(places: Sequence[int], place: int) -> bool:
    at = bisect_left(places, place)
    return at < len(places) and places[at] == place


def _facts(of: Record | Paper) -> Iterator[tuple[object, ...]]:
    """What works of one title seldom have in common."""
    if of.doi:
        yield "doi", of.doi.lower()
    if of.eprint:
        yield "eprint", of.eprint
    if of.authors:
        yield "authors", of.authors
    yield "all", of.doi, of.eprint, of.date, of.authors


def _misfit(
    claimant: RecordGroup, paper: Paper, texts: set[str], ids: PaperLookup
) -> tuple[bool, int, int, bool, bool, int, bool]:
    """How badly a group fits a paper known before; the smallest fits best."""
    no_text = texts.isdisjoint(claimant.contents)
    other_title = paper.title is not None and ids.titles[paper.title] not in claimant.contents
    unlike = _unlike(claimant.whole, paper, ids) if no_text else 0
    if _is_another(claimant, paper):
        unlike = _BY_OTHERS
    return (
        paper.id not in claimant.own,
        (bool(texts) and no_text) + other_title,
        unlike,
        claimant.own.isdisjoint(paper.aliases),
        bool(texts) != bool(claimant.whole.abstract),
        _differing(claimant.whole, paper),
        claimant.sources.isdisjoint(paper.sources),
    )


def _differing(whole: Record, paper: Paper) -> int:
    """In how many facts a group and a paper differ that tell works of one title apart."""
    return sum(getattr(whole, name) != getattr(paper, name) for name in ("doi", "eprint", "date", "authors"))


def _is_another(claimant: RecordGroup, paper: Paper) -> bool:
    """Whether identifiers say that a group is another work than a paper; or, of generic titles, anything does."""
    one, other = evidence_of(claimant.whole), evidence_of(_as_draft(paper))
    if identifiers_differ(one, other):
        return True
    return is_generic(title_key(paper.title or "-")) and _differing(claimant.whole, paper) > 0


def _unlike(whole: Record, paper: Paper, ids: PaperLookup) -> int:
    """How unlike those who wrote a group are to those who wrote a paper of which nothing but the title may be known.

    Titles such as ``Introduction`` are many papers', and so is the name of whoever much was written on.
    """
    if whole.eprint and whole.eprint == paper.eprint:
        return 0
    if not whole.authors or not paper.authors:
        return _PERHAPS
    own, other = ids.families[whole.authors], ids.families[paper.authors]
    return 0 if own == other else _BY_OTHERS if own.isdisjoint(other) else _PERHAPS


def _contradicts(claimant: RecordGroup, paper: Paper, texts: set[str]) -> bool:
    """Whether a group that has a name in common with a paper is another paper all the same."""
    if claimant.sources.isdisjoint(paper.sources) and paper.sources and _is_another(claimant, paper):
        return True
    return not texts & claimant.contents and contradicts(claimant.whole, _as_draft(paper))


def find_by_similarity(
    claimants: Sequence[RecordGroup], lost: Sequence[Paper], heirs: list[list[Paper]], places: Iterable[int]
) -> None:
    """Find papers of which both title and abstract were changed on the page, among the groups without an heir."""
    free = [place for place in places if not heirs[place]]
    if not lost or not free:
        return
    drafts = [claimants[place].whole for place in free] + [_as_draft(paper) for paper in lost]
    for group in link_records(drafts):
        mine = [free[member] for member in group if member < len(free)]
        theirs = [lost[member - len(free)] for member in group if member >= len(free)]
        if mine and theirs:
            heirs[min(mine, key=lambda place: claimants[place].order)] += theirs


def _as_draft(paper: Paper) -> Record:
    return Record(
        SourceLocation("", 0),
        title=paper.title,
        authors=paper.authors,
        abstract=paper.abstract,
        eprint=paper.eprint,
        doi=paper.doi,
        date=paper.date,
    )
