"""Answers to queries that ask for something: words, fields, an order. ``search`` brings it in with the first of them.

While a query only grows, earlier answers alone are searched. Not for several threads at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import QueryError
from tui.index.search_text import fold_text
from tui.query.duplicate_ids import duplicate_ids
from tui.query.empty_result import correct_spelling, explain_empty
from tui.query.fields import EvalContext
from tui.query.incremental_search import IncrementalSearch
from tui.query.match import Matcher
from tui.query.query_parser import parse
from tui.query.query_words import bare_words, highlight_words, is_uncacheable
from tui.query.ranking import by_relevance
from tui.query.refinement import narrows, residual
from tui.query.result import QueryResult
from tui.query.result_cache import ResultCache
from tui.query.sorting import sort_rows
from tui.query.syntax_tree import MatchAll, Phrase, SortKey, ViewRef, Word, sort_to_text, to_text
from tui.query.values import parse_sort
from tui.query.view_expansion import expand_views

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from tui.index.key_counts import KeyChange, KeyCounts
    from tui.index.search_index import SearchIndex
    from tui.query.sorting import Key
    from tui.query.syntax_tree import Node

RANKED_AT_MOST = 2_000
_NOTHING_LEARNED = "nothing to learn an order from yet: keep and skip three papers or more of each"
_FEW = 500  # marks; more of them in one gesture are quicker asked afresh


class QueryEngine:
    """Answers queries over the rows of one catalogue.

    Args:
        rows: the papers, with what is derived from them.
        views: the saved views, name to query text; asked anew for every query.
        duplicates: the ids of papers that look like another one; by default those with the same title, DOI or
            arXiv number.
        liking: how far each paper is liked, by its id; nothing where that is not known.
    """

    def __init__(
        self,
        rows: SearchIndex,
        views: Callable[[], Mapping[str, str]],
        duplicates: Callable[[], Collection[str]] | None,
        preferences: Callable[[], Mapping[str, float]],
    ) -> None:
        self._rows = rows
        self._views = views
        self._liking = preferences
        self._find_duplicates = duplicates or (lambda: duplicate_ids(rows.entries))
        self._answers = ResultCache()
        self._typed = IncrementalSearch()
        self._compared: dict[tuple[str, int], dict[int, Key]] = {}
        self._newest: str | None = None
        self._duplicates: Collection[str] | None = None

    def find(self, text: str, sort: str | None, today: date) -> QueryResult:
        """Answer a query.

        Args:
            text: the query.
            sort: the order for a query that names none.
            today: the day that relative dates count from.

        Raises:
            QueryError: the query cannot be understood; nothing was searched.
        """
        asked = parse(text)
        query = expand_views(asked, self._views()) if not isinstance(asked.where, MatchAll) else asked
        keys = query.sort or (parse_sort(sort) if sort else ())
        where, rows, told = self._cached_result(query.where, today)
        nearest = self._rows.similar_words
        words = bare_words(where, nearest)
        if not keys:
            keys = (SortKey("relevance" if words and len(rows) <= RANKED_AT_MOST else "catalogue"),)
        ids = self._rows.ids
        if keys != (SortKey("catalogue"),):
            rows = self._sorted_rows(rows, keys, words, today)
        if any(key.name == "foryou" for key in keys) and rows and not self._liking():
            told = told or _NOTHING_LEARNED
        found = ids if isinstance(rows, range) else tuple([ids[row] for row in rows])
        return QueryResult(
            found[: query.limit], asked, sort_to_text(keys), highlight_words(where, nearest), told, where, today
        )

    def select(self, where: Node, today: date) -> Sequence[int]:
        """The rows that match, searched in the fewest rows that can hold them."""
        base: Sequence[int] = range(len(self._rows.ids))
        if isinstance(where, MatchAll):
            return base
        known = self._answers.get((where, today))
        if known is not None:
            return known
        said: Node = MatchAll()
        for (answered, day), rows in self._answers:  # of two as short, the later one is what was typed just before
            if day == today and len(rows) <= len(base) and narrows(where, answered):
                base, said = rows, answered
        rest = residual(where, said)
        if isinstance(rest, Word | Phrase) and (term := fold_text(rest.text)):
            hays = self._rows.texts_of(base)
            found = self._typed.find(term, self._rows.numbers if isinstance(base, range) else base, hays)
        else:
            found = list(self.filter_rows(rest, today, base))
        self._answers.put((where, today), found)
        return found

    def filter_rows(self, where: Node, today: date, rows: Sequence[int]) -> Sequence[int]:
        """The rows among some that match."""
        return Matcher(self._rows, today, lambda: self._moment(today)).select(where, rows)

    def counts(self, where: Node, today: date, tally: KeyCounts) -> Mapping[str, int]:
        """How many of the rows that match carry each key."""
        if isinstance(where, MatchAll):
            return tally.totals
        self.select(where, today)
        return self._answers.counts((where, today), tally)

    def resolve_view(self, name: str) -> Node | None:
        """What a saved view stands for, or None where it is no query."""
        try:
            return expand_views(parse(to_text(ViewRef(name))), self._views()).where
        except QueryError:
            return None

    def marks_changed(self, changes: Sequence[KeyChange]) -> None:
        """Set the answers right where the marks of some papers changed."""
        self._typed.reset()
        for compared in self._compared.values():
            for turn in changes:
                compared.pop(turn.row, None)
        if len(changes) > _FEW:
            self._answers.clear()
        self._answers.drop(lambda question: is_uncacheable(question[0]))
        self._answers.update(changes, lambda question, rows: self.filter_rows(*question, rows))

    def _cached_result(self, where: Node, today: date) -> tuple[Node, Sequence[int], str]:
        rows = self.select(where, today)
        if rows or not self._rows.ids:
            return where, rows, ""

        def select(node: Node) -> Sequence[int]:
            return self.select(node, today)

        better, told = correct_spelling(where, select, self._rows.similar_words)
        rows = select(better) if told else rows
        return (better, rows, told) if rows else (where, rows, explain_empty(where, select))

    def _sorted_rows(
        self, rows: Sequence[int], keys: Sequence[SortKey], words: Sequence[str], today: date
    ) -> list[int]:
        def relevant(rows: Sequence[int]) -> list[int]:
            return by_relevance(rows, self._rows.texts_of(rows), words) if words else sorted(rows)

        def liked(rows: Sequence[int]) -> list[int]:
            scores, ids = self._liking(), self._rows.ids
            return sorted(rows, key=lambda row: (-scores.get(ids[row], 0.0), row))

        seed, ranked = today.toordinal(), {"relevance": relevant, "foryou": liked}
        return sort_rows(rows, keys, self._rows.entries_of(rows), seed=seed, ranked=ranked, cache=self._compared)

    def _moment(self, today: date) -> EvalContext:
        return EvalContext(today.isoformat(), self._known_newest, self._known_duplicates)

    def _known_newest(self) -> str:
        if self._newest is None:
            self._newest = max((entry.paper.added for entry in self._rows.entries), default="")
        return self._newest

    def _known_duplicates(self) -> Collection[str]:
        if self._duplicates is None:
            self._duplicates = frozenset(self._find_duplicates())
        return self._duplicates
