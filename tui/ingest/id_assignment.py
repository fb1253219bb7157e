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
from typing import TYPE_CHECKING

from tui.ingest.latex_decode import decode_latex
from tui.ingest.paper_ids import digest, title_id
from tui.ingest.predecessors import PaperLookup, RecordGroup, find_by_similarity, find_predecessors, record_group
from tui.ingest.record_comparison import MIN_PREFIX_WORDS
from tui.ingest.record_linkage import family_names
from tui.text.markup import without_markup
from tui.text.memo import Memo
from tui.text.tokens import normalise_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from tui.ingest.record import Record
    from tui.model.paper import Paper


# Of a paper without its page so many authors are remembered.
_REMEMBERED = 20
_MARKUP = re.compile(r"[<&]|\$\\|\\[hv]space")


@dataclass(frozen=True, slots=True)
class AssignedId:
    """The name of one paper.

    Attributes:
        id: its id.
        aliases: other ids it was or would be known by.
        heirs: the papers known before that it is now.
    """

    id: str
    aliases: tuple[str, ...]
    predecessors: tuple[Paper, ...]


def assign_ids(
    groups: Sequence[Sequence[Record]],
    wholes: Sequence[Record],
    previous: Sequence[Paper],
    marked: Collection[str],
    remembered: Sequence[Paper] = (),
    squeeze: Callable[[str], str] = normalise_words,
    fixed: Sequence[str | None] = (),
) -> list[AssignedId]:
    """Name every group of records.

    Args:
        groups: the records of each paper, without what the corrections changed.
        wholes: for each group, one draft with the title and abstract that the paper will have.
        previous: the papers of the last intake.
        marked: ids that carry marks.
        remembered: marked papers that are not among ``previous``, with title and the beginning of the abstract.
        squeeze: ``tokens.squeezed``, or what remembers its answers.
        fixed: for each group the id that the user gave it, or None; empty where they gave none.
    """
    ids = PaperLookup(
        Memo(title_id),
        Memo(lambda abstract: digest(squeeze(abstract))),
        Memo(lambda authors: frozenset(family_names(authors))),
    )
    previous = [_as_read_now(paper) for paper in previous]
    remembered = [_as_read_now(paper) for paper in remembered]
    claimants = [record_group(group, whole, ids) for group, whole in zip(groups, wholes, strict=True)]
    fixed = fixed or [None] * len(groups)
    given = {name: place for place, name in enumerate(fixed) if name}
    heirs = find_predecessors(claimants, previous, ids, given)
    taken = {paper.id for paper in previous} | set(given)
    remembered = [paper for paper in remembered if paper.id not in given]
    vague = {paper.id for paper in remembered if not paper.abstract}
    exact = _claims_by_facts(claimants, heirs, [paper for paper in remembered if paper.id in vague], ids)
    claims = _claims_of_marks(claimants, heirs, (set(marked) - taken).difference(*exact), vague)
    claims = [[*sure, *others] for sure, others in zip(exact, claims, strict=True)]
    _claim_as_first_named(
        claimants, heirs, claims, set(marked).difference(paper.id for paper in remembered), taken, ids
    )
    claimed = taken.union(*claims)
    lost = [_as_remembered(paper) for paper in remembered if paper.id not in claimed]
    find_by_similarity(claimants, lost, heirs, [place for place, claim in enumerate(claims) if not claim])
    names = [fixed[place] or _known_name(heirs[place], claims[place], marked) for place in range(len(groups))]
    chain = _IdSequence(ids)
    reserved = taken | set(marked) | set(filter(None, names))
    for place in sorted(range(len(groups)), key=lambda place: claimants[place].order):
        if names[place] is None:
            names[place] = fresh = _unused_id(claimants[place], reserved, chain)
            reserved.add(fresh)
    found = {paper.id for papers in heirs for paper in papers}.union(*claims)
    others = (taken & set(marked) | vague) - found - set(given)
    return _with_aliases(claimants, [name or "" for name in names], heirs, others)


