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
from tui.ingest.predecessors import PaperLookup, RecordGroup, build_group, find_by_similarity, find_predecessors
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
_REMEMBERED_AUTHORS = 20
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
    normalise: Callable[[str], str] = normalise_words,
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
        Memo(lambda abstract: digest(normalise(abstract))),
        Memo(lambda authors: frozenset(family_names(authors))),
    )
    previous = [_with_decoded_text(paper) for paper in previous]
    remembered = [_with_decoded_text(paper) for paper in remembered]
    record_groups = [build_group(records, whole, ids) for records, whole in zip(groups, wholes, strict=True)]
    fixed = fixed or [None] * len(groups)
    given = {name: index for index, name in enumerate(fixed) if name}
    predecessors = find_predecessors(record_groups, previous, ids, given)
    taken = {paper.id for paper in previous} | set(given)
    remembered = [paper for paper in remembered if paper.id not in given]
    title_only_ids = {paper.id for paper in remembered if not paper.abstract}
    exact = _claims_by_metadata(
        record_groups, predecessors, [paper for paper in remembered if paper.id in title_only_ids], ids
    )
    claims = _claims_of_marks(record_groups, predecessors, (set(marked) - taken).difference(*exact), title_only_ids)
    claims = [[*sure, *others] for sure, others in zip(exact, claims, strict=True)]
    _claim_as_first_named(
        record_groups, predecessors, claims, set(marked).difference(paper.id for paper in remembered), taken, ids
    )
    claimed = taken.union(*claims)
    lost = [_without_title(paper) for paper in remembered if paper.id not in claimed]
    find_by_similarity(record_groups, lost, predecessors, [index for index, claim in enumerate(claims) if not claim])
    names = [fixed[index] or _known_name(predecessors[index], claims[index], marked) for index in range(len(groups))]
    sequence = _IdSequence(ids)
    reserved = taken | set(marked) | set(filter(None, names))
    for index in sorted(range(len(groups)), key=lambda index: record_groups[index].order):
        if names[index] is None:
            names[index] = fresh = _unused_id(record_groups[index], reserved, sequence)
            reserved.add(fresh)
    found = {paper.id for papers in predecessors for paper in papers}.union(*claims)
    others = (taken & set(marked) | title_only_ids) - found - set(given)
    return _with_aliases(record_groups, [name or "" for name in names], predecessors, others)


def _with_decoded_text(paper: Paper) -> Paper:
    """The paper with the texts that its records have now: an earlier version kept the markup of the web in them."""
    texts = {name: text for name in ("title", "abstract") if (text := getattr(paper, name)) and _MARKUP.search(text)}
    read = {name: without_markup(decode_latex(text) if "\\" in text else text) for name, text in texts.items()}
    if read == texts:
        return paper
    return replace(paper, title=read.get("title", paper.title), abstract=read.get("abstract", paper.abstract))


def _claims_by_metadata(
    record_groups: Sequence[RecordGroup],
    predecessors: Sequence[Sequence[Paper]],
    remembered: Sequence[Paper],
    ids: PaperLookup,
) -> list[list[str]]:
    """For each group the marked ids of which title, identifiers, date and authors are remembered, and are its own."""
    claims: list[list[str]] = [[] for _ in record_groups]
    holders: dict[tuple[object, ...], list[int]] = {}
    for index in (
        sorted(range(len(record_groups)), key=lambda index: record_groups[index].order) if remembered else ()
    ):
        whole = record_groups[index].whole
        if whole.title and not predecessors[index]:
            metadata = (
                ids.titles[whole.title],
                whole.doi,
                whole.eprint,
                whole.date,
                whole.authors[:_REMEMBERED_AUTHORS],
            )
            holders.setdefault(metadata, []).append(index)
    for paper in sorted(remembered, key=lambda paper: paper.id):
        if paper.title and (paper.doi or paper.eprint or paper.date or paper.authors):
            metadata = (ids.titles[paper.title], paper.doi, paper.eprint, paper.date, paper.authors)
            free = next((index for index in holders.get(metadata, ()) if not claims[index]), None)
            if free is not None:
                claims[free].append(paper.id)
    return claims


