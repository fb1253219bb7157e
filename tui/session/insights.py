"""What the list says about itself, and what it suggests: asked now and then, worked out when it is asked.

Nothing of it is ever applied by itself. Stands beside the door because it needs the store and the reckoning, which do
not know each other.
"""

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


class Insights:
    """The advice on one reading list.

    Args:
        library: the open store.
        entries: its papers and marks, put together.
    """

    def __init__(self, library: Store, entries: Entries) -> None:
        self._library = library
        self._entries = entries
        self._vectors: tuple[int, TfidfVectors] | None = None
        self._model: tuple[int, PreferenceModel] | None = None

    def stats(self) -> Stats:
        """Counts over the whole list."""
        entries = (self._entries.entry(paper_id) for paper_id in self._entries.ids())
        return compute_stats(entries, self._library.history(), datetime.now().astimezone().date())

    @staticmethod
    def report(stats: Stats, width: int, *, unicode: bool) -> tuple[Sequence[ReportLine], Sequence[ReportLine]]:
        """The counts as lines to be shown: what the list is, and what is in it.

        Args:
            stats: the counts.
            width: cells of a line.
            unicode: signs beyond ASCII can be shown.
        """
        from tui.insight.stats_report import activity_lines, collection_lines  # noqa: PLC0415 - JSON has no plots

        return activity_lines(stats, width, unicode=unicode), collection_lines(stats, width, unicode=unicode)

    @property
    def is_prepared(self) -> bool:
        """Whether the papers are read, so that all that follows takes no longer than a key."""
        return self._vectors is not None and self._vectors[0] == self._entries.revision

    def prepare(self, progress: Progress | None = None) -> None:
        """Read the papers, once for every state of the list. May be called beside the thread that changes the list.

        Args:
            progress: called with the number of papers read, and their total.
        """
        self._read(progress)

    def related(self, paper_id: str, most: int = 8) -> tuple[Related, ...]:
        """The papers most like one, each with the words that caused it."""
        from tui.insight.related import related_papers  # noqa: PLC0415 - statistics need none of it

        return related_papers(self._read(), self._entries.entry, paper_id, most)

    def suggested_tags(self, paper_id: str, most: int = 3) -> tuple[TagSuggestion, ...]:
        """Tags that may suit a paper, each with the words that caused it."""
        from tui.insight.related import suggest_tags  # noqa: PLC0415 - see related

        there = frozenset(self._entries.ids())
        tagged = [paper_id for paper_id in self._library.marked() & there if self._library.mark(paper_id).tags]
        return suggest_tags(self._read(), self._entries.entry, paper_id, sorted(tagged), most)

    def preference_model(self) -> PreferenceModel:
        """What was learned from what the user kept and skipped."""
        from tui.insight.preference import PreferenceModel  # noqa: PLC0415 - see related

        vectors, revision = self._read(), self._library.revision
        if self._model is None or self._model[0] != revision or self._model[1].vectors is not vectors:
            there = frozenset(self._entries.ids())
            marked = sorted(self._library.marked() & there)
            self._model = revision, PreferenceModel(vectors, map(self._entries.entry, marked))
        return self._model[1]

    @property
    def cached_preference_model(self) -> PreferenceModel | None:
        """What was learned the last time it was asked for; None where it never was."""
        return None if self._model is None else self._model[1]

    def _read(self, progress: Progress | None = None) -> TfidfVectors:
        vectors = self._vectors
        if vectors is None or vectors[0] != self._entries.revision:
            from tui.insight.tfidf import TfidfVectors  # noqa: PLC0415 - see related

            revision = self._entries.revision
            papers = [self._entries.entry(paper_id).paper for paper_id in self._entries.ids()]
            vectors = self._vectors = revision, TfidfVectors(papers, progress)
        return vectors[1]
