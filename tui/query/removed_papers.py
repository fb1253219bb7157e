"""Detect queries that ask for removed papers: only these are evaluated on removed papers too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import QueryError
from tui.query.query_parser import parse
from tui.query.syntax_tree import And, Field, Not, Or, View, Word
from tui.query.view_expansion import expand_views

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.query.syntax_tree import Node

_REMOVED_FLAG = ("is", Word("removed"))


def text_asks_for_removed(text: str, views: Mapping[str, str]) -> bool:
    """Whether a query asks for removed papers, itself or by a saved view; an invalid query does not.

    Args:
        text: the query.
        views: the saved views, name to query text.
    """
    try:
        return asks_for_removed(expand_views(parse(text), views).where)
    except QueryError:
        return False


def asks_for_removed(node: Node) -> bool:
    """Whether a tree with expanded views has ``is:removed``, even if negated."""
    match node:
        case And(parts) | Or(parts):
            return any(map(asks_for_removed, parts))
        case Not(part) | View(_, part):
            return asks_for_removed(part)
        case Field(name, values):
            return any((name, value) == _REMOVED_FLAG for value in values)
        case _:
            return False
