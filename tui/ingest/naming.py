"""Which id each paper gets, so that no paper that was known before changes its id.

A paper known before is found again among the papers of now by its ids and aliases, by its title or abstract, and at
last by likeness; it is the heir of one paper only. Of several known ids the one that carries marks wins, then the one
that was added first. Fresh ids that clash are told apart by the abstract. All of it is independent of any order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.ingest.draft import Draft
from tui.ingest.identity import digest, text_id, title_key
from tui.ingest.join import contradicts, join
from tui.paper.paper import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from tui.paper.paper import Paper


@dataclass(frozen=True, slots=True)
class Named:
    """The name of one paper.

    Attributes:
        id: its id.
        aliases: other ids it was or would be known by.
        heirs: the papers known before that it is now.
    """

    id: str
    aliases: tuple[str, ...]
    heirs: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class _Claimant:
    """What a group of records can be known by.

    Attributes:
        whole: title and abstract of all of them together, as one draft.
        own: ids of the single records.
        given: ids that records of our own carry.
        contents: ids of every title and every abstract.
    """

    whole: Draft
    own: frozenset[str]
    given: frozenset[str]
    contents: frozenset[str]


def name_papers(
    groups: Sequence[Sequence[Draft]], wholes: Sequence[Draft], previous: Sequence[Paper], marked: Collection[str]
) -> list[Named]:
    """Name every group of records.

    Args:
        groups: the records of each paper, without what the corrections changed.
        wholes: for each group, one draft with the title and abstract that the paper will have.
        previous: the papers of the last intake.
        marked: ids that carry marks.
    """
    claimants = [_claimant(group, whole) for group, whole in zip(groups, wholes, strict=True)]
    heirs = _heirs(claimants, previous)
    names: list[str | None] = [None] * len(groups)
    taken: set[str] = set()
    for place in sorted(range(len(groups)), key=lambda place: _order(claimants[place])):
        known = [paper.id for paper in heirs[place]]
        known += sorted(
            id for id in claimants[place].own | claimants[place].given if id in marked and id not in taken
        )
        for paper in heirs[place]:
            known += [alias for alias in paper.aliases if alias in marked and alias not in taken]
        if known:
            added = {paper.id: paper.added for paper in heirs[place]}
            names[place] = min(known, key=lambda id: (id not in marked, id not in added, added.get(id, ""), id))
            taken.add(names[place] or "")
    reserved = taken | {paper.id for paper in previous} | set(marked)
    for place in sorted(range(len(groups)), key=lambda place: _order(claimants[place])):
        if names[place] is None:
            names[place] = _fresh(claimants[place], reserved)
            reserved.add(names[place] or "")
    return _with_aliases(claimants, [name or "" for name in names], heirs)


def _claimant(group: Sequence[Draft], whole: Draft) -> _Claimant:
    return _Claimant(
        whole,
        frozenset(text_id(draft.title, draft.abstract) for draft in group),
        frozenset(draft.id for draft in group if draft.id),
        frozenset(_contents(draft.title for draft in (*group, whole)))
        | frozenset(_contents(draft.abstract for draft in group)),
    )


def _contents(texts: Iterable[str | None]) -> set[str]:
    return {digest(title_key(text)) for text in texts if text}


def _order(claimant: _Claimant) -> tuple[str, str]:
    """An order that depends on what the papers say only."""
    return (text_id(claimant.whole.title, claimant.whole.abstract), title_key(claimant.whole.abstract or ""))


def _heirs(claimants: Sequence[_Claimant], previous: Sequence[Paper]) -> list[list[Paper]]:
    """For each group the papers known before that it is now; each of those goes to one group at most."""
    holders: dict[str, list[int]] = {}
    for place, claimant in enumerate(claimants):
        for id in claimant.own | claimant.given | claimant.contents:  # noqa: A001, the field's name
            holders.setdefault(id, []).append(place)
    heirs: list[list[Paper]] = [[] for _ in claimants]
    lost: list[Paper] = []
    for paper in sorted(previous, key=lambda paper: (paper.added, paper.id)):
        texts = _contents((paper.abstract, *paper.earlier_abstracts))
        names = {paper.id, *paper.aliases, *texts, *_contents((paper.title,))}
        fitting = {place for name in names for place in holders.get(name, ())}
        ranked = sorted(
            (_fitness(claimants[place], paper, texts), _order(claimants[place]), place) for place in fitting
        )
        best = next((place for _, _, place in ranked if not _contradicts(claimants[place], paper, texts)), None)
        if best is None:
            lost.append(paper)
        else:
            heirs[best].append(paper)
    _find_by_likeness(claimants, lost, heirs)
    return heirs


def _fitness(claimant: _Claimant, paper: Paper, texts: set[str]) -> tuple[bool, bool, bool]:
    """How well a group fits a paper known before; the smallest fits best."""
    return (
        paper.id not in claimant.own | claimant.given,
        not texts & claimant.contents,
        claimant.own.isdisjoint(paper.aliases),
    )


def _contradicts(claimant: _Claimant, paper: Paper, texts: set[str]) -> bool:
    """Whether a group that has a name in common with a paper is another paper all the same."""
    return not texts & claimant.contents and contradicts(claimant.whole, _as_draft(paper))


def _find_by_likeness(claimants: Sequence[_Claimant], lost: Sequence[Paper], heirs: list[list[Paper]]) -> None:
    """Find papers of which both title and abstract were changed on the page, among the groups that nobody claimed."""
    free = [place for place in range(len(claimants)) if not heirs[place]]
    if not lost or not free:
        return
    drafts = [claimants[place].whole for place in free] + [_as_draft(paper) for paper in lost]
    for group in join(drafts):
        mine = [free[member] for member in group if member < len(free)]
        theirs = [lost[member - len(free)] for member in group if member >= len(free)]
        if mine and theirs:
            heirs[min(mine, key=lambda place: _order(claimants[place]))] += theirs


def _as_draft(paper: Paper) -> Draft:
    return Draft(
        Source("", 0),
        title=paper.title,
        authors=paper.authors,
        abstract=paper.abstract,
        eprint=paper.eprint,
        doi=paper.doi,
    )


def _fresh(claimant: _Claimant, reserved: Collection[str]) -> str:
    """A new id: the one a record of our own carries, else a digest of the title, else one told apart by the abstract."""
    whole = claimant.whole
    wanted = [*sorted(claimant.given), text_id(whole.title, whole.abstract)]
    text = f"{title_key(whole.title or '')}\n{title_key(whole.abstract or '')}"
    while True:
        for id in wanted:  # noqa: A001, the field's name
            if id not in reserved:
                return id
        wanted = [digest(text)]
        text += "\n"


def _with_aliases(
    claimants: Sequence[_Claimant], names: Sequence[str], heirs: Sequence[Sequence[Paper]]
) -> list[Named]:
    """The names with their aliases: no alias is an id, and none belongs to two papers."""
    owner = {name: place for place, name in enumerate(names)}
    order = sorted(range(len(names)), key=lambda place: names[place])
    for place in order:
        for alias in sorted(claimants[place].own | claimants[place].given):
            owner.setdefault(alias, place)
    for place in order:
        for paper in heirs[place]:
            for alias in (paper.id, *paper.aliases):
                owner.setdefault(alias, place)
    aliases: list[list[str]] = [[] for _ in names]
    for alias, place in owner.items():
        if alias != names[place]:
            aliases[place].append(alias)
    return [Named(name, tuple(sorted(aliases[place])), tuple(heirs[place])) for place, name in enumerate(names)]
