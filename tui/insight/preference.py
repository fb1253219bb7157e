"""Preference model: predict from earlier decisions which papers the user will keep.

Rocchio's relevance feedback (1971, in "The SMART Retrieval System"): the score of a paper is its similarity to the
difference between the mean vectors of the kept and the skipped papers.
"""

from __future__ import annotations

from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tui.insight.tfidf import TfidfVectors
    from tui.model.entry import Entry

MIN_DECISIONS = 3  # of each kind, to learn from
_KEPT = frozenset((Status.QUEUED, Status.READING, Status.READ))
_MAX_REASONS = 3


class PreferenceReasons(NamedTuple):
    """Words of a paper that raise and lower its score, the strongest first."""

    positive: tuple[str, ...]
    negative: tuple[str, ...]


class PreferenceModel:
    """A model learned from decisions.

    Args:
        vectors: the vectors of all papers.
        entries: the papers decided on; others are ignored.

    Attributes:
        vectors: the vectors.
        is_learned: there were enough decisions to learn from.
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
            negative = vectors.mean(skipped)
            self._direction = vectors.mean(kept)
            for term, weight in negative.items():
                self._direction[term] = self._direction.get(term, 0.0) - weight

    def scores(self) -> Mapping[str, float]:
        """The score of each paper by id; 0 is neutral. Empty if nothing was learned."""
        if self._scores is None:
            self._scores = self.vectors.similarities(self._direction)
        return self._scores

    def reasons(self, paper_id: str) -> PreferenceReasons:
        """The words with the strongest effect on the score of a paper."""
        effects = {
            term: weight * self._direction[term]
            for term, weight in self.vectors.vector(paper_id).items()
            if term in self._direction
        }

        def strongest(sign: int) -> tuple[str, ...]:
            weighted = ((sign * weight, term) for term, weight in effects.items() if sign * weight > 0)
            return tuple(self.vectors.word(term) for _, term in nlargest(_MAX_REASONS, weighted))

        return PreferenceReasons(strongest(1), strongest(-1))
