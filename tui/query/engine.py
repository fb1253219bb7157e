"""Evaluates queries, with a cache.

A refined query searches the rows of a cached result only. Not thread-safe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import QueryError
from tui.query.empty_result import correct_spelling, explain_empty
from tui.query.fields import EvalContext
from tui.query.identifiers import or_citation_keys
from tui.query.match import Matcher
from tui.query.match_all import MatchAll
from tui.query.query_parser import parse
from tui.query.query_words import bare_words, highlight_words, is_uncacheable
from tui.query.ranking import by_relevance
from tui.query.refinement import narrows, residual
from tui.query.result import NO_EXPLANATION, Explanation, QueryResult
from tui.query.result_cache import ResultCache
from tui.query.sort_key import SortKey, sort_to_text
from tui.query.sorting import sort_rows
from tui.query.syntax_tree import ViewRef, to_text
from tui.query.values import parse_sort
from tui.query.view_expansion import expand_views

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from tui.index.facet_key_counts import KeyChange, KeyCounts
    from tui.index.search_index import SearchIndex
    from tui.query.sorting import Key
    from tui.query.syntax_tree import Node

MAX_RANKED = 2_000
_NOTHING_LEARNED = Explanation(
    "not enough decisions to learn from yet: keep at least three papers and skip at least three"
)
_MAX_UPDATES = 500  # changed marks; above that, clearing the cache is faster


class QueryEngine:
    """Evaluates queries on the papers of one catalogue.

    Args:
        index: the papers.
        views: returns the saved views, name to query text; called for every query.
        duplicates: returns the ids of possible duplicates; by default the papers with the same title, DOI or arXiv
            number as another one.
        preferences: returns the preference score of each paper by id; empty if unknown.
    """

    def __init__(
        self,
        index: SearchIndex,
        views: Callable[[], Mapping[str, str]],
        duplicates: Callable[[], Collection[str]] | None,
        preferences: Callable[[], Mapping[str, float]],
    ) -> None:
        self._index = index
        self._views = views
        self._preferences = preferences
        self._find_duplicates = duplicates
        self._cache = ResultCache()
        self._sort_keys: dict[tuple[str, int], dict[int, Key]] = {}
        self._latest: str | None = None
        self._duplicates: Collection[str] | None = None

    def find(self, text: str, sort: str | None, today: date) -> QueryResult:
        """Evaluate a query.

        Args:
            text: the query.
            sort: the order of a query without its own.
            today: the date that relative dates refer to.

        Raises:
            QueryError: the query is invalid.
        """
        parsed = parse(text)
        query = expand_views(parsed, self._views()) if not isinstance(parsed.where, MatchAll) else parsed
        keys = query.sort or (parse_sort(sort) if sort else ())
        where, rows, explanation = self._cached_result(query.where, today)
        similar_words = self._index.similar_words
        words = bare_words(where, similar_words)
        if not keys:
            keys = (SortKey("relevance" if words and len(rows) <= MAX_RANKED else "catalogue"),)
        ids = self._index.ids
        if keys != (SortKey("catalogue"),):
            rows = self._sorted_rows(rows, keys, words, today)
        if any(key.name == "foryou" for key in keys) and rows and not self._preferences():
            explanation = explanation if explanation.text else _NOTHING_LEARNED
        found = ids if isinstance(rows, range) else tuple([ids[row] for row in rows])
        return QueryResult(
            found[: query.limit],
            parsed,
            sort_to_text(keys),
            highlight_words(where, similar_words),
            explanation,
            where,
            today,
        )

    def select(self, where: Node, today: date) -> Sequence[int]:
        """The rows that match, searched in the smallest cached result that contains them."""
        base: Sequence[int] = range(len(self._index.ids))
        if isinstance(where, MatchAll):
            return base
        cached = self._cache.get((where, today))
        if cached is not None:
            return cached
        base_query: Node = MatchAll()
        for (query, day), rows in self._cache:  # of equal sizes the newest, which was probably typed just before
            if day == today and len(rows) <= len(base) and narrows(where, query):
                base, base_query = rows, query
        rest = residual(where, base_query)
        found = list(self.filter_rows(rest, today, base))
        self._cache.put((where, today), found)
        return found

    def filter_rows(self, where: Node, today: date, rows: Sequence[int]) -> Sequence[int]:
        """The rows among these that match."""
        return Matcher(self._index, today, lambda: self._context(today)).select(where, rows)

    def counts(self, where: Node, today: date, key_counts: KeyCounts) -> Mapping[str, int]:
        """The number of matching rows with each key."""
        if isinstance(where, MatchAll):
            return key_counts.totals
        self.select(where, today)
        return self._cache.counts((where, today), key_counts)

    def resolve_view(self, name: str) -> Node | None:
        """The syntax tree of a saved view, or None if it is invalid."""
        try:
            return expand_views(parse(to_text(ViewRef(name))), self._views()).where
        except QueryError:
            return None

    def marks_changed(self, changes: Sequence[KeyChange]) -> None:
        """Update cached results after the marks of some papers changed."""
        for sort_keys in self._sort_keys.values():
            for change in changes:
                sort_keys.pop(change.row, None)
        if len(changes) > _MAX_UPDATES:
            self._cache.clear()
        self._cache.drop(lambda key: is_uncacheable(key[0]))
        self._cache.update(changes, lambda key, rows: self.filter_rows(*key, rows))

    def _cached_result(self, where: Node, today: date) -> tuple[Node, Sequence[int], Explanation]:
        rows = self.select(where, today)
        if rows or not self._index.ids:
            return where, rows, NO_EXPLANATION
        with_keys = or_citation_keys(where)
        rows = self.select(with_keys, today)
        if rows:
            return with_keys, rows, NO_EXPLANATION

        def select(node: Node) -> Sequence[int]:
            return self.select(node, today)

        corrected, explanation = correct_spelling(where, select, self._index.similar_words)
        rows = select(corrected) if explanation.is_correction else rows
        return (corrected, rows, explanation) if rows else (where, rows, explain_empty(where, select))

    def _sorted_rows(
        self, rows: Sequence[int], keys: Sequence[SortKey], words: Sequence[str], today: date
    ) -> list[int]:
        def sort_by_relevance(rows: Sequence[int]) -> list[int]:
            return by_relevance(rows, self._index.texts_of(rows), words) if words else sorted(rows)

        def sort_by_preference(rows: Sequence[int]) -> list[int]:
            scores, ids = self._preferences(), self._index.ids
            return sorted(rows, key=lambda row: (-scores.get(ids[row], 0.0), row))

        seed, ranked = today.toordinal(), {"relevance": sort_by_relevance, "foryou": sort_by_preference}
        return sort_rows(rows, keys, self._index.entries_of(rows), seed=seed, ranked=ranked, cache=self._sort_keys)

    def _context(self, today: date) -> EvalContext:
        return EvalContext(today.isoformat(), self._latest_import, self._duplicate_ids)

    def _latest_import(self) -> str:
        if self._latest is None:
            self._latest = max((entry.paper.added for entry in self._index.entries), default="")
        return self._latest

    def _duplicate_ids(self) -> Collection[str]:
        if self._duplicates is None:
            from tui.query.duplicate_ids import duplicate_ids  # noqa: PLC0415 - few queries ask for duplicates

            found = self._find_duplicates() if self._find_duplicates else duplicate_ids(self._index.entries)
            self._duplicates = frozenset(found)
        return self._duplicates
