"""The text of a query with a facet term added, turned around or taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from tui.query.facet_terms import ONE_OF, facet_key, facet_terms, same_facet
from tui.query.query_parser import parse
from tui.query.syntax_tree import Field, MatchAll, Not, value_to_text

if TYPE_CHECKING:
    from tui.query.syntax_tree import Item, Node, Query

FacetState: TypeAlias = Literal["include", "exclude", "ignore"]


def toggle_facet(text: str, field: str, value: str, state: FacetState) -> str:
    """The query text after one facet value was included, excluded or ignored.

    Args:
        text: a query that can be parsed.
        field: the field of a facet, or ``@`` for saved views.
        value: the value of one of its lines.
        state: what the query shall say about it.

    Raises:
        QueryError: the text is no query.
        ValueError: field and value belong to no facet.
    """
    term = f"@{value}" if field == "@" else f"{field}:{value}"
    asked = facet_terms(parse(term))
    if len(asked) != 1:
        raise ValueError(f"{term} is no term of a facet")
    query = _without(parse(text), asked[0].key)
    if state == "ignore":
        return query.text
    if state == "exclude":
        return _with(query, f"-{term}")
    for said in facet_terms(query):
        if said.group in ONE_OF and said.group == asked[0].group and said.wanted and said.alone:
            return _replaced(query, said.item, _field_text(said.node, extra=value))
    return _with(query, term)


def _with(query: Query, term: str) -> str:
    text = query.text.strip()
    if not query.items and not isinstance(query.where, MatchAll):
        text = f"({text})"
    return f"{text} {term}".lstrip()


def _without(query: Query, key: str) -> Query:
    """The query without a word about the key."""
    for said in facet_terms(query):
        if same_facet(said.key, key):
            rest = _field_text(said.node, without=key)
            text = _replaced(query, said.item, rest) if rest else remove_item(query, said.item)
            return _without(parse(text), key)
    return query


def _field_text(node: Node, *, without: str = "", extra: str = "") -> str:
    """A term again, less the values about a key, or with one more value; empty where no value is left."""
    sign, field = ("-", node.part) if isinstance(node, Not) else ("", node)
    if not isinstance(field, Field):
        return ""  # a saved view, which is a value alone
    topics = [(facet_key(field.name, value), value) for value in field.values]
    values = [value_to_text(value) for each, value in topics if each is None or not same_facet(each[0], without)]
    if extra:
        values.append(extra)
    return f"{sign}{field.name}:{','.join(values)}" if values else ""


def _replaced(query: Query, item: Item, term: str) -> str:
    return query.text[: item.start] + term + query.text[item.end :]


def remove_item(query: Query, item: Item) -> str:
    """The text without one item and without the AND that joined it."""
    place = query.items.index(item)
    if place:
        return query.text[: query.items[place - 1].end] + query.text[item.end :]
    following = query.items[1].start if len(query.items) > 1 else len(query.text)
    return query.text[: item.start] + query.text[following:]
