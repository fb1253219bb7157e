"""What the reader keeps rather than skips, learned from what was decided: an order of the inbox, with its reasons.

The direction from the mean of the skipped papers to the mean of the kept ones (Rocchio's relevance feedback, 1971, in
"The SMART Retrieval System"); a paper is liked by how far it points that way. Knows values only.
"""

from __future__ import annotations

from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tui.insight.tfidf import TfidfVectors
    from tui.model.entry import Entry

MIN_DECISIONS = 3  # decisions of each kind that there must be to learn from
_KEPT = frozenset((Status.QUEUED, Status.READING, Status.READ))
_REASONS = 3


class PreferenceReasons(NamedTuple):
    """Words of a paper that speak for it and against it, the strongest first."""

    positive: tuple[str, ...]
    negative: tuple[str, ...]


class PreferenceModel:
    """What was learned.

    Args:
        vectors: the vectors of all papers.
        entries: the papers that were decided on; others do no harm.

    Attributes:
        vectors: the vectors.
        is_learned: enough was kept and skipped to learn from.
    """

    def __init__(self, vectors: TfidfVectors, entries: Iterable[Entry]) -> None:
        kept: list[str] = []
        skipped: list[str] = []
        for entry in entries:
            if entry.mark.status in _KEPT or (entry.mark.starred and entry.mark.status is not Status.SKIPPED):
                kept.append(entry.id)
            elif entry.mark.status is Status.SKIPPED:
                skipped.append(entry.id)
        self.is_learned = min(len(kept), len(skipped)) >= MIN_DECISIONS
        self.vectors = vectors
        self._scores: Mapping[str, float] | None = None
        self._direction: dict[int, float] = {}
        if self.is_learned:
            against = vectors.mean(skipped)
            self._direction = vectors.mean(kept)
            for term, weight in against.items():
                self._direction[term] = self._direction.get(term, 0.0) - weight

    def scores(self) -> Mapping[str, float]:
        """How far each paper is liked; 0 is neither liked nor disliked. Empty where nothing was learned."""
        if self._scores is None:
            self._scores = self.vectors.similarities(self._direction)
        return self._scores

    def reasons(self, paper_id: str) -> PreferenceReasons:
        """The words that decide over a paper."""
        own = {
            term: weight * self._direction[term]
            for term, weight in self.vectors.vector(paper_id).items()
            if term in self._direction
        }

        def best(sign: int) -> tuple[str, ...]:
            weighed = ((sign * weight, term) for term, weight in own.items() if sign * weight > 0)
            return tuple(self.vectors.word(term) for _, term in nlargest(_REASONS, weighed))

        return PreferenceReasons(best(1), best(-1))
