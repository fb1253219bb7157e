"""Which id each paper gets, so that no paper that was known before changes its id.

A paper known before is found again among the papers of now by its ids and aliases, by its title or abstract, and at
last by likeness; those of one title are told apart by their authors. It is the heir of one paper only. Of several
known ids the one that carries marks wins, then the one that was added first. A marked paper of which only a few words
are remembered is looked for when all that is done. Fresh ids that clash are told apart by the abstract. All of it is
independent of any order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.draft import Draft
from tui.ingest.identity import digest, title_id
from tui.ingest.join import BEGINNING, contradicts, families, join
from tui.ingest.latex_letters import letters
from tui.paper.paper import Source
from tui.text.markup import without_markup
from tui.text.once import Once
from tui.text.tokens import squeezed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from tui.paper.paper import Paper


_MARKUP = re.compile(r"[<&]|\$\\|\\[hv]space")


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
        fresh: the id it would get if nothing were known.
        order: sorts claimants by what they say only.
        own: ids of the single records, also those that records of our own carry.
        given: the ids that records of our own carry.
        contents: ids of every title and every abstract.
    """

    whole: Draft
    fresh: str
    order: tuple[str, str]
    own: frozenset[str]
    given: frozenset[str]
    contents: frozenset[str]


# How unlike the authors are, above 0 for the same ones: unknown or some of them, or none of them.
_PERHAPS, _BY_OTHERS = 1, 2


class _Ids(NamedTuple):
    """The ids of titles and of abstracts, and the family names of authors."""

    titles: Once[str, str]
    texts: Once[str, str]
    families: Once[tuple[str, ...], frozenset[str]]


def name_papers(
    groups: Sequence[Sequence[Draft]],
    wholes: Sequence[Draft],
    previous: Sequence[Paper],
    marked: Collection[str],
    remembered: Sequence[Paper] = (),
    squeeze: Callable[[str], str] = squeezed,
) -> list[Named]:
    """Name every group of records.

    Args:
        groups: the records of each paper, without what the corrections changed.
        wholes: for each group, one draft with the title and abstract that the paper will have.
        previous: the papers of the last intake.
        marked: ids that carry marks.
        remembered: marked papers that are not among ``previous``, with title and the beginning of the abstract.
        squeeze: ``tokens.squeezed``, or what remembers its answers.
    """
    ids = _Ids(
        Once(title_id),
        Once(lambda abstract: digest(squeeze(abstract))),
        Once(lambda authors: frozenset(families(authors))),
    )
    previous = [_as_read_now(paper) for paper in previous]
    remembered = [_as_read_now(paper) for paper in remembered]
    claimants = [_claimant(group, whole, ids) for group, whole in zip(groups, wholes, strict=True)]
    heirs = _heirs(claimants, previous, ids)
    taken = {paper.id for paper in previous}
    vague = {paper.id for paper in remembered if not paper.abstract}
    claims = _claims_of_marks(claimants, heirs, set(marked) - taken, vague)
    _claim_as_first_named(
        claimants, heirs, claims, set(marked).difference(paper.id for paper in remembered), taken, ids
    )
    claimed = taken.union(*claims)
    lost = [_as_remembered(paper) for paper in remembered if paper.id not in claimed]
    _find_by_likeness(claimants, lost, heirs, [place for place, claim in enumerate(claims) if not claim])
    names = [_known_name(heirs[place], claims[place], marked) for place in range(len(groups))]
    chain = _Chain(ids)
    reserved = taken | set(marked) | set(filter(None, names))
    for place in sorted(range(len(groups)), key=lambda place: claimants[place].order):
        if names[place] is None:
            names[place] = fresh = _fresh(claimants[place], reserved, chain)
            reserved.add(fresh)
    found = {paper.id for papers in heirs for paper in papers}.union(*claims)
    others = (taken & set(marked) | vague) - found
    return _with_aliases(claimants, [name or "" for name in names], heirs, others)


