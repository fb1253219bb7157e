"""Facets: what the papers of a list have in common, counted.

The query text is the only state: what a facet shows as included or excluded is read from the parsed query. A count
says how many papers the list would hold of a value if the query did not speak of it yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.index.search_text import fold_text
from tui.model.mark import Status
from tui.query.facet_terms import ONE_OF, facet_terms, same_facet
from tui.query.frozen import frozen
from tui.query.syntax_tree import (
    Field,
    MatchAll,
    ViewRef,
    conjunction,
    conjuncts,
    text_to_text,
    to_text,
    value_to_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tui.query.facet_edit import FacetState
    from tui.query.facet_index import FacetIndex
    from tui.query.facet_terms import FacetTerm
    from tui.query.result import QueryResult
    from tui.query.syntax_tree import Node


@frozen
class FacetValue:
    """One line of a facet.

    Attributes:
        value: as it is written behind the colon of the facet's field.
        label: as it is shown; a tag in full, ``a`` before ``a/b``.
        count: papers the list would hold of it if the query did not speak of it yet; None where nobody counted.
        state: what the query says about it.
    """

    value: str
    label: str
    count: int | None
    state: FacetState


@frozen
class Facet:
    """One group of values.

    Attributes:
        field: the field that picking one of its values uses.
        title: what the group is called.
        values: in the order shown.
    """

    field: str
    title: str
    values: tuple[FacetValue, ...]


_STATUSES = tuple(status.value for status in Status)
_HAS = ("code", "note", "link", "abstract")
_EXACT = frozenset(("source", "author"))  # elsewhere the plain value is the whole value
_NO = ("tag", "title", "author", "date", "abstract")


class FacetCounter:
    """Counts the facets of one list.

    Args:
        listing: the outermost terms of its query, as typed, decide the states.
        tallied: the counted keys of all rows.
        counts: how many of the rows that a syntax tree matches carry each key.
        select: the rows that a syntax tree matches.
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
        self._said = facet_terms(result.query)
        self._tally = facet_index.key_counts
        self._spellings = facet_index.spellings
        self._counted = counts
        self._known: dict[tuple[int, ...], Mapping[str, int]] = {}  # by the terms left aside
        self._select = select

    def facets(self) -> tuple[Facet, ...]:
        """All groups, in the order of the filter pane; what no paper of the catalogue has is left out."""
        states = [self._value(value, value, f"status:{value}") for value in _STATUSES]
        starred = self._value("starred", "starred", "is:starred")
        return (
            Facet("is", "Status", (*states, starred)),
            self._group("tag", "Tags", sorted(self._keys("tag"), key=lambda key: key.split("/"))),
            self._group("cat", "Categories", sorted(self._keys("cat"), key=self._frequent_first)),
            self._group("year", "Years", sorted(self._keys("year"), reverse=True)),
            Facet("has", "Has", tuple(self._value(name, name, f"has:{name}") for name in _HAS)),
            Facet("no", "Missing", tuple(self._value(name, name, f"no:{name}") for name in _NO)),
            self._group("source", "Pages", sorted(self._keys("source"))),
            self._group("author", "Authors", sorted(self._keys("author"), key=self._frequent_first)),
        )

    def saved_views(self, views: Iterable[str], resolve: Callable[[str], Node | None] | None) -> Facet:
        """The group of saved views.

        Args:
            views: their names.
            looked_up: what a view stands for, None where it is no query; given where they are to be counted.
        """
        values = []
        for name in views:
            said = [there for there in self._said if there.key == f"@:{fold_text(name)}"]
            where = resolve(name) if resolve else None
            left = self._parts_without([there.node for there in said if not there.wanted])
            count = None if where is None else len(self._select(conjunction((*left, where))))
            values.append(
                FacetValue(to_text(ViewRef(name))[1:], name, count, _state([there.wanted for there in said]))
            )
        return Facet("@", "Views", tuple(values))

    def _keys(self, group: str) -> list[str]:
        return [key for key in self._tally.totals if key.startswith(group + ":")]

    def _frequent_first(self, key: str) -> tuple[int, str]:
        return -self._tally.totals[key], key

    def _group(self, group: str, title: str, keys: list[str]) -> Facet:
        values = []
        for key in keys:
            label = self._spellings.get(key) or key.partition(":")[2]
            value = text_to_text(label)
            values.append(self._value(f"={value}" if group in _EXACT else value, label, key))
        strangers = [
            said for said in self._said if said.group == group and not any(same_facet(said.key, key) for key in keys)
        ]
        return Facet(group, title, (*values, *dict.fromkeys(map(self._stranger, strangers))))

    def _value(self, value: str, label: str, key: str) -> FacetValue:
        group, _, name = key.partition(":")
        missing = group == "no"
        about = f"has:{name}" if missing else key
        said = [there for there in self._said if same_facet(there.key, about)]
        state = _state([there.wanted is not missing for there in said])
        return FacetValue(value, label, self._counts(about.partition(":")[0], said).get(key, 0), state)

    def _stranger(self, said: FacetTerm) -> FacetValue:
        """A value that the query names and no paper has under that very name, such as a whole archive."""
        asked = Field(said.group, (said.value,))
        left = self._parts_without(self._spoken(said.group, [said]))
        count = len(self._select(conjunction((*left, asked))))
        return FacetValue(value_to_text(said.value), said.key.partition(":")[2], count, _state([said.wanted]))

    def _counts(self, group: str, said: list[FacetTerm]) -> Mapping[str, int]:
        aside = self._spoken(group, said)
        key = tuple(map(id, aside))
        if key not in self._known:
            node = conjunction(self._parts_without(aside))
            self._known[key] = self._tally.totals if isinstance(node, MatchAll) else self._counted(node)
        return self._known[key]

    def _spoken(self, group: str, said: list[FacetTerm]) -> list[Node]:
        """The terms to leave aside: the whole group's where a paper has one value, else what leaves this one out."""
        if group in ONE_OF:
            return [there.node for there in self._said if there.group == group and there.alone]
        return [there.node for there in said if not there.wanted and there.alone]

    def _parts_without(self, nodes: list[Node]) -> tuple[Node, ...]:
        # A view is looked up in the answered tree, and not yet in what the query says.
        shown = {to_text(node) for node in nodes}
        return tuple(part for part in self._parts if part not in nodes and to_text(part) not in shown)


def _state(wanted: list[bool]) -> FacetState:
    if not wanted:
        return "ignore"
    return "include" if all(wanted) else "exclude"
