"""Edit the text of a query: include, exclude or remove a facet value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from tui.query.facet_terms import ONE_OF, facet_key, facet_terms, same_facet
from tui.query.match_all import MatchAll
from tui.query.query_parser import parse
from tui.query.syntax_tree import Field, Not, value_to_text

if TYPE_CHECKING:
    from tui.query.query_value import Item, Query
    from tui.query.syntax_tree import Node

FacetState: TypeAlias = Literal["include", "exclude", "ignore"]


def toggle_facet(text: str, field: str, value: str, state: FacetState) -> str:
    """The query text with one facet value included, excluded or ignored.

    Args:
        text: a valid query.
        field: the field of a facet, or ``@`` for saved views.
        value: one of its values.
        state: the new state of the value.

    Raises:
        QueryError: the text is not a valid query.
        ValueError: the field and value belong to no facet.
    """
    term = f"@{value}" if field == "@" else f"{field}:{value}"
    parsed = facet_terms(parse(term))
    if len(parsed) != 1:
        raise ValueError(f"{term} is not a facet term")
    query = _without(parse(text), parsed[0].key)
    if state == "ignore":
        return query.text
    if state == "exclude":
        return _with(query, f"-{term}")
    for present in facet_terms(query):
        if present.group in ONE_OF and present.group == parsed[0].group and present.wanted and present.alone:
            return _replace_item(query, present.item, _field_text(present.node, extra=value))
    return _with(query, term)


def _with(query: Query, term: str) -> str:
    text = query.text.strip()
    if not query.items and not isinstance(query.where, MatchAll):
        text = f"({text})"
    return f"{text} {term}".lstrip()


def _without(query: Query, key: str) -> Query:
    """The query without any value of the key."""
    for present in facet_terms(query):
        if same_facet(present.key, key):
            rest = _field_text(present.node, without=key)
            text = _replace_item(query, present.item, rest) if rest else remove_item(query, present.item)
            return _without(parse(text), key)
    return query


def _field_text(node: Node, *, without: str = "", extra: str = "") -> str:
    """The text of a term without the values of a key, or with one more value; empty if no value is left."""
    negation, field = ("-", node.part) if isinstance(node, Not) else ("", node)
    if not isinstance(field, Field):
        return ""  # a saved view has one value only
    keys = [(facet_key(field.name, value), value) for value in field.values]
    values = [value_to_text(value) for each, value in keys if each is None or not same_facet(each[0], without)]
    if extra:
        values.append(extra)
    return f"{negation}{field.name}:{','.join(values)}" if values else ""


def _replace_item(query: Query, item: Item, term: str) -> str:
    return query.text[: item.start] + term + query.text[item.end :]


def remove_item(query: Query, item: Item) -> str:
    """The query text without an item and its AND."""
    number = query.items.index(item)
    if number:
        return query.text[: query.items[number - 1].end] + query.text[item.end :]
    following = query.items[1].start if len(query.items) > 1 else len(query.text)
    return query.text[: item.start] + query.text[following:]
