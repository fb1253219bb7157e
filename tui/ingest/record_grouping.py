"""Record linkage: group the records of each paper.

Records are linked by decisions of the user or a curator, by identifier, by equal abstract, by title, and by
similarity of abstracts, the strongest evidence first (agglomeration as in Kruskal's algorithm), and never against
evidence: two identifiers of a kind, two parts of a series, two years of one generic title, or two dissimilar
abstracts under one title are two papers. The result does not depend on the order of the records.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from tui.ingest.merge_evidence import (
    MergeEvidence,
    authors_agree,
    evidence_of,
    identifier_of,
    identifiers_differ,
    ordinals_of,
    person_key,
    same_identifier_holds,
    years_apart,
)
from tui.ingest.paper_ids import record_id, title_key
from tui.ingest.same_paper import BY_TITLE, SAME_WORK_THRESHOLD, RecordComparison, RecordNode, overlap
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
    records: Sequence[Record],
    same: Iterable[Sequence[int]] = (),
    known: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
    normalise: Callable[[str], str] = normalise_words,
    pinned: Mapping[int, str] | None = None,
    previous_ids: Mapping[SourceLocation, str] | None = None,
) -> list[list[int]]:
    """Group the records by paper.

    Args:
        records: records with split bylines.
        same: groups of indices of records that a correction declares one paper.
        known: alias → id of known papers; a record with an id is linked with the records of that paper.
        progress: called with the work done and the total, in no particular unit.
        normalise: ``normalise_words`` or a memo of it.
        pinned: index of a record to the id of the paper to which the user pinned it.
        previous_ids: location to the id of the paper that had a record there in the last import.

    Returns:
        The indices of the records of each paper; every record is in exactly one group.
    """
    return _Linker(records, progress, normalise, pinned or {}, previous_ids or {}).groups(same, known or {})


class _Linker:
    """Evidence about one set of records, and the groups as they grow (union-find)."""

    def __init__(
        self,
        records: Sequence[Record],
        progress: Callable[[int, int], None] | None,
        normalise: Callable[[str], str],
        pinned: Mapping[int, str],
        previous_ids: Mapping[SourceLocation, str],
    ) -> None:
        self._records = records
        self._progress = progress
        keys: list[tuple[str, str]] = []
        for record in records:
            keys.append((title_key(record.title or ""), normalise(record.abstract or "")))
            if progress:
                progress(len(keys), 3 * len(records))
        texts = without_placeholders(keys)
        self._texts = sorted(set(texts) - {""})
        self._similarity = TextSimilarity(self._texts)
        self._comparison = RecordComparison(self._texts, self._similarity)
        self._previous_ids = previous_ids
        titles = [title for title, _ in keys]
        evidence = [
            evidence_of(record, pinned.get(index, ""), nth)
            for index, (record, nth) in enumerate(zip(records, ordinals_of(records, titles), strict=True))
        ]
        self._nodes = _nodes(
            records, titles, texts, {text: index for index, text in enumerate(self._texts)}, evidence
        )
        self._parent = list(range(len(self._nodes)))
        self._titled = {index: [index] if node.title else [] for index, node in enumerate(self._nodes)}
        self._evidence = {index: [node.evidence] for index, node in enumerate(self._nodes)}
        self._rivals: dict[int, list[int]] = {}

    def groups(self, same: Iterable[Sequence[int]], known: Mapping[str, str]) -> list[list[int]]:
        node_of = {member: index for index, node in enumerate(self._nodes) for member in node.members}
        declared = (pair for group in same for pair in pairwise(sorted({node_of[member] for member in group})))
        for one, other in (*declared, *self._pinned_pairs()):
            self._merge(one, other)
        for one, other in sorted(set(self._pairs_by_identifier(node_of, known))):
            if self._find(one) != self._find(other) and not self._identifiers_differ(one, other):
                self._merge(one, other)
        self._merge_similar()
        self._attach_bare_titles()
        found: dict[int, list[int]] = {}
        for index, node in enumerate(self._nodes):
            found.setdefault(self._find(index), []).extend(node.members)
        return [sorted(members) for members in found.values()]

    def _merge_similar(self) -> None:
        """Merge groups by title and text, the strongest pairs first."""
        edges = {(min(pair), max(pair)) for pair in self._candidate_pairs() if pair[0] != pair[1]}
        nodes = self._nodes
        strengths = {(one, other): self._comparison.strength(nodes[one], nodes[other]) for one, other in edges}
        for (one, other), strength in strengths.items():
            if strength == BY_TITLE:
                self._rivals.setdefault(one, []).append(other)
                self._rivals.setdefault(other, []).append(one)
        for strength, one, other in sorted((-strength, *pair) for pair, strength in strengths.items() if strength):
            if self._are_compatible(one, other) and not (-strength == BY_TITLE and self._is_ambiguous(one, other)):
                self._merge(one, other)

    def _pinned_pairs(self) -> Iterator[tuple[int, int]]:
        """Pairs that the user pinned to one paper."""
        by_pin: dict[str, list[int]] = {}
        for index, node in enumerate(self._nodes):
            if node.evidence.pinned:
                by_pin.setdefault(node.evidence.pinned, []).append(index)
        for nodes in by_pin.values():
            yield from pairwise(nodes)

    def _pairs_by_identifier(self, node_of: Mapping[int, int], known: Mapping[str, str]) -> Iterator[tuple[int, int]]:
        """Pairs that have an identifier in common."""
        by_name: dict[tuple[str, str], list[int]] = {}
        for member, record in enumerate(self._records):
            for kind, value in (("eprint", record.eprint), ("doi", record.doi and record.doi.lower())):
                if value:
                    by_name.setdefault((kind, value), []).append(node_of[member])
        for indices in by_name.values():
            nodes = sorted(set(indices))
            for one, other in combinations(nodes, 2) if len(nodes) <= _ALL_PAIRS else pairwise(nodes):
                left, right = self._nodes[one], self._nodes[other]
                shared_words = overlap(left.title or "", right.title or "")
                if same_identifier_holds(left.evidence, right.evidence, (left.title, right.title), shared_words):
                    yield one, other
        if any(record.id for record in self._records):
            yield from self._pairs_by_id(node_of, known)

    def _pairs_by_id(self, node_of: Mapping[int, int], known: Mapping[str, str]) -> Iterator[tuple[int, int]]:
        """Pairs in which one record gives the id that the other has, or had."""
        by_id: dict[str, set[int]] = {}
        for member, record in enumerate(self._records):
            own = record_id(record.title, record.abstract, identifier_of(record))
            by_id.setdefault(known.get(own, own), set()).add(node_of[member])
            if record.source in self._previous_ids:
                by_id.setdefault(self._previous_ids[record.source], set()).add(node_of[member])
        for member, record in enumerate(self._records):
            if record.id is None:
                continue
            one, name = node_of[member], known.get(record.id, record.id)
            others = {other for other in by_id.get(name, ()) if other != one and not self._are_unrelated(one, other)}
            # Works with a generic title share the id of that title: then only the previous location decides.
            if is_generic(self._nodes[one].title or "") and len(others) > 1:
                others = {other for other in others if self._had_location_of(other, name)}
            yield from ((one, other) for other in others)

    def _had_location_of(self, index: int, name: str) -> bool:
        """Whether a record is at a location that this paper had in the last import."""
        sources = (self._records[member].source for member in self._nodes[index].members)
        return any(self._previous_ids.get(source) == name for source in sources)

    def _are_unrelated(self, one: int, other: int) -> bool:
        """Whether two records with one id have neither title nor abstract in common, or contradict each other."""
        left, right = self._nodes[one], self._nodes[other]
        if left.title == right.title and is_generic(left.title or ""):
            years = years_apart(left.evidence, right.evidence)
            return bool(years) or authors_agree(left.authors, right.authors) is False
        return left.title != right.title and self._comparison.cosine(left, right) < SAME_WORK_THRESHOLD

    def _candidate_pairs(self) -> Iterator[tuple[int, int]]:
        """Pairs of nodes that may be one paper."""
        by_text: dict[int, list[int]] = {}
        by_title: dict[str, list[int]] = {}
        for index, node in enumerate(self._nodes):
            if node.text is not None:
                by_text.setdefault(node.text, []).append(index)
            if node.title is not None:
                by_title.setdefault(node.title, []).append(index)
        for group in (*by_text.values(), *by_title.values()):
            yield from combinations(group, 2) if len(group) <= _ALL_PAIRS else self._pairs_of_many(group)
        for one, other in self._similar_texts():
            for left in by_text[one][:_ALL_PAIRS]:
                for right in by_text[other][:_ALL_PAIRS]:
                    yield left, right

    def _pairs_of_many(self, group: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Pairs from a large group of nodes: neighbours, and those by one author in one year."""
        yield from pairwise(group)
        by_first: dict[tuple[str, int | None], list[int]] = {}
        for index in group:
            node = self._nodes[index]
            first = next(iter(node.families), "")
            by_first.setdefault((first, node.evidence.year), []).append(index)
        for some in by_first.values():
            yield from combinations(some[:_ALL_PAIRS], 2)

    def _similar_texts(self) -> Iterator[tuple[int, int]]:
        """Pairs of similar abstracts, and of abstracts of which one is a prefix of the other (a truncated copy)."""
        total = len(self._texts)
        progress = self._progress
        report = (lambda done: progress(total + 2 * done, 3 * total)) if progress else None
        # Records that both have an arXiv id are linked by that or not at all.
        unsettled = {node.text for node in self._nodes if not node.evidence.eprint}
        settled = set(range(total)) - unsettled
        for one, other, _ in self._similarity.pairs(SAME_WORK_THRESHOLD, report, settled):
            yield one, other
        # The texts are sorted: those with a given prefix follow it directly.
        for one, text in enumerate(self._texts):
            for other in range(one + 1, min(total, one + 1 + _ALL_PAIRS)):
                if not self._texts[other].startswith(text):
                    break
                yield one, other

    def _are_compatible(self, one: int, other: int) -> bool:
        """Whether no record of one group contradicts a record of the other."""
        left, right = self._find(one), self._find(other)
        if left == right or self._identifiers_differ(left, right):
            return False
        return all(
            self._comparison.one_paper(self._nodes[a], self._nodes[b])
            for a in self._titled[left][:_COMPARED_TITLES]
            for b in self._titled[right][:_COMPARED_TITLES]
        )

    def _identifiers_differ(self, one: int, other: int) -> bool:
        """Whether an identifier shows that two groups are different papers."""
        left, right = self._evidence[self._find(one)], self._evidence[self._find(other)]
        return any(identifiers_differ(a, b) for a in left for b in right)

    def _is_ambiguous(self, one: int, other: int) -> bool:
        """Whether one of two records with only a title in common matches a third one that contradicts the other."""
        for index, chosen in ((one, other), (other, one)):
            here = self._find(chosen), self._find(index)
            for rival in self._rivals.get(index, ()):
                apart = rival != chosen and self._find(rival) not in here
                if apart and not self._comparison.one_paper(self._nodes[rival], self._nodes[chosen]):
                    return True
        return False

    def _attach_bare_titles(self) -> None:
        """Add a title without abstract to the paper with that title, if there is exactly one."""
        bare = [index for index, node in enumerate(self._nodes) if node.text is None]
        by_title: dict[str, list[int]] = {}
        for index, node in enumerate(self._nodes):
            if node.text is not None and node.title is not None:
                by_title.setdefault(node.title, []).append(index)
        for index in bare:
            title = self._nodes[index].title or ""
            fitting = {
                self._find(other)
                for other in by_title.get(title, ())
                if self._find(other) != self._find(index) and self._are_compatible(index, other)
            }
            if len(fitting) == 1:
                self._merge(index, fitting.pop())

    def _find(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def _merge(self, one: int, other: int) -> None:
        left, right = sorted((self._find(one), self._find(other)))
        if left != right:
            self._parent[right] = left
            self._titled[left] = sorted(self._titled[left] + self._titled[right])
            own = self._evidence[left]
            own += [evidence for evidence in self._evidence[right] if evidence not in own]


def _nodes(
    records: Sequence[Record],
    titles: Sequence[str],
    texts: Sequence[str],
    index_of: Mapping[str, int],
    evidence: Sequence[MergeEvidence],
) -> list[RecordNode]:
    """The nodes, ordered by the contents of the records, not by their locations."""
    members: dict[tuple[str, int, tuple[tuple[str, str], ...], tuple[str | int, ...]], list[int]] = {}
    for member, record in enumerate(records):
        text = index_of.get(texts[member], -1)
        key = titles[member], text, tuple(map(person_key, record.authors)), evidence[member].order
        members.setdefault(key, []).append(member)
    nodes: list[RecordNode] = []
    for (title, text, _, _), indices in sorted(members.items()):
        authors = max([records[index].authors for index in indices], key=lambda found: (len(found), found))
        known = evidence[indices[0]]
        nodes.append(RecordNode(title or None, text if text >= 0 else None, authors, known, tuple(indices)))
    return nodes


def contradicts(one: Record, other: Record) -> bool:
    """Whether two records with an id in common are different papers because their abstracts are dissimilar."""
    if not one.abstract or not other.abstract:
        return False
    return len(link_records((one, other))) > 1
