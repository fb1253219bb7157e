"""Facets: the values that papers of a list have in common, counted.

The query text is the only state: whether a value is included or excluded is read from the parsed query. The count
of a value is the number of its papers in the list if the query did not mention it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.index.search_text import fold_text
from tui.model.mark import Status
from tui.query.facet_terms import ONE_OF, facet_terms, same_facet
from tui.query.match_all import MatchAll
from tui.query.syntax_tree import Field, ViewRef, conjunction, conjuncts, text_to_text, to_text, value_to_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tui.query.facet_edit import FacetState
    from tui.query.facet_keys import FacetIndex
    from tui.query.facet_terms import FacetTerm
    from tui.query.result import QueryResult
    from tui.query.syntax_tree import Node


@dataclass(frozen=True)
class FacetValue:
    """One line of a facet.

    Attributes:
        value: as written after the colon of the facet's field.
        label: the text to display; a tag in full, ``a`` before ``a/b``.
        count: papers with it in the list if the query did not mention it; None if not counted.
        state: whether the query includes or excludes it.
    """

    value: str
    label: str
    count: int | None
    state: FacetState


@dataclass(frozen=True)
class Facet:
    """One group of values.

    Attributes:
        field: the field of the terms made from its values.
        title: the name of the group.
        values: in display order.
    """

    field: str
    title: str
    values: tuple[FacetValue, ...]


_STATUSES = tuple(status.value for status in Status)
_HAS = ("code", "pdf", "note", "link", "abstract")
_EXACT = frozenset(("source", "author", "venue"))  # other fields compare the whole value anyway
_NO = ("tag", "title", "author", "date", "abstract")


class FacetCounter:
    """Counts the facets of one result.

    Args:
        result: the outermost terms of its query determine the states.
        facet_index: the facet values of all rows.
        counts: returns the number of rows with each key among those that a tree matches.
        select: returns the rows that a tree matches.
    """

    def __init__(
        self,
        result: QueryResult,
        facet_index: FacetIndex,
        *,
        counts: Callable[[Node], Mapping[str, int]],
        select: Callable[[Node], Sequence[int]],
    ) -> None:
        self._parts = conjuncts(result.executed_query)
        self._terms = facet_terms(result.query)
        self._key_counts = facet_index.key_counts
        self._spellings = facet_index.spellings
        self._count = counts
        self._cache: dict[tuple[int, ...], Mapping[str, int]] = {}  # by the ids of the ignored terms
        self._select = select

    def facets(self) -> tuple[Facet, ...]:
        """All groups, in the order of the filter pane, with the values that any paper has."""
        states = [self._value(value, value, f"status:{value}") for value in _STATUSES]
        starred = self._value("starred", "starred", "is:starred")
        return (
            Facet("is", "Status", (*states, starred)),
            self._group("tag", "Tags", sorted(self._keys("tag"), key=lambda key: key.split("/"))),
            self._group("cat", "Categories", sorted(self._keys("cat"), key=self._frequent_first)),
            self._group("year", "Years", sorted(self._keys("year"), reverse=True)),
            self._group("type", "Types", sorted(self._keys("type"), key=self._frequent_first)),
            self._group("venue", "Venues", sorted(self._keys("venue"), key=self._frequent_first)),
            Facet("has", "Has", tuple(self._value(name, name, f"has:{name}") for name in _HAS)),
            Facet("no", "Missing", tuple(self._value(name, name, f"no:{name}") for name in _NO)),
            self._group("source", "Sources", sorted(self._keys("source"))),
            self._group("author", "Authors", sorted(self._keys("author"), key=self._frequent_first)),
        )

    def saved_views(self, views: Iterable[str], resolve: Callable[[str], Node | None] | None) -> Facet:
        """The group of saved views.

        Args:
            views: their names.
            resolve: returns the tree of a view, None if it is invalid; without it, views are not counted.
        """
        values = []
        for name in views:
            terms = [term for term in self._terms if term.key == f"@:{fold_text(name)}"]
            where = resolve(name) if resolve else None
            rest = self._parts_without([term.node for term in terms if not term.wanted])
            count = None if where is None else len(self._select(conjunction((*rest, where))))
            values.append(
                FacetValue(to_text(ViewRef(name))[1:], name, count, _state([term.wanted for term in terms]))
            )
        return Facet("@", "Views", tuple(values))

    def _keys(self, group: str) -> list[str]:
        return [key for key in self._key_counts.totals if key.startswith(group + ":")]

    def _frequent_first(self, key: str) -> tuple[int, str]:
        return -self._key_counts.totals[key], key

    def _group(self, group: str, title: str, keys: list[str]) -> Facet:
        values = []
        for key in keys:
            label = self._spellings.get(key) or key.partition(":")[2]
            value = text_to_text(label)
            values.append(self._value(f"={value}" if group in _EXACT else value, label, key))
        unlisted = [
            term for term in self._terms if term.group == group and not any(same_facet(term.key, key) for key in keys)
        ]
        return Facet(group, title, (*values, *dict.fromkeys(map(self._unlisted_value, unlisted))))

    def _value(self, value: str, label: str, key: str) -> FacetValue:
        group, _, name = key.partition(":")
        is_missing = group == "no"
        term_key = f"has:{name}" if is_missing else key
        terms = [term for term in self._terms if same_facet(term.key, term_key)]
        state = _state([term.wanted is not is_missing for term in terms])
        return FacetValue(value, label, self._counts(term_key.partition(":")[0], terms).get(key, 0), state)

    def _unlisted_value(self, term: FacetTerm) -> FacetValue:
        """A value of the query that no paper has under that name, such as a whole archive."""
        field = Field(term.group, (term.value,))
        rest = self._parts_without(self._ignored(term.group, [term]))
        count = len(self._select(conjunction((*rest, field))))
        return FacetValue(value_to_text(term.value), term.key.partition(":")[2], count, _state([term.wanted]))

    def _counts(self, group: str, terms: list[FacetTerm]) -> Mapping[str, int]:
        ignored = self._ignored(group, terms)
        key = tuple(map(id, ignored))
        if key not in self._cache:
            node = conjunction(self._parts_without(ignored))
            self._cache[key] = self._key_counts.totals if isinstance(node, MatchAll) else self._count(node)
        return self._cache[key]

    def _ignored(self, group: str, terms: list[FacetTerm]) -> list[Node]:
        """The terms to ignore: all of the group if a second value widens the result, else those that exclude it."""
        if group in ONE_OF:
            return [term.node for term in self._terms if term.group == group and term.alone]
        return [term.node for term in terms if not term.wanted and term.alone]

    def _parts_without(self, nodes: list[Node]) -> tuple[Node, ...]:
        # Views are expanded in the executed tree, but not in the terms of the query.
        texts = {to_text(node) for node in nodes}
        return tuple(part for part in self._parts if part not in nodes and to_text(part) not in texts)


def _state(wanted: list[bool]) -> FacetState:
    if not wanted:
        return "ignore"
    return "include" if all(wanted) else "exclude"
