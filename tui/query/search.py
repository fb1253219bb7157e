"""Search: evaluate queries. The public interface of this package.

The empty query builds nothing and imports next to nothing. Not thread-safe.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from tui.errors import QueryError
from tui.query.match_all import MatchAll
from tui.query.query_value import Query
from tui.query.result import NO_EXPLANATION, Explanation, QueryResult, TermEffect

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date

    from tui.index.search_index import Papers, SearchIndex
    from tui.query.engine import QueryEngine
    from tui.query.facet_counts import Facet
    from tui.query.facet_edit import FacetState
    from tui.query.facet_keys import FacetIndex
    from tui.query.query_completion import Candidate, CompletionData
    from tui.query.syntax_tree import Node

__all__ = ["Explanation", "QueryResult", "Search", "TermEffect"]


class Search:
    """Evaluates queries on some papers.

    Args:
        papers: the papers, read on first use.
        views: returns the saved views, name to query text.
        duplicates: returns the ids of possible duplicates; by default the papers with the same title, DOI or arXiv
            number as another one.
        preferences: returns the preference score of each paper by id; empty if unknown.
        with_removed: the papers with the removed ones, on which queries with ``is:removed`` are evaluated.
    """

    def __init__(
        self,
        papers: Papers,
        views: Callable[[], Mapping[str, str]],
        duplicates: Callable[[], Collection[str]] | None = None,
        preferences: Callable[[], Mapping[str, float]] = dict,
        with_removed: Papers | None = None,
    ) -> None:
        self._views = views
        self._preferences = preferences
        self._duplicates = duplicates
        self._papers = papers
        self._with_removed = Search(with_removed, views, duplicates, preferences) if with_removed else None
        self._cached_index: SearchIndex | None = None
        self._clear_caches()

    def _clear_caches(self) -> None:
        self._cached_engine: QueryEngine | None = None
        self._cached_facet_index: FacetIndex | None = None
        self._cached_completion_data: CompletionData | None = None

    @property
    def _index(self) -> SearchIndex:
        if self._cached_index is None:
            from tui.index.search_index import SearchIndex  # noqa: PLC0415 - not needed for the empty query

            self._cached_index = SearchIndex(self._papers)
        return self._cached_index

    @property
    def _facet_index(self) -> FacetIndex:
        if self._cached_facet_index is None:
            from tui.query.facet_keys import FacetIndex  # noqa: PLC0415 - not needed for the first list

            self._cached_facet_index = FacetIndex(self._index)
        return self._cached_facet_index

    def find(self, text: str, *, sort: str | None = None, today: date) -> QueryResult:
        """Evaluate a query.

        Args:
            text: the query.
            sort: the order of a query without its own; without either, relevance for words with not too many matches,
                otherwise the order of the catalogue.
            today: the date that relative dates refer to.

        Raises:
            QueryError: the query is invalid.
        """
        if self._with_removed is not None and self._asks_for_removed(text):
            return self._with_removed.find(text, sort=sort, today=today)
        if text or sort:
            return self._engine().find(text, sort, today)
        return QueryResult(
            tuple(self._papers.ids()), Query(MatchAll()), "catalogue", (), NO_EXPLANATION, MatchAll(), today
        )

    def find_partial(
        self, text: str, *, sort: str | None = None, today: date
    ) -> tuple[QueryResult | None, QueryError | None]:
        """Evaluate an incomplete query, while it is typed.

        Returns:
            The result, or None if the query cannot be searched yet; and what is missing, or None.

        Raises:
            QueryError: the query is invalid, and more text cannot make it valid.
        """
        from tui.query.partial_query import parse_partial  # noqa: PLC0415 - only the screen needs it

        whole, missing = parse_partial(text)
        if whole is None:
            return None, missing
        try:
            return self.find(whole, sort=sort, today=today), missing
        except QueryError as error:
            if error.ending is None and missing is None:
                raise
            return None, missing or error

    def mark_changed(self, ids: Iterable[str]) -> None:
        """Update after the marks of these papers changed."""
        ids = tuple(ids)
        updated = [self._index.update_mark(paper) for paper in ids]
        changes = [self._facet_index.replace(*each) for each in updated if each]
        if len(changes) < len(updated):
            # Cached results by marks alone may include papers not read yet: these cannot be updated.
            self._cached_engine = None
        elif self._cached_engine is not None:
            self._cached_engine.marks_changed(changes)
        self._cached_completion_data = None
        if self._with_removed is not None and self._with_removed.is_built:
            self._with_removed.mark_changed(ids)

    def reset(self) -> None:
        """Start over after the catalogue changed."""
        if self._cached_index is not None:
            self._cached_index.reset()
        self._clear_caches()
        if self._with_removed is not None:
            self._with_removed.reset()

    def prebuild(self, budget_ms: float) -> bool:
        """Build what later queries need, within a time budget; return whether all is built.

        The modules for queries are imported last, which takes some 30 ms, whatever the budget.
        """
        deadline = perf_counter() + budget_ms / 1000
        is_built = (
            self._index.load(deadline) and self._facet_index.prebuild(deadline) and self._index.prebuild(deadline)
        )
        if is_built:
            import tui.query.partial_query  # noqa: F401, PLC0415 - only the screen needs it

            self._engine()
        return is_built

    @property
    def is_counted(self) -> bool:
        """Whether facet counts are available without reading every paper first."""
        return self._facet_index.is_counted

    def facets(self, result: QueryResult, *, views: bool = False) -> tuple[Facet, ...]:
        """The facets of a result, ignoring its limit.

        Args:
            result: the result.
            views: count the saved views as well, each with a search of its own.
        """
        if (other := self._of(result.executed_query)) is not self:
            return other.facets(result, views=views)
        from tui.query.facet_counts import FacetCounter  # noqa: PLC0415 - only the screen needs it

        counter = FacetCounter(
            result,
            self._facet_index,
            counts=lambda node: self._engine().counts(node, result.today, self._facet_index.key_counts),
            select=lambda node: self._of(node)._engine().select(node, result.today),  # noqa: SLF001 - the same class
        )
        resolve = self._engine().resolve_view if views else None
        return (*counter.facets(), counter.saved_views(self._views(), resolve))

    def still_matching(self, result: QueryResult, ids: Iterable[str]) -> frozenset[str]:
        """Which of these papers match the query of a result with their current marks, ignoring its limit."""
        if isinstance(result.executed_query, MatchAll):
            return frozenset(ids)
        if (other := self._of(result.executed_query)) is not self:
            return other.still_matching(result, ids)
        rows = sorted(row for paper in ids if (row := self._index.row_of(paper)) is not None)
        ids_by_row = self._index.ids
        return frozenset(
            ids_by_row[row] for row in self._engine().filter_rows(result.executed_query, result.today, rows)
        )

    @staticmethod
    def toggle_facet(query: str, field: str, value: str, state: FacetState) -> str:
        """The query text after a facet value was included, excluded or ignored."""
        from tui.query.facet_edit import toggle_facet  # noqa: PLC0415 - only the filter pane needs it

        return toggle_facet(query, field, value, state)

    def completions(self, text: str, cursor: int) -> tuple[Candidate, ...]:
        """The completions at an offset of a query."""
        from tui.query.query_completion import complete  # noqa: PLC0415 - only the screen needs it

        return complete(text, cursor, self.completion_data())

    def explain_terms(self, result: QueryResult) -> tuple[TermEffect, ...]:
        """The terms of a query that must all match, each with its effect on the result."""
        if (other := self._of(result.executed_query)) is not self:
            return other.explain_terms(result)
        from tui.query.empty_result import term_effects  # noqa: PLC0415 - only the screen needs it

        return term_effects(
            result.query, result.executed_query, lambda node: self._engine().select(node, result.today)
        )

    @staticmethod
    def fields() -> tuple[tuple[str, str, str], ...]:
        """The fields of the query language: name, help and an example."""
        from tui.query.fields import FIELDS  # noqa: PLC0415 - only the screen needs it

        return tuple((field.name, field.help, field.example) for field in FIELDS)

    def completion_data(self) -> CompletionData:
        """The values in use that can be completed, the most frequent first."""
        from tui.query.query_completion import CompletionData  # noqa: PLC0415 - only the screen needs it

        if self._cached_completion_data is None:
            facet_index = self._facet_index
            self._cached_completion_data = CompletionData.from_counts(
                facet_index.key_counts, facet_index.spellings, facet_index.authors, self._views()
            )
        return self._cached_completion_data

    @property
    def is_built(self) -> bool:
        """Whether anything was built for a query that has to be updated."""
        return self._cached_index is not None

    def _asks_for_removed(self, text: str) -> bool:
        """Whether a query asks for removed papers; parses it only if it may."""
        views = self._views() if "@" in text else {}
        if not any("removed" in query.lower() for query in (text, *views.values())):
            return False
        from tui.query.removed_papers import text_asks_for_removed  # noqa: PLC0415 - rarely needed

        return text_asks_for_removed(text, views)

    def _of(self, where: Node) -> Search:
        """The search that evaluates a tree: one with the removed papers, if the tree asks for them."""
        if self._with_removed is None or isinstance(where, MatchAll):
            return self
        from tui.query.removed_papers import asks_for_removed  # noqa: PLC0415 - not needed for the first list

        return self._with_removed if asks_for_removed(where) else self

    def _engine(self) -> QueryEngine:
        from tui.query.engine import QueryEngine  # noqa: PLC0415 - not needed for the empty query

        if self._cached_engine is None:
            self._cached_engine = QueryEngine(self._index, self._views, self._duplicates, self._preferences)
        return self._cached_engine
