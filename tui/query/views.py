"""Saved views inside queries: each ``@name`` gets the syntax tree it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import QueryError
from tui.query.parser import parse
from tui.query.syntax import And, Not, Or, Query, View, ViewRef
from tui.query.values import nearest
from tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.query.syntax import Node


def resolved(query: Query, views: Mapping[str, str]) -> Query:
    """The query with every view looked up.

    A view gives its terms only; where the query is nothing but a view, also the order and the limit, if it has none
    of its own.

    Args:
        query: as parsed.
        views: name to query text.

    Raises:
        QueryError: a view is unknown, refers to itself, or is no query.
    """
    names = {fold(name): name for name in views}
    try:
        where = _resolved(query.where, views, names, ())
    except QueryError as fault:
        named = query.text[fault.position + 1 :].strip('"“”')
        if named and any(key.startswith(fold(named)) for key in names):
            fault.ending = ""  # the name is still being typed
        raise
    if isinstance(query.where, ViewRef):
        whole = resolved(parse(views[names[fold(query.where.name)]]), views)
        return Query(where, query.sort or whole.sort, query.limit or whole.limit, query.text, query.items)
    return Query(where, query.sort, query.limit, query.text, query.items)


def _resolved(node: Node, views: Mapping[str, str], names: Mapping[str, str], within: tuple[str, ...]) -> Node:
    match node:
        case And(parts):
            return And(tuple(_resolved(part, views, names, within) for part in parts))
        case Or(parts):
            return Or(tuple(_resolved(part, views, names, within) for part in parts))
        case Not(part):
            return Not(_resolved(part, views, names, within))
        case ViewRef(written, position):
            return View(written, _looked_up(written, position, views, names, within))
        case _:
            return node


def _looked_up(
    written: str, position: int, views: Mapping[str, str], names: Mapping[str, str], within: tuple[str, ...]
) -> Node:
    """The tree of a view; whatever is wrong in it, the place to point at is its name in the query typed."""
    name = names.get(fold(written))
    if name is None:
        inside = f"in the saved view @{within[-1]}: " if within else ""
        hint = nearest(written, views) if views else "no view has been saved yet"
        raise QueryError(f'{inside}there is no saved view "{written}"', position, hint)
    if name in within:
        round_trip = " → ".join(f"@{each}" for each in (*within[within.index(name) :], name))
        raise QueryError(f"the saved view @{name} refers to itself: {round_trip}", position, "change one of them")
    try:
        where = parse(views[name]).where
    except QueryError as fault:
        raise QueryError(f"in the saved view @{name}: {fault.message}", position, fault.hint) from None
    try:
        return _resolved(where, views, names, (*within, name))
    except QueryError as fault:
        raise QueryError(fault.message, position, fault.hint) from None
