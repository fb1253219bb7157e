"""The facet terms in a query.

Only terms of the outermost AND count; terms inside parentheses are ignored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.index.search_text import fold_text
from tui.model.mark import Status
from tui.query.syntax_tree import Exact, Field, Not, OnDate, Phrase, ViewRef, Word

if TYPE_CHECKING:
    from tui.query.query_value import Item, Query
    from tui.query.syntax_tree import Node, Value

# Facets where a second value widens the result, as a paper has (or is found by) one of them. Elsewhere it narrows.
ONE_OF = frozenset(("status", "cat", "year", "type", "venue", "source"))
_STATUSES = frozenset(status.value for status in Status)


@dataclass(frozen=True)
class FacetTerm:
    """One facet value in a query.

    Attributes:
        key: normalised: ``status:read``, ``tag:ml``, ``@:my view``.
        wanted: False if papers with it are excluded.
        value: as written.
        node: the outermost term.
        item: the position of that term in the text.
        alone: all values of the term are of the same group.
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


def facet_terms(query: Query) -> tuple[FacetTerm, ...]:
    """The facet values in the outermost terms of a query."""
    return tuple(term for item in query.items for term in _item_terms(item))


def same_facet(query_key: str, key: str) -> bool:
    """Whether a key in a query means a facet's key; a category may be named by the part after its dot."""
    return query_key == key or (key.startswith("cat:") and "." in key and query_key == f"cat:{key.partition('.')[2]}")


def _item_terms(item: Item) -> list[FacetTerm]:
    node = item.node.part if isinstance(item.node, Not) else item.node
    if item.node is not None and isinstance(node, ViewRef):
        name = f"@:{fold_text(node.name)}"
        return [FacetTerm(name, node is item.node, Phrase(node.name), item.node, item, alone=True)]
    if item.node is None or not isinstance(node, Field):
        return []
    keys = [facet_key(node.name, value) for value in node.values]
    groups = {each and each[0].partition(":")[0] for each in keys}
    is_positive = node is item.node
    return [
        FacetTerm(each[0], each[1] is is_positive, value, item.node, item, alone=len(groups) == 1)
        for each, value in zip(keys, node.values, strict=True)
        if each
    ]


def facet_key(field: str, value: Value) -> tuple[str, bool] | None:
    """Facet key and polarity of ``field:value``, or None if it is not a facet term."""
    match field, value:
        case (("is" | "status"), Word(text)) if text in _STATUSES:
            return f"status:{text}", True
        case "is", Word("starred"):
            return "is:starred", True
        case "is", Word("untitled"):
            return "has:title", False
        case (("has" | "no"), Word(text)):
            return f"has:{text}", field == "has"
        case (("tag" | "cat" | "type"), (Word(text) | Phrase(text))):
            return f"{field}:{fold_text(text).rstrip('/')}", True
        case (("source" | "author" | "venue"), Exact(text)):
            return f"{field}:{fold_text(text)}", True
        case "year", OnDate(date):
            return f"year:{date}", True
        case _:
            return None
