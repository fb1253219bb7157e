"""Search: from the text of a query to the list that answers it. The one door of this package for the session.

Nothing is built for the empty query. While a query only grows, the search looks at earlier answers alone. Not for
several threads at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from tui.index.rows import Papers, Rows
from tui.index.tally import Tally
from tui.query.complete import Facts
from tui.query.duplicates import look_alikes
from tui.query.explain import corrected, why_empty
from tui.query.facets import FacetCounter, FacetKeys
from tui.query.fields import Moment
from tui.query.match import Matcher
from tui.query.narrowing import narrows
from tui.query.parser import parse
from tui.query.ranking import by_relevance
from tui.query.sorting import arranged
from tui.query.syntax import Everything, SortKey, show_sort
from tui.query.terms import bare_words, shown_words
from tui.query.values import read_sort
from tui.query.views import resolved

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date

    from tui.query.facets import Facet
    from tui.query.syntax import Node, Query

RANKED_AT_MOST = 5_000
_REMEMBERED = 12


class Corpus(Papers, Protocol):
    """What is searched."""

    def views(self) -> Mapping[str, str]:
        """Saved views: name to query text."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The answer to a query.

    Attributes:
        ids: papers, in order.
        query: what was asked, as parsed.
        sort: the order in force, as written behind ``sort:``.
        terms: folded words and phrases to highlight.
        explanation: why the list is empty, or which word was put in the place of a mistyped one; otherwise empty.
        answered: the syntax tree that was answered: views looked up, mistyped words replaced.
        today: the day that relative dates counted from.
    """

    ids: tuple[str, ...]
    query: Query
    sort: str
    terms: tuple[str, ...]
    explanation: str
    answered: Node
    today: date


class Search:
    """Answers queries over one corpus.

    Args:
        corpus: the papers and the saved views; asked only when something is to be found.
        duplicates: the ids of papers that look like another one; by default those with the same title, DOI or
            arXiv number.
    """

    def __init__(self, corpus: Corpus, duplicates: Callable[[], Collection[str]] | None = None) -> None:
        self._corpus = corpus
        self._rows = Rows(corpus)
        self._find_duplicates = duplicates or (lambda: look_alikes(self._rows.entries))
        self._forget()

    def _forget(self) -> None:
        self._answers: dict[tuple[Node, date], Sequence[int]] = {}
        self._keys = FacetKeys()
        self._tally: Tally | None = None
        self._newest: str | None = None
        self._duplicates: Collection[str] | None = None
        self._facts: Facts | None = None

    def find(self, text: str, *, sort: str | None = None, today: date) -> Listing:
        """Answer a query.

        Args:
            text: the query.
            sort: the order for a query that names none; without either, relevance where words are asked for and
                the hits are few enough, otherwise the order of the catalogue.
            today: the day that relative dates count from.

        Raises:
            QueryError: the query cannot be understood; nothing was searched.
        """
        asked = parse(text)
        query = resolved(asked, self._corpus.views()) if not isinstance(asked.where, Everything) else asked
        keys = query.sort or (read_sort(sort) if sort else ())
        where, rows, told = self._answered(query.where, today)
        nearest = self._nearest
        words = bare_words(where, nearest)
        if not keys:
            keys = (SortKey("relevance" if words and len(rows) <= RANKED_AT_MOST else "catalogue"),)
        ids = self._rows.ids
        if keys != (SortKey("catalogue"),):
            rows = self._arranged(rows, keys, words, today)
        found = ids if isinstance(rows, range) else tuple([ids[row] for row in rows])
        return Listing(found[: query.limit], asked, show_sort(keys), shown_words(where, nearest), told, where, today)

    def touch(self, ids: Iterable[str]) -> None:
        """The marks of these papers changed."""
        for paper in ids:
            touched = self._rows.touch(paper)
            if touched and self._tally is not None:
                row, entry = touched
                self._tally.replace(row, self._keys(entry))
        self._answers.clear()
        self._facts = None

    def refill(self) -> None:
        """The catalogue changed."""
        self._rows.refill()
        self._forget()

    def warm(self, budget_ms: float) -> bool:
        """Build ahead for some milliseconds what later queries need; returns whether all is built."""
        return self._rows.warm(perf_counter() + budget_ms / 1000)

    def facets(self, listing: Listing) -> tuple[Facet, ...]:
        """The facets of a list; its limit is left aside."""
        return FacetCounter(
            listing.query,
            listing.answered,
            self._tallied(),
            self._keys.spellings,
            lambda node: self._select(node, listing.today),
        ).facets()

    def facts(self) -> Facts:
        """What completion may offer of this corpus, the most frequent first."""
        if self._facts is None:
            self._facts = Facts.of(self._tallied(), self._keys.spellings, self._rows.entries, self._corpus.views())
        return self._facts

    def _answered(self, where: Node, today: date) -> tuple[Node, Sequence[int], str]:
        rows = self._select(where, today)
        if rows or not self._rows.ids:
            return where, rows, ""

        def select(node: Node) -> Sequence[int]:
            return self._select(node, today)

        better, told = corrected(where, select, self._nearest)
        rows = select(better) if told else rows
        return (better, rows, told) if rows else (where, rows, why_empty(where, select))

    def _select(self, where: Node, today: date) -> Sequence[int]:
        """The rows that match, searched in the fewest rows that can hold them."""
        base: Sequence[int] = range(len(self._rows.ids))
        if isinstance(where, Everything):
            return base
        if (where, today) in self._answers:
            return self._answers[where, today]
        for (answered, day), rows in self._answers.items():
            if day == today and len(rows) < len(base) and narrows(where, answered):
                base = rows
        found = Matcher(self._rows, today, lambda: self._moment(today)).select(where, base)
        if len(self._answers) >= _REMEMBERED:
            del self._answers[next(iter(self._answers))]
        self._answers[where, today] = found
        return found

    def _arranged(self, rows: Sequence[int], keys: Sequence[SortKey], words: Sequence[str], today: date) -> list[int]:
        def relevant(rows: Sequence[int]) -> list[int]:
            return by_relevance(rows, self._rows.hays, words) if words else sorted(rows)

        return arranged(rows, keys, self._rows.entries, seed=today.toordinal(), relevant=relevant)

    def _nearest(self, word: str) -> Mapping[str, int]:
        return self._rows.near(word)

    def _tallied(self) -> Tally:
        if self._tally is None:
            self._tally = Tally([self._keys(entry) for entry in self._rows.entries])
        return self._tally

    def _moment(self, today: date) -> Moment:
        if self._newest is None:
            self._newest = max((entry.paper.added for entry in self._rows.entries), default="")
        return Moment(today.isoformat(), self._newest, self._known_duplicates)

    def _known_duplicates(self) -> Collection[str]:
        if self._duplicates is None:
            self._duplicates = frozenset(self._find_duplicates())
        return self._duplicates