def _as_read_now(paper: Paper) -> Paper:
    """The paper with the texts that its records have now: an earlier version kept the markup of the web in them."""
    texts = {name: text for name in ("title", "abstract") if (text := getattr(paper, name)) and _MARKUP.search(text)}
    read = {name: without_markup(letters(text) if "\\" in text else text) for name, text in texts.items()}
    if read == texts:
        return paper
    return replace(paper, title=read.get("title", paper.title), abstract=read.get("abstract", paper.abstract))


def _claimant(group: Sequence[Draft], whole: Draft, ids: _Ids) -> _Claimant:
    texts = {ids.texts[draft.abstract] for draft in group if draft.abstract}
    titles = {ids.titles[draft.title] for draft in (*group, whole) if draft.title}
    own = {ids.titles[draft.title] if draft.title else ids.texts[draft.abstract or ""] for draft in group}
    given = {draft.id for draft in group if draft.id}
    text = ids.texts[whole.abstract or ""]
    fresh = ids.titles[whole.title] if whole.title else text
    contents = frozenset(texts | titles)
    return _Claimant(whole, fresh, (fresh, text), frozenset(own | given), frozenset(given), contents)


def _claims_of_marks(
    claimants: Sequence[_Claimant], heirs: Sequence[Sequence[Paper]], marked: Collection[str], vague: Collection[str]
) -> list[list[str]]:
    """For each group the marked ids that no paper of the last intake has: ids of its records first, then aliases.

    A group that is known as another paper has no right to an id of which nothing but a title is remembered.
    """
    claims: list[list[str]] = [[] for _ in claimants]
    order = sorted(range(len(claimants)), key=lambda place: claimants[place].order)
    free = set(marked)
    for place in order:
        own = claimants[place].own & free
        own = own.difference(vague) if heirs[place] else own
        claims[place] += sorted(own)
        free -= own
    for place in order:
        aliases = {alias for paper in heirs[place] for alias in paper.aliases} & free
        claims[place] += sorted(aliases)
        free -= aliases
    return claims


def _claim_as_first_named(
    claimants: Sequence[_Claimant],
    heirs: Sequence[Sequence[Paper]],
    claims: Sequence[list[str]],
    forgotten: Collection[str],
    taken: Collection[str],
    ids: _Ids,
) -> None:
    """Let papers of one title claim the marked ids that they were told apart by when they came for the first time.

    So an import that was taken back and is done again has its marks again. It is for ids of which nothing else is
    remembered, for that would find the paper with more certainty.
    """
    if not forgotten:
        return
    used = set(taken).union(*claims)
    chain = _Chain(ids)
    for place in sorted(range(len(claimants)), key=lambda place: claimants[place].order):
        if claims[place] or heirs[place]:
            continue
        name = chain.free(claimants[place], used)
        if name in forgotten:
            claims[place].append(name)
            used.add(name)


def _known_name(heirs: Sequence[Paper], claims: Sequence[str], marked: Collection[str]) -> str | None:
    """Of the ids known before the one to keep: one with marks, else the one that was added first."""
    added = {paper.id: paper.added for paper in heirs}
    known = [*added, *claims]
    return min(
        known, key=lambda name: (name not in marked, name not in added, added.get(name, ""), name), default=None
    )


def _heirs(claimants: Sequence[_Claimant], previous: Sequence[Paper], ids: _Ids) -> list[list[Paper]]:
    """For each group the papers known before that it is now; each of those goes to one group at most."""
    holders: dict[str, list[int]] = {}
    for place, claimant in enumerate(claimants):
        for name in claimant.own | claimant.contents:
            holders.setdefault(name, []).append(place)
    heirs: list[list[Paper]] = [[] for _ in claimants]
    lost: list[Paper] = []
    strange: list[tuple[Paper, list[int]]] = []
    for paper in sorted(previous, key=lambda paper: (paper.added, paper.id)):
        texts = {ids.texts[text] for text in (paper.abstract, *paper.earlier_abstracts) if text}
        names = {paper.id, *paper.aliases, *texts, *([ids.titles[paper.title]] if paper.title else [])}
        named = {place for name in names for place in holders.get(name, ())}
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
    _find_by_likeness(claimants, lost, heirs, range(len(claimants)))
    return heirs