def _claims_of_marks(
    record_groups: Sequence[RecordGroup],
    predecessors: Sequence[Sequence[Paper]],
    marked: Collection[str],
    title_only_ids: Collection[str],
) -> list[list[str]]:
    """For each group the marked ids that no paper of the last intake has: ids of its records first, then aliases.

    A group that is known as another paper has no right to an id of which nothing but a title is remembered.
    """
    claims: list[list[str]] = [[] for _ in record_groups]
    order = sorted(range(len(record_groups)), key=lambda index: record_groups[index].order)
    free = set(marked)
    for index in order:
        own = record_groups[index].own & free
        own = own.difference(title_only_ids) if predecessors[index] else own
        claims[index] += sorted(own)
        free -= own
    for index in order:
        aliases = {alias for paper in predecessors[index] for alias in paper.aliases} & free
        claims[index] += sorted(aliases)
        free -= aliases
    return claims


def _claim_as_first_named(
    record_groups: Sequence[RecordGroup],
    predecessors: Sequence[Sequence[Paper]],
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
    sequence = _IdSequence(ids)
    for index in sorted(range(len(record_groups)), key=lambda index: record_groups[index].order):
        if claims[index] or predecessors[index]:
            continue
        name = sequence.free(record_groups[index], used)
        if name in forgotten:
            claims[index].append(name)
            used.add(name)


def _known_name(predecessors: Sequence[Paper], claims: Sequence[str], marked: Collection[str]) -> str | None:
    """Of the ids known before the one to keep: one with marks, else the one that was added first."""
    added = {paper.id: paper.added for paper in predecessors}
    known = [*added, *claims]
    return min(
        known, key=lambda name: (name not in marked, name not in added, added.get(name, ""), name), default=None
    )


def _without_title(paper: Paper) -> Paper:
    """What finds a paper of which only title and first words are known.

    So few words are like an abstract only as its beginning, and then only where no other title contradicts.
    """
    return replace(paper, title=None) if len((paper.abstract or "").split()) >= MIN_PREFIX_WORDS else paper


def _unused_id(record_group: RecordGroup, reserved: Collection[str], sequence: _IdSequence) -> str:
    """A new id: one that a record of our own carries, else of the title; the abstract tells clashes apart."""
    return next((name for name in sorted(record_group.given) if name not in reserved), "") or sequence.free(
        record_group, reserved
    )


class _IdSequence:
    """The ids that groups of one title have, one behind the other; what is taken of them stays taken.

    Args:
        ids: the ids of abstracts.
    """

    def __init__(self, ids: PaperLookup) -> None:
        self._ids = ids
        self._reached: dict[tuple[str, ...], str] = {}

    def free(self, record_group: RecordGroup, taken: Collection[str]) -> str:
        """The first that is not taken; a thousand groups of one title do not each begin at the first."""
        name = self._reached.get(record_group.order[:2], record_group.fresh)
        while name in taken:
            name = digest(f"{name} {self._ids.texts[record_group.whole.abstract or '']}")
        self._reached[record_group.order[:2]] = name
        return name


def _with_aliases(
    record_groups: Sequence[RecordGroup],
    names: Sequence[str],
    predecessors: Sequence[Sequence[Paper]],
    others: Collection[str],
) -> list[AssignedId]:
    """The names with their aliases: no alias is an id, and none belongs to two papers.

    Args:
        claimants: the groups.
        names: their ids.
        heirs: for each group the papers known before that it is now.
        others: ids of marked papers that are on no page and none of the groups.
    """
    owner = {name: index for index, name in enumerate(names)}
    order = sorted(range(len(names)), key=lambda index: names[index])
    for index in order:
        for alias in sorted(record_groups[index].own.difference(others)):
            owner.setdefault(alias, index)
    for index in order:
        for paper in predecessors[index]:
            for alias in (paper.id, *paper.aliases):
                owner.setdefault(alias, index)
    aliases: list[list[str]] = [[] for _ in names]
    for alias, index in owner.items():
        if alias != names[index]:
            aliases[index].append(alias)
    return [
        AssignedId(name, tuple(sorted(aliases[index])), tuple(predecessors[index]))
        for index, name in enumerate(names)
    ]
