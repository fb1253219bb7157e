"""Which records are of one paper.

Records join by what a user or a curator says, by identifier, by equal abstract, by title, and by the likeness of
abstracts, the surest evidence first (agglomeration in Kruskal's manner), and never against evidence: two identifiers
of a kind, two parts of a series, two years of one generic title, two unlike abstracts under one title are two papers.
Nothing depends on the order of the records.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from tui.ingest.merge_evidence import (
    MergeEvidence,
    authors_agree,
    evidence_of,
    identifiers_differ,
    person_key,
    places_of,
    same_identifier_holds,
    years_apart,
)
from tui.ingest.paper_ids import record_id, title_key
from tui.ingest.record_comparison import BY_TITLE, SAME_WORK_THRESHOLD, RecordComparison, RecordNode, overlap
from tui.text.fold import fold
from tui.text.generic_titles import is_generic
from tui.text.placeholder_abstracts import without_placeholders
from tui.text.similarity import TextSimilarity
from tui.text.tokens import normalise_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tui.ingest.record import Record
    from tui.model.paper import SourceLocation

_COMPARED_TITLES = 8
_ALL_PAIRS = 50


def link_records(
    drafts: Sequence[Record],
    same: Iterable[Sequence[int]] = (),
    known: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
    squeeze: Callable[[str], str] = normalise_words,
    pinned: Mapping[int, str] | None = None,
    homes: Mapping[SourceLocation, str] | None = None,
) -> list[list[int]]:
    """Group the drafts by paper.

    Args:
        drafts: records, their bylines taken apart.
        same: groups of places in ``drafts`` that a curator says are one paper.
        known: alias → id of papers known before; a record that carries an id joins the records of that paper.
        progress: called with the work done and all work, in no particular unit.
        squeeze: ``tokens.squeezed``, or what remembers its answers.
        pinned: place of a draft to the id of the paper that the user says it is of.
        homes: place on a page to the id of the paper of which a record stood there the last time.

    Returns:
        The places of the drafts of each paper; every draft is in exactly one group.
    """
    return _Linker(drafts, progress, squeeze, pinned or {}, homes or {}).groups(same, known or {})


class _Linker:
    """The evidence for one set of drafts, and the groups as they grow."""

    def __init__(
        self,
        drafts: Sequence[Record],
        progress: Callable[[int, int], None] | None,
        squeeze: Callable[[str], str],
        pinned: Mapping[int, str],
        homes: Mapping[SourceLocation, str],
    ) -> None:
        self._drafts = drafts
        self._progress = progress
        told: list[tuple[str, str]] = []
        for draft in drafts:
            told.append((title_key(draft.title or ""), squeeze(draft.abstract or "")))
            if progress:
                progress(len(told), 3 * len(drafts))
        texts = without_placeholders(told)
        self._texts = sorted(set(texts) - {""})
        self._likeness = TextSimilarity(self._texts)
        self._comparison = RecordComparison(self._texts, self._likeness)
        self._homes = homes
        evidence = [
            evidence_of(draft, pinned.get(place, ""), nth)
            for place, (draft, nth) in enumerate(zip(drafts, places_of(drafts), strict=True))
        ]
        titles = [title for title, _ in told]
        self._nodes = _nodes(drafts, titles, texts, {text: place for place, text in enumerate(self._texts)}, evidence)
        self._parent = list(range(len(self._nodes)))
        self._titled = {place: [place] if node.title else [] for place, node in enumerate(self._nodes)}
        self._evidence = {place: [node.evidence] for place, node in enumerate(self._nodes)}
        self._rivals: dict[int, list[int]] = {}

    def groups(self, same: Iterable[Sequence[int]], known: Mapping[str, str]) -> list[list[int]]:
        home = {member: place for place, node in enumerate(self._nodes) for member in node.members}
        said = (pair for group in same for pair in pairwise(sorted({home[member] for member in group})))
        for one, other in (*said, *self._pinned()):
            self._unite(one, other)
        for one, other in sorted(set(self._identified(home, known))):
            if self._find(one) != self._find(other) and not self._identifiers_differ(one, other):
                self._unite(one, other)
        self._unite_alike()
        self._place_bare_titles()
        found: dict[int, list[int]] = {}
        for place, node in enumerate(self._nodes):
            found.setdefault(self._find(place), []).extend(node.members)
        return [sorted(members) for members in found.values()]

    def _unite_alike(self) -> None:
        """Unite by title and text, the surest pairs first."""
        edges = {(min(pair), max(pair)) for pair in self._worth_comparing() if pair[0] != pair[1]}
        nodes = self._nodes
        strengths = {(one, other): self._comparison.strength(nodes[one], nodes[other]) for one, other in edges}
        for (one, other), strength in strengths.items():
            if strength == BY_TITLE:
                self._rivals.setdefault(one, []).append(other)
                self._rivals.setdefault(other, []).append(one)
        for strength, one, other in sorted((-strength, *pair) for pair, strength in strengths.items() if strength):
            if self._compatible(one, other) and not (-strength == BY_TITLE and self._is_torn(one, other)):
                self._unite(one, other)

    def _pinned(self) -> Iterator[tuple[int, int]]:
        """Pairs that the user says are of one paper."""
        by_pin: dict[str, list[int]] = {}
        for place, node in enumerate(self._nodes):
            if node.evidence.pinned:
                by_pin.setdefault(node.evidence.pinned, []).append(place)
        for nodes in by_pin.values():
            yield from pairwise(nodes)

    def _identified(self, home: Mapping[int, int], known: Mapping[str, str]) -> Iterator[tuple[int, int]]:
        """Pairs that an identifier declares to be one paper."""
        by_name: dict[tuple[str, str], list[int]] = {}
        for member, draft in enumerate(self._drafts):
            for kind, value in (("eprint", draft.eprint), ("doi", draft.doi and draft.doi.lower())):
                if value:
                    by_name.setdefault((kind, value), []).append(home[member])
        for places in by_name.values():
            nodes = sorted(set(places))
            for one, other in combinations(nodes, 2) if len(nodes) <= _ALL_PAIRS else pairwise(nodes):
                left, right = self._nodes[one], self._nodes[other]
                alike = overlap(left.title or "", right.title or "")
                if same_identifier_holds(left.evidence, right.evidence, (left.title, right.title), alike):
                    yield one, other
        if any(draft.id for draft in self._drafts):
            yield from self._of_one_id(home, known)

    def _of_one_id(self, home: Mapping[int, int], known: Mapping[str, str]) -> Iterator[tuple[int, int]]:
        """Pairs of which one record carries the id that the other one has, or had."""
        by_id: dict[str, set[int]] = {}
        for member, draft in enumerate(self._drafts):
            own = record_id(draft.title, draft.abstract)
            by_id.setdefault(known.get(own, own), set()).add(home[member])
            if draft.source in self._homes:
                by_id.setdefault(self._homes[draft.source], set()).add(home[member])
        for member, draft in enumerate(self._drafts):
            if draft.id is None:
                continue
            one, name = home[member], known.get(draft.id, draft.id)
            others = {other for other in by_id.get(name, ()) if other != one and not self._strangers(one, other)}
            # Many works have one generic title, and so the id of that title: then only where they stood tells.
            if is_generic(self._nodes[one].title or "") and len(others) > 1:
                others = {other for other in others if self._stood(other, name)}
            yield from ((one, other) for other in others)

    def _stood(self, place: int, name: str) -> bool:
        """Whether a record stands where one of this paper stood the last time."""
        sources = (self._drafts[member].source for member in self._nodes[place].members)
        return any(self._homes.get(source) == name for source in sources)

    def _strangers(self, one: int, other: int) -> bool:
        """Whether two records with one id have neither title nor abstract in common, or cannot be of one paper."""
        left, right = self._nodes[one], self._nodes[other]
        if left.title == right.title and is_generic(left.title or ""):
            years = years_apart(left.evidence, right.evidence)
            return bool(years) or authors_agree(left.authors, right.authors) is False
        return left.title != right.title and self._comparison.cosine(left, right) < SAME_WORK_THRESHOLD

    def _worth_comparing(self) -> Iterator[tuple[int, int]]:
        """Pairs of nodes that may be one paper."""
        by_text: dict[int, list[int]] = {}
        by_title: dict[str, list[int]] = {}
        for place, node in enumerate(self._nodes):
            if node.text is not None:
                by_text.setdefault(node.text, []).append(place)
            if node.title is not None:
                by_title.setdefault(node.title, []).append(place)
        for group in (*by_text.values(), *by_title.values()):
            yield from combinations(group, 2) if len(group) <= _ALL_PAIRS else self._of_many(group)
        for one, other in self._like_texts():
            for left in by_text[one][:_ALL_PAIRS]:
                for right in by_text[other][:_ALL_PAIRS]:
                    yield left, right

    def _of_many(self, group: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Of very many nodes that have something in common, the neighbours, and those by one author in one year."""
        yield from pairwise(group)
        by_first: dict[tuple[str, int | None], list[int]] = {}
        for place in group:
            node = self._nodes[place]
            by_first.setdefault((node.families[0] if node.families else "", node.evidence.year), []).append(place)
        for some in by_first.values():
            yield from combinations(some[:_ALL_PAIRS], 2)

    def _like_texts(self) -> Iterator[tuple[int, int]]:
        """Pairs of abstracts that are alike, or of which one is the beginning of the other (a page that was cut)."""
        total = len(self._texts)
        progress = self._progress
        report = (lambda done: progress(total + 2 * done, 3 * total)) if progress else None
        # Papers that both have an arXiv identifier are one by that or not at all.
        unsettled = {node.text for node in self._nodes if not node.evidence.eprint}
        settled = set(range(total)) - unsettled
        for one, other, _ in self._likeness.pairs(SAME_WORK_THRESHOLD, report, settled):
            yield one, other
        # Sorted texts: whatever begins with a text follows it directly.
        for one, text in enumerate(self._texts):
            for other in range(one + 1, min(total, one + 1 + _ALL_PAIRS)):
                if not self._texts[other].startswith(text):
                    break
                yield one, other

    def _compatible(self, one: int, other: int) -> bool:
        """Whether no record of the one group contradicts a record of the other."""
        left, right = self._find(one), self._find(other)
        if left == right or self._identifiers_differ(left, right):
            return False
        return all(
            self._comparison.one_paper(self._nodes[a], self._nodes[b])
            for a in self._titled[left][:_COMPARED_TITLES]
            for b in self._titled[right][:_COMPARED_TITLES]
        )

    def _identifiers_differ(self, one: int, other: int) -> bool:
        """Whether an identifier of the one group says that the other one is another paper."""
        left, right = self._evidence[self._find(one)], self._evidence[self._find(other)]
        return any(identifiers_differ(a, b) for a in left for b in right)

    def _is_torn(self, one: int, other: int) -> bool:
        """Whether one of two records, with a title alone to go by, fits a third as well that is not the other."""
        for place, chosen in ((one, other), (other, one)):
            here = self._find(chosen), self._find(place)
            for rival in self._rivals.get(place, ()):
                apart = rival != chosen and self._find(rival) not in here
                if apart and not self._comparison.one_paper(self._nodes[rival], self._nodes[chosen]):
                    return True
        return False

    def _place_bare_titles(self) -> None:
        """A title without abstract goes to the paper of that title, if there is just one."""
        bare = [place for place, node in enumerate(self._nodes) if node.text is None]
        by_title: dict[str, list[int]] = {}
        for place, node in enumerate(self._nodes):
            if node.text is not None and node.title is not None:
                by_title.setdefault(node.title, []).append(place)
        for place in bare:
            title = self._nodes[place].title or ""
            fitting = {
                self._find(other)
                for other in by_title.get(title, ())
                if self._find(other) != self._find(place) and self._compatible(place, other)
            }
            if len(fitting) == 1:
                self._unite(place, fitting.pop())

    def _find(self, place: int) -> int:
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place

    def _unite(self, one: int, other: int) -> None:
        left, right = sorted((self._find(one), self._find(other)))
        if left != right:
            self._parent[right] = left
            self._titled[left] = sorted(self._titled[left] + self._titled[right])
            own = self._evidence[left]
            own += [evidence for evidence in self._evidence[right] if evidence not in own]


