"""A whole query: its syntax tree, order and limit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.query.sort_key import SortKey
    from tui.query.syntax_tree import Node


class Item(NamedTuple):
    """A part of the outermost AND with its position in the text, so that it can be edited.

    Attributes:
        node: None for ``sort:`` and ``limit:``.
        start: offset of the first character.
        end: offset after the last character.
    """

    node: Node | None
    start: int
    end: int


@dataclass(frozen=True)
class Query:
    """A whole query.

    Attributes:
        where: the tree that papers must match.
        sort: the sort keys, the most significant first.
        limit: the maximum number of papers.
        text: the parsed text.
        items: the parts of the outermost AND; empty if the outermost operator is OR.
    """

    where: Node
    sort: tuple[SortKey, ...] = ()
    limit: int | None = None
    text: str = field(default="", compare=False)
    items: tuple[Item, ...] = field(default=(), compare=False)