def _as_read_now(paper: Paper) -> Paper:
    """The paper with the texts that its records have now: an earlier version kept the markup of the web in them."""
    texts = {name: text for name in ("title", "abstract") if (text := getattr(paper, name)) and _MARKUP.search(text)}
    read = {name: without_markup(decode_latex(text) if "\\" in text else text) for name, text in texts.items()}
    if read == texts:
        return paper
    return replace(paper, title=read.get("title", paper.title), abstract=read.get("abstract", paper.abstract))


def _claims_by_facts(
    claimants: Sequence[RecordGroup], heirs: Sequence[Sequence[Paper]], remembered: Sequence[Paper], ids: PaperLookup
) -> list[list[str]]:
    """For each group the marked ids of which title, identifiers, date and authors are remembered, and are its own."""
    claims: list[list[str]] = [[] for _ in claimants]
    holders: dict[tuple[object, ...], list[int]] = {}
    for place in sorted(range(len(claimants)), key=lambda place: claimants[place].order) if remembered else ():
        whole = claimants[place].whole
        if whole.title and not heirs[place]:
            facts = (ids.titles[whole.title], whole.doi, whole.eprint, whole.date, whole.authors[:_REMEMBERED])
            holders.setdefault(facts, []).append(place)
    for paper in sorted(remembered, key=lambda paper: paper.id):
        if paper.title and (paper.doi or paper.eprint or paper.date or paper.authors):
            facts = (ids.titles[paper.title], paper.doi, paper.eprint, paper.date, paper.authors)
            free = next((place for place in holders.get(facts, ()) if not claims[place]), None)
            if free is not None:
                claims[free].append(paper.id)
    return claims


def _claims_of_marks(
    claimants: Sequence[RecordGroup],
    heirs: Sequence[Sequence[Paper]],
    marked: Collection[str],
    vague: Collection[str],
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
    claimants: Sequence[RecordGroup],
    heirs: Sequence[Sequence[Paper]],
    claims: Sequence[list[str]],
    forgotten: Collection[str],
    taken: Collection[str],
    ids: PaperLookup,
) -> None:
    """Let papers of one title claim the marked ids that they were told apart by when they came for the first time.

    So an import that was taken back and is done again has its marks again. It is for ids of which nothing else is
    remembered, for that would find the paper with more certainty.
    """
    if not forgotten:
        return
    used = set(taken).union(*claims)
    chain = _IdSequence(ids)
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


def _as_remembered(paper: Paper) -> Paper:
    """What finds a paper of which only title and first words are known.

    So few words are like an abstract only as its beginning, and then only where no other title contradicts.
    """
    return replace(paper, title=None) if len((paper.abstract or "").split()) >= MIN_PREFIX_WORDS else paper


def _unused_id(claimant: RecordGroup, reserved: Collection[str], chain: _IdSequence) -> str:
    """A new id: one that a record of our own carries, else of the title; the abstract tells clashes apart."""
    return next((name for name in sorted(claimant.given) if name not in reserved), "") or chain.free(
        claimant, reserved
    )


class _IdSequence:
    """The ids that groups of one title have, one behind the other; what is taken of them stays taken.

    Args:
        ids: the ids of abstracts.
    """

    def __init__(self, ids: PaperLookup) -> None:
        self._ids = ids
        self._reached: dict[tuple[str, ...], str] = {}

    def free(self, claimant: RecordGroup, taken: Collection[str]) -> str:
        """The first that is not taken; a thousand groups of one title do not each begin at the first."""
        name = self._reached.get(claimant.order[:2], claimant.fresh)
        while name in taken:
            name = digest(f"{name} {self._ids.texts[claimant.whole.abstract or '']}")
        self._reached[claimant.order[:2]] = name
        return name


def _with_aliases(
    claimants: Sequence[RecordGroup],
    names: Sequence[str],
    heirs: Sequence[Sequence[Paper]],
    others: Collection[str],
) -> list[AssignedId]:
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
    return [AssignedId(name, tuple(sorted(aliases[place])), tuple(heirs[place])) for place, name in enumerate(names)]
