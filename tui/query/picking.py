"""Facet terms in a query: which stand there, and the text with one added, turned around or taken out.

Only terms of the outermost AND count; what stands in groups is left to the person who wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from tui.index.haystack import folded
from tui.paper.mark import Status
from tui.query.parser import parse
from tui.query.syntax import Everything, Exact, Field, Not, On, Phrase, Word, show_value

if TYPE_CHECKING:
    from tui.query.syntax import Item, Node, Query, Value

State: TypeAlias = Literal["include", "exclude", "ignore"]

# A paper has one of these, or is looked for by one of these: a second choice widens. Elsewhere it narrows.
ONE_OF = frozenset(("status", "cat", "year", "source"))
_STATUSES = frozenset(status.value for status in Status)


@dataclass(frozen=True, slots=True)
class Said:
    """What the query says about one value.

    Attributes:
        key: what it is about, the same however it is written: ``status:read``, ``tag:ml``, ``has:note``.
        wanted: False where papers with it are left out.
        value: as written.
        node: the outermost term.
        item: where that stands in the text.
        alone: every value of the term is of the same group.
    """

    key: str
    wanted: bool
    value: Value
    node: Node
    item: Item
    alone: bool

    @property
    def group(self) -> str:
        """The part of the key before the colon."""
        return self.key.partition(":")[0]


def said_by(query: Query) -> tuple[Said, ...]:
    """What the outermost terms of a query say about facet values."""
    return tuple(said for item in query.items for said in _said_by_item(item))


def same_term(said: str, key: str) -> bool:
    """Whether a key in a query means a facet's key; a category may go by the part behind its dot."""
    return said == key or (key.startswith("cat:") and "." in key and said == f"cat:{key.partition('.')[2]}")


def picked(text: str, field: str, value: str, state: State) -> str:
    """The query text after one facet value was included, excluded or ignored.

    Args:
        text: a query that can be parsed.
        field: the field of a facet.
        value: the value of one of its lines.
        state: what the query shall say about it.

    Raises:
        QueryError: the text is no query.
        ValueError: field and value belong to no facet.
    """
    asked = said_by(parse(f"{field}:{value}"))
    if len(asked) != 1:
        raise ValueError(f"{field}:{value} is no term of a facet")
    query = _without(parse(text), asked[0].key)
    if state == "ignore":
        return query.text
    if state == "exclude":
        return _with(query, f"-{field}:{value}")
    for said in said_by(query):
        if said.group in ONE_OF and said.group == asked[0].group and said.wanted and said.alone:
            return _replaced(query, said.item, _field_text(said.node, extra=value))
    return _with(query, f"{field}:{value}")


def _said_by_item(item: Item) -> list[Said]:
    node = item.node.part if isinstance(item.node, Not) else item.node
    if item.node is None or not isinstance(node, Field):
        return []
    about = [_about(node.name, value) for value in node.values]
    groups = {each and each[0].partition(":")[0] for each in about}
    plain = node is item.node
    return [
        Said(each[0], each[1] is plain, value, item.node, item, alone=len(groups) == 1)
        for each, value in zip(about, node.values, strict=True)
        if each
    ]


def _about(field: str, value: Value) -> tuple[str, bool] | None:
    """Key and sense of ``field:value``, or None where it is no term of a facet."""
    match field, value:
        case (("is" | "status"), Word(text)) if text in _STATUSES:
            return f"status:{text}", True
        case "is", Word("starred"):
            return "is:starred", True
        case "is", Word("untitled"):
            return "has:title", False
        case (("has" | "no"), Word(text)):
            return f"has:{text}", field == "has"
        case (("tag" | "cat"), (Word(text) | Phrase(text))):
            return f"{field}:{folded(text).rstrip('/')}", True
        case "source", Exact(text):
            return f"source:{folded(text)}", True
        case "year", On(date):
            return f"year:{date}", True
        case _:
            return None


def _with(query: Query, term: str) -> str:
    text = query.text.strip()
    if not query.items and not isinstance(query.where, Everything):
        text = f"({text})"
    return f"{text} {term}".lstrip()


def _without(query: Query, key: str) -> Query:
    """The query without a word about the key."""
    for said in said_by(query):
        if same_term(said.key, key):
            rest = _field_text(said.node, without=key)
            text = _replaced(query, said.item, rest) if rest else _cut(query, said.item)
            return _without(parse(text), key)
    return query


def _field_text(node: Node, *, without: str = "", extra: str = "") -> str:
    """A term again, less the values about a key, or with one more value; empty where no value is left."""
    sign, field = ("-", node.part) if isinstance(node, Not) else ("", node)
    assert isinstance(field, Field)  # noqa: S101 - only fields say something about facets
    about = [(_about(field.name, value), value) for value in field.values]
    values = [show_value(value) for each, value in about if each is None or not same_term(each[0], without)]
    if extra:
        values.append(extra)
    return f"{sign}{field.name}:{','.join(values)}" if values else ""


def _replaced(query: Query, item: Item, term: str) -> str:
    return query.text[: item.start] + term + query.text[item.end :]


def _cut(query: Query, item: Item) -> str:
    """The text without one item and without the AND that joined it."""
    place = query.items.index(item)
    if place:
        return query.text[: query.items[place - 1].end] + query.text[item.end :]
    following = query.items[1].start if len(query.items) > 1 else len(query.text)
    return query.text[: item.start] + query.text[following:]