def _misfit(claimant: _Claimant, paper: Paper, texts: set[str], ids: _Ids) -> tuple[bool, int, int, bool, bool]:
    """How badly a group fits a paper known before; the smallest fits best."""
    no_text = texts.isdisjoint(claimant.contents)
    other_title = paper.title is not None and ids.titles[paper.title] not in claimant.contents
    unlike = _unlike(claimant.whole, paper, ids) if no_text else 0
    return (
        paper.id not in claimant.own,
        (bool(texts) and no_text) + other_title,
        unlike,
        claimant.own.isdisjoint(paper.aliases),
        bool(texts) != bool(claimant.whole.abstract),
    )


def _unlike(whole: Draft, paper: Paper, ids: _Ids) -> int:
    """How unlike those who wrote a group are to those who wrote a paper of which nothing but the title may be known.

    Titles such as ``Introduction`` are many papers', and so is the name of whoever much was written on.
    """
    if whole.eprint and whole.eprint == paper.eprint:
        return 0
    if not whole.authors or not paper.authors:
        return _PERHAPS
    own, other = ids.families[whole.authors], ids.families[paper.authors]
    return 0 if own == other else _BY_OTHERS if own.isdisjoint(other) else _PERHAPS


def _contradicts(claimant: _Claimant, paper: Paper, texts: set[str]) -> bool:
    """Whether a group that has a name in common with a paper is another paper all the same."""
    return not texts & claimant.contents and contradicts(claimant.whole, _as_draft(paper))


def _find_by_likeness(
    claimants: Sequence[_Claimant], lost: Sequence[Paper], heirs: list[list[Paper]], places: Iterable[int]
) -> None:
    """Find papers of which both title and abstract were changed on the page, among the groups without an heir."""
    free = [place for place in places if not heirs[place]]
    if not lost or not free:
        return
    drafts = [claimants[place].whole for place in free] + [_as_draft(paper) for paper in lost]
    for group in join(drafts):
        mine = [free[member] for member in group if member < len(free)]
        theirs = [lost[member - len(free)] for member in group if member >= len(free)]
        if mine and theirs:
            heirs[min(mine, key=lambda place: claimants[place].order)] += theirs


def _as_remembered(paper: Paper) -> Paper:
    """What finds a paper of which only title and first words are known.

    So few words are like an abstract only as its beginning, and then only where no other title contradicts.
    """
    return replace(paper, title=None) if len((paper.abstract or "").split()) >= BEGINNING else paper


def _as_draft(paper: Paper) -> Draft:
    return Draft(
        Source("", 0),
        title=paper.title,
        authors=paper.authors,
        abstract=paper.abstract,
        eprint=paper.eprint,
        doi=paper.doi,
    )


def _fresh(claimant: _Claimant, reserved: Collection[str], chain: _Chain) -> str:
    """A new id: one that a record of our own carries, else of the title; the abstract tells clashes apart."""
    return next((name for name in sorted(claimant.given) if name not in reserved), "") or chain.free(
        claimant, reserved
    )


class _Chain:
    """The ids that groups of one title have, one behind the other; what is taken of them stays taken.

    Args:
        ids: the ids of abstracts.
    """

    def __init__(self, ids: _Ids) -> None:
        self._ids = ids
        self._reached: dict[tuple[str, str], str] = {}

    def free(self, claimant: _Claimant, taken: Collection[str]) -> str:
        """The first that is not taken; a thousand groups of one title do not each begin at the first."""
        name = self._reached.get(claimant.order, claimant.fresh)
        while name in taken:
            name = digest(f"{name} {self._ids.texts[claimant.whole.abstract or '']}")
        self._reached[claimant.order] = name
        return name


def _with_aliases(
    claimants: Sequence[_Claimant],
    names: Sequence[str],
    heirs: Sequence[Sequence[Paper]],
    others: Collection[str],
) -> list[Named]:
    """The names with their aliases: no alias is an id, and none belongs to two papers.

    Args:
        claimants: the groups.
        names: their ids.
        heirs: for each group the papers known before that it is now.
        others: ids of marked papers that are on no page and none of the groups.
    """
    owner = {name: place for place, name in enumerate(names)}
    order = sorted(range(len(names)), key=lambda place: names[place])
    for place in order:
        for alias in sorted(claimants[place].own.difference(others)):
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