def _nodes(
    drafts: Sequence[Record],
    titles: Sequence[str],
    texts: Sequence[str],
    place_of: Mapping[str, int],
    evidence: Sequence[MergeEvidence],
) -> list[RecordNode]:
    """The nodes in an order that depends on what the records say, not on where they stand."""
    members: dict[tuple[str, int, tuple[tuple[str, str], ...], tuple[str | int, ...]], list[int]] = {}
    for member, draft in enumerate(drafts):
        text = place_of.get(texts[member], -1)
        key = titles[member], text, tuple(map(person_key, draft.authors)), evidence[member].order
        members.setdefault(key, []).append(member)
    nodes: list[RecordNode] = []
    for (title, text, _, _), places in sorted(members.items()):
        authors = max((drafts[place].authors for place in places), key=lambda found: (len(found), found))
        length = texts[places[0]].count(" ") + bool(texts[places[0]])
        known = evidence[places[0]]
        names = family_names(authors)
        nodes.append(
            RecordNode(title or None, text if text >= 0 else None, length, authors, names, known, tuple(places))
        )
    return nodes


def family_names(authors: Sequence[str]) -> tuple[str, ...]:
    """The folded last words of the names, which tell authors apart well enough, however the names are printed."""
    return tuple(fold(name.split()[-1]) for name in authors if name.split())


def contradicts(one: Record, other: Record) -> bool:
    """Whether two records that have a name in common are of different papers all the same: their texts are unlike."""
    if not one.abstract or not other.abstract:
        return False
    return len(link_records((one, other))) > 1
