"""Statistics, related papers, suggested tags and learned preferences, computed on demand and never applied."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tui.insight.stats import compute_stats

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.insight.preference import PreferenceModel
    from tui.insight.related import Related, TagSuggestion
    from tui.insight.stats import Stats
    from tui.insight.stats_report import ReportLine
    from tui.insight.tfidf import TfidfVectors
    from tui.session.entries import Entries
    from tui.store.store import Store

    Progress = Callable[[int, int], None]

_FEW = 60  # papers that are compared without a noticeable delay


class Insights:
    """Insights into one reading list.

    Args:
        store: the open store.
        entries: its papers with their marks.
    """

    def __init__(self, store: Store, entries: Entries) -> None:
        self._store = store
        self._entries = entries
        self._vectors: tuple[int, TfidfVectors] | None = None
        self._preference_model: tuple[int, PreferenceModel] | None = None

    def stats(self) -> Stats:
        """Counts over the whole list."""
        entries = (self._entries.entry(paper_id) for paper_id in self._entries.ids())
        return compute_stats(entries, self._store.history.changes(), datetime.now().astimezone().date())

    @staticmethod
    def report(stats: Stats, width: int, *, unicode: bool) -> tuple[Sequence[ReportLine], Sequence[ReportLine]]:
        """The statistics as text: activity, and composition of the list.

        Args:
            stats: the statistics.
            width: line width in cells.
            unicode: whether non-ASCII characters can be displayed.
        """
        from tui.insight.stats_report import activity_lines, collection_lines  # noqa: PLC0415 - JSON has no plots

        return activity_lines(stats, width, unicode=unicode), collection_lines(stats, width, unicode=unicode)

    @property
    def is_prepared(self) -> bool:
        """Whether the vectors of the papers are cached, so that the other methods are fast."""
        return self._vectors is not None and self._vectors[0] == self._entries.revision

    @property
    def is_quick(self) -> bool:
        """Whether the other methods are fast now: the vectors are cached, or there are few papers."""
        return self.is_prepared or len(self._entries.ids()) <= _FEW

    def prepare(self, progress: Progress | None = None) -> None:
        """Compute the vectors of the papers, unless cached. May run in a background thread.

        Args:
            progress: called with (papers read, total).
        """
        self._get_vectors(progress)

    def related(self, paper_id: str, most: int = 8) -> tuple[Related, ...]:
        """The papers most similar to one, each with the words they share."""
        from tui.insight.related import related_papers  # noqa: PLC0415 - statistics do not need it

        return related_papers(self._get_vectors(), self._entries.entry, paper_id, most)

    def suggested_tags(self, paper_id: str, most: int = 3) -> tuple[TagSuggestion, ...]:
        """Tags that may fit a paper, each with the words that suggest it."""
        from tui.insight.related import suggest_tags  # noqa: PLC0415 - statistics do not need it

        ids = frozenset(self._entries.ids())
        tagged = [paper_id for paper_id in self._store.marks.ids() & ids if self._store.marks.get(paper_id).tags]
        return suggest_tags(self._get_vectors(), self._entries.entry, paper_id, sorted(tagged), most)

    def preference_model(self) -> PreferenceModel:
        """Preferences learned from the papers that the user kept and skipped."""
        from tui.insight.preference import PreferenceModel  # noqa: PLC0415 - statistics do not need it

        vectors, revision = self._get_vectors(), self._store.revision
        if (
            self._preference_model is None
            or self._preference_model[0] != revision
            or self._preference_model[1].vectors is not vectors
        ):
            ids = frozenset(self._entries.ids())
            marked = sorted(self._store.marks.ids() & ids)
            self._preference_model = revision, PreferenceModel(vectors, map(self._entries.entry, marked))
        return self._preference_model[1]

    @property
    def cached_preference_model(self) -> PreferenceModel | None:
        """The preferences computed last; None if they never were."""
        return None if self._preference_model is None else self._preference_model[1]

    def _get_vectors(self, progress: Progress | None = None) -> TfidfVectors:
        vectors = self._vectors
        if vectors is None or vectors[0] != self._entries.revision:
            from tui.insight.tfidf import TfidfVectors  # noqa: PLC0415 - statistics do not need it

            revision = self._entries.revision
            papers = [self._entries.entry(paper_id).paper for paper_id in self._entries.ids()]
            vectors = self._vectors = revision, TfidfVectors(papers, progress)
        return vectors[1]
