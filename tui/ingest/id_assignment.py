"""Assign ids to papers, so that no known paper changes its id.

A known paper is matched with a group of records by its ids and aliases, by its title or abstract, and finally by
similarity; papers of one title are distinguished by their authors. It is the predecessor of one group only. Of
several known ids the one with marks wins, then the one added first. Marked papers of which only a few words are
stored are matched last. New ids that clash are distinguished by the abstract. The result does not depend on any
order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.merge_evidence import family_names
from tui.ingest.paper_ids import digest, title_id
from tui.ingest.previous_papers import PaperLookup, RecordGroup, build_group, find_by_similarity, find_predecessors
from tui.ingest.same_paper import MIN_PREFIX_WORDS
from tui.latex.decode import decode_latex
from tui.text.markup import without_markup
from tui.text.memo import Memo
from tui.text.tokens import normalise_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from tui.ingest.record import Record
    from tui.model.paper import Paper


# Number of authors stored for a marked paper that is in no source.
_REMEMBERED_AUTHORS = 20
_MARKUP = re.compile(r"[<&]|\$\\|\\[hv]space")


class AssignedId(NamedTuple):
    """The id of one paper.

    Attributes:
        id: its id.
        aliases: other ids it had or would have.
        predecessors: the known papers it replaces.
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
    """Assign an id to every group of records.

    Args:
        groups: the records of each paper, without corrections applied.
        wholes: for each group, one record with the combined fields of the paper.
        previous: the papers of the last import.
        marked: ids with marks.
        remembered: marked papers not in ``previous``, with title and start of the abstract.
        normalise: ``normalise_words`` or a memo of it.
        fixed: for each group the id set by the user, or None; empty if there are none.
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
    used_ids = {paper.id for paper in previous} | set(given)
    remembered = [paper for paper in remembered if paper.id not in given]
    title_only_ids = {paper.id for paper in remembered if not paper.abstract}
    exact = _claims_by_metadata(
        record_groups, predecessors, [paper for paper in remembered if paper.id in title_only_ids], ids
    )
    claims = _claims_of_marks(
        record_groups, predecessors, (set(marked) - used_ids).difference(*exact), title_only_ids
    )
    claims = [[*sure, *others] for sure, others in zip(exact, claims, strict=True)]
    _claim_as_first_named(
        record_groups, predecessors, claims, set(marked).difference(paper.id for paper in remembered), used_ids, ids
    )
    claimed = used_ids.union(*claims)
    lost = [_without_title(paper) for paper in remembered if paper.id not in claimed]
    find_by_similarity(record_groups, lost, predecessors, [index for index, claim in enumerate(claims) if not claim])
    names = [
        fixed[index] or _known_name(predecessors[index], claims[index], marked, record_groups[index].fresh)
        for index in range(len(groups))
    ]
    sequence = _IdSequence(ids)
    reserved = used_ids | set(marked) | set(filter(None, names))
    for index in sorted(range(len(groups)), key=lambda index: record_groups[index].order):
        if names[index] is None:
            names[index] = fresh = _unused_id(record_groups[index], reserved, sequence)
            reserved.add(fresh)
    found = {paper.id for papers in predecessors for paper in papers}.union(*claims)
    others = (used_ids & set(marked) | title_only_ids) - found - set(given)
    return _with_aliases(record_groups, [name or "" for name in names], predecessors, others)


def _with_decoded_text(paper: Paper) -> Paper:
    """The paper with its texts decoded as today; an earlier version kept web markup in them."""
    texts = {name: text for name in ("title", "abstract") if (text := getattr(paper, name)) and _MARKUP.search(text)}
    read = {name: without_markup(decode_latex(text) if "\\" in text else text) for name, text in texts.items()}
    if read == texts:
        return paper
    return paper._replace(title=read.get("title", paper.title), abstract=read.get("abstract", paper.abstract))


def _claims_by_metadata(
    record_groups: Sequence[RecordGroup],
    predecessors: Sequence[Sequence[Paper]],
    remembered: Sequence[Paper],
    ids: PaperLookup,
) -> list[list[str]]:
    """For each group the marked ids whose stored title, identifiers, date and authors equal its own."""
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
    """For each group the marked ids that no previous paper has: ids of its records first, then aliases.

    A group with a predecessor does not get an id of which only a title is stored.
    """
    claims: list[list[str]] = [[] for _ in record_groups]
    free = set(marked)
    if not free:
        return claims
    order = sorted(range(len(record_groups)), key=lambda index: record_groups[index].order)
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
    used_ids: Collection[str],
    ids: PaperLookup,
) -> None:
    """Give groups of one title the marked ids that they got at their first import.

    So redoing an import restores its marks. Only for ids of which nothing else is stored, which would be better
    evidence.
    """
    if not forgotten:
        return
    used = set(used_ids).union(*claims)
    sequence = _IdSequence(ids)
    for index in sorted(range(len(record_groups)), key=lambda index: record_groups[index].order):
        if claims[index] or predecessors[index]:
            continue
        name = sequence.free(record_groups[index], used)
        if name in forgotten:
            claims[index].append(name)
            used.add(name)


def _known_name(
    predecessors: Sequence[Paper], claims: Sequence[str], marked: Collection[str], fresh: str
) -> str | None:
    """The known id to keep: one with marks, else the one added first, else the one that its title gives."""
    added = {paper.id: paper.added for paper in predecessors}
    known = [*added, *claims]
    return min(
        known,
        key=lambda name: (name not in marked, name not in added, added.get(name, ""), name != fresh, name),
        default=None,
    )


def _without_title(paper: Paper) -> Paper:
    """The paper to compare when only title and first words are stored.

    So few words match an abstract only as its prefix, and only if no other title contradicts.
    """
    return paper._replace(title=None) if len((paper.abstract or "").split()) >= MIN_PREFIX_WORDS else paper


def _unused_id(record_group: RecordGroup, reserved: Collection[str], sequence: _IdSequence) -> str:
    """A new id: one given in a readlist record, else that of the title; clashes are resolved by the abstract."""
    return next((name for name in sorted(record_group.given) if name not in reserved), "") or sequence.free(
        record_group, reserved
    )


class _IdSequence:
    """Deterministic sequence of ids for groups with equal titles.

    Args:
        ids: the ids of abstracts.
    """

    def __init__(self, ids: PaperLookup) -> None:
        self._ids = ids
        self._reached: dict[tuple[str, ...], str] = {}

    def free(self, record_group: RecordGroup, used_ids: Collection[str]) -> str:
        """The next id not in use; continues where the last call stopped, so that many groups stay fast."""
        name = self._reached.get(record_group.order[:2], record_group.fresh)
        while name in used_ids:
            name = digest(f"{name} {self._ids.texts[record_group.whole.abstract or '']}")
        self._reached[record_group.order[:2]] = name
        return name


def _with_aliases(
    record_groups: Sequence[RecordGroup],
    names: Sequence[str],
    predecessors: Sequence[Sequence[Paper]],
    others: Collection[str],
) -> list[AssignedId]:
    """The ids with their aliases: no alias is an id, and none belongs to two papers.

    Args:
        record_groups: the groups.
        names: their ids.
        predecessors: for each group the known papers it replaces.
        others: ids of marked papers that are in no source and no group.
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
