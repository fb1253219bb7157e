"""Search: from the text of a query to the list that answers it. The one door of this package for the session.

Nothing is built, and next to nothing imported, for the empty query. Not for several threads at once.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from tui.errors import QueryError
from tui.query.result import QueryResult, TermEffect
from tui.query.syntax_tree import MatchAll, Query

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date

    from tui.index.search_index import Papers, SearchIndex
    from tui.query.completion import Candidate, CompletionData
    from tui.query.engine import QueryEngine
    from tui.query.facet_index import FacetIndex
    from tui.query.facets import Facet

__all__ = ["QueryResult", "Search", "TermEffect"]


class Search:
    """Answers queries over some papers.

    Args:
        papers: what is searched; asked only when something is to be found.
        views: gives the saved views, name to query text.
        duplicates: the ids of papers that look like another one; by default those with the same title, DOI or
            arXiv number.
        liking: how far each paper is liked, by its id; nothing where that is not known.
    """

    def __init__(
        self,
        papers: Papers,
        views: Callable[[], Mapping[str, str]],
        duplicates: Callable[[], Collection[str]] | None = None,
        preferences: Callable[[], Mapping[str, float]] = dict,
    ) -> None:
        self._views = views
        self._liking = preferences
        self._duplicates = duplicates
        self._papers = papers
        self._known_rows: SearchIndex | None = None
        self._forget()

    def _forget(self) -> None:
        self._known_asking: QueryEngine | None = None
        self._known_tally: FacetIndex | None = None
        self._known_facts: CompletionData | None = None

    @property
    def _rows(self) -> SearchIndex:
        if self._known_rows is None:
            from tui.index.search_index import SearchIndex  # noqa: PLC0415 - the list of all papers is not searched

            self._known_rows = SearchIndex(self._papers)
        return self._known_rows

    @property
    def _tally(self) -> FacetIndex:
        if self._known_tally is None:
            from tui.query.facet_index import FacetIndex  # noqa: PLC0415 - the first list of a start counts nothing

            self._known_tally = FacetIndex(self._rows)
        return self._known_tally

    def find(self, text: str, *, sort: str | None = None, today: date) -> QueryResult:
        """Answer a query.

        Args:
            text: the query.
            sort: the order for a query that names none; without either, relevance where words are asked for and
                the hits are few enough, otherwise the order of the catalogue.
            today: the day that relative dates count from.

        Raises:
            QueryError: the query cannot be understood; nothing was searched.
        """
        if text or sort:
            return self._engine().find(text, sort, today)
        return QueryResult(tuple(self._papers.ids()), Query(MatchAll()), "catalogue", (), "", MatchAll(), today)

    def find_partial(
        self, text: str, *, sort: str | None = None, today: date
    ) -> tuple[QueryResult | None, QueryError | None]:
        """Answer a query that is still being typed, as ``find`` does.

        Returns:
            The answer, or None where nothing more can be asked yet than before; and what the query lacks, or None.

        Raises:
            QueryError: the query is wrong, and going on does not help.
        """
        from tui.query.partial_query import parse_partial  # noqa: PLC0415 - typed on the screen alone

        whole, lack = parse_partial(text)
        if whole is None:
            return None, lack
        try:
            return self.find(whole, sort=sort, today=today), lack
        except QueryError as fault:
            if fault.ending is None and lack is None:
                raise
            return None, lack or fault

    def mark_changed(self, ids: Iterable[str]) -> None:
        """The marks of these papers changed."""
        touched = [self._rows.update_mark(paper) for paper in ids]
        turns = [self._tally.replace(*there) for there in touched if there]
        if len(turns) < len(touched):
            # Answers by marks alone may be older than what is read: they cannot be set right by difference.
            self._known_asking = None
        elif self._known_asking is not None:
            self._known_asking.marks_changed(turns)
        self._known_facts = None

    def reset(self) -> None:
        """The catalogue changed."""
        if self._known_rows is not None:
            self._known_rows.reset()
        self._forget()

    def prebuild(self, budget_ms: float) -> bool:
        """Build ahead for some milliseconds what later queries need; returns whether all is built."""
        deadline = perf_counter() + budget_ms / 1000
        return self._rows.load(deadline) and self._tally.prebuild(deadline) and self._rows.prebuild(deadline)

    @property
    def is_counted(self) -> bool:
        """Whether facets can be counted without looking at every paper first."""
        return self._tally.is_counted

    def facets(self, result: QueryResult, *, views: bool = False) -> tuple[Facet, ...]:
        """The facets of a list; its limit is left aside.

        Args:
            listing: the list.
            views: whether the saved views are counted as well, each of which is a search of its own.
        """
        from tui.query.facets import FacetCounter  # noqa: PLC0415 - the command line shows no facets

        counter = FacetCounter(
            result,
            self._tally,
            counts=lambda node: self._engine().counts(node, result.today, self._tally.key_counts),
            select=lambda node: self._engine().select(node, result.today),
        )
        looked_up = self._engine().resolve_view if views else None
        return (*counter.facets(), counter.saved_views(self._views(), looked_up))

    def still_matching(self, result: QueryResult, ids: Iterable[str]) -> frozenset[str]:
        """Which of these papers answer the query of a list as their marks are now; its limit is left aside."""
        if isinstance(result.executed_query, MatchAll):
            return frozenset(ids)
        rows = sorted(row for paper in ids if (row := self._rows.row_of(paper)) is not None)
        every = self._rows.ids
        return frozenset(every[row] for row in self._engine().filter_rows(result.executed_query, result.today, rows))

    def completions(self, text: str, cursor: int) -> tuple[Candidate, ...]:
        """What may stand at a place in a query that is being typed, the likeliest first."""
        from tui.query.completion import complete  # noqa: PLC0415 - see facts

        return complete(text, cursor, self.completion_data())

    def explain_terms(self, result: QueryResult) -> tuple[TermEffect, ...]:
        """The terms of a list that must all match, each with what it does to it."""
        from tui.query.empty_result import term_effects  # noqa: PLC0415 - see facts

        return term_effects(
            result.query, result.executed_query, lambda node: self._engine().select(node, result.today)
        )

    @staticmethod
    def fields() -> tuple[tuple[str, str, str], ...]:
        """The fields of the query language: name, help and an example."""
        from tui.query.fields import FIELDS  # noqa: PLC0415 - see facts

        return tuple((field.name, field.help, field.example) for field in FIELDS)

    def completion_data(self) -> CompletionData:
        """What completion may offer of these papers, the most frequent first."""
        from tui.query.completion import CompletionData  # noqa: PLC0415 - asked for while a query is typed, not by the command line

        if self._known_facts is None:
            tallied = self._tally
            self._known_facts = CompletionData.from_counts(
                tallied.key_counts, tallied.spellings, tallied.authors, self._views()
            )
        return self._known_facts

    def _engine(self) -> QueryEngine:
        from tui.query.engine import QueryEngine  # noqa: PLC0415 - the list of all papers asks for nothing

        if self._known_asking is None:
            self._known_asking = QueryEngine(self._rows, self._views, self._duplicates, self._liking)
        return self._known_asking
