"""What a query says about facet values.

Only terms of the outermost AND count; what stands in groups is left to the person who wrote it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.index.search_text import fold_text
from tui.model.mark import Status
from tui.query.frozen import frozen
from tui.query.syntax_tree import Exact, Field, Not, OnDate, Phrase, ViewRef, Word

if TYPE_CHECKING:
    from tui.query.syntax_tree import Item, Node, Query, Value

# A paper has one of these, or is looked for by one of these: a second choice widens. Elsewhere it narrows.
ONE_OF = frozenset(("status", "cat", "year", "source"))
_STATUSES = frozenset(status.value for status in Status)


@frozen
class FacetTerm:
    """What the query says about one value.

    Attributes:
        key: what it is about, the same however it is written: ``status:read``, ``tag:ml``, ``@:my view``.
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


def facet_terms(query: Query) -> tuple[FacetTerm, ...]:
    """What the outermost terms of a query say about facet values."""
    return tuple(said for item in query.items for said in _said_by_item(item))


def same_facet(said: str, key: str) -> bool:
    """Whether a key in a query means a facet's key; a category may go by the part behind its dot."""
    return said == key or (key.startswith("cat:") and "." in key and said == f"cat:{key.partition('.')[2]}")


def _said_by_item(item: Item) -> list[FacetTerm]:
    node = item.node.part if isinstance(item.node, Not) else item.node
    if item.node is not None and isinstance(node, ViewRef):
        name = f"@:{fold_text(node.name)}"
        return [FacetTerm(name, node is item.node, Phrase(node.name), item.node, item, alone=True)]
    if item.node is None or not isinstance(node, Field):
        return []
    topics = [facet_key(node.name, value) for value in node.values]
    groups = {each and each[0].partition(":")[0] for each in topics}
    plain = node is item.node
    return [
        FacetTerm(each[0], each[1] is plain, value, item.node, item, alone=len(groups) == 1)
        for each, value in zip(topics, node.values, strict=True)
        if each
    ]


def facet_key(field: str, value: Value) -> tuple[str, bool] | None:
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
            return f"{field}:{fold_text(text).rstrip('/')}", True
        case (("source" | "author"), Exact(text)):
            return f"{field}:{fold_text(text)}", True
        case "year", OnDate(date):
            return f"year:{date}", True
        case _:
            return None
