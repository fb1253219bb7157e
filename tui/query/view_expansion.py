"""Saved views inside queries: each ``@name`` gets the syntax tree it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import QueryError
from tui.query.query_parser import parse
from tui.query.syntax_tree import And, Not, Or, Query, View, ViewRef
from tui.query.values import nearest
from tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.query.syntax_tree import Node

_DEEPEST = 20  # views within views; together with the nesting of each, what can be searched without a stack overflow
_LARGEST = 2000  # words, fields and groups of a query, those of its views counted wherever they are named


def expand_views(query: Query, views: Mapping[str, str]) -> Query:
    """The query with every view looked up.

    A view gives its terms only; where the query is nothing but a view, also the order and the limit, if it has none
    of its own.

    Args:
        query: as parsed.
        views: name to query text.

    Raises:
        QueryError: a view is unknown, refers to itself, or is no query.
    """
    looked_up = _Views(views)
    try:
        where = looked_up.within(query.where)
    except QueryError as fault:
        named = query.text[fault.position + 1 :].strip('"“”')
        if named and looked_up.may_become(named):
            fault.ending = ""  # the name is still being typed
        raise
    if isinstance(query.where, ViewRef):
        whole = expand_views(parse(looked_up.text_of(query.where.name)), views)
        return Query(where, query.sort or whole.sort, query.limit or whole.limit, query.text, query.items)
    return Query(where, query.sort, query.limit, query.text, query.items)


class _Views:
    """The saved views of one query: each is read once, and shared wherever it is named.

    Args:
        views: name to query text.
    """

    def __init__(self, views: Mapping[str, str]) -> None:
        self._views = views
        self._names = {fold(name): name for name in views}
        self._found: dict[str, Node] = {}
        self._sizes: dict[str, int] = {}
        self._open: list[str] = []  # views that are being read, each within the one before
        self._size = 0

    def may_become(self, written: str) -> bool:
        """Whether the name of a view begins so."""
        return any(key.startswith(fold(written)) for key in self._names)

    def text_of(self, written: str) -> str:
        """The query text of a view that there is."""
        return self._views[self._names[fold(written)]]

    def within(self, node: Node) -> Node:
        """The node with every view in it looked up.

        Raises:
            QueryError: a view is unknown, refers to itself, is no query, or comes to too much.
        """
        self._size += 1
        match node:
            case And(parts):
                found = self._parts(parts)
                return And(found) if len(found) > 1 else found[0]
            case Or(parts):
                found = self._parts(parts)
                return Or(found) if len(found) > 1 else found[0]
            case Not(part):
                return Not(self.within(part))
            case ViewRef(written, position):
                return View(written, self._looked_up(written, position))
            case _:
                return node

    def _parts(self, parts: tuple[Node, ...]) -> tuple[Node, ...]:
        """The parts, but for a view that stands among them already: it changes nothing."""
        found: list[Node] = []
        named: set[str] = set()
        for part in parts:
            if not isinstance(part, ViewRef) or fold(part.name) not in named:
                found.append(self.within(part))
            if isinstance(part, ViewRef):
                named.add(fold(part.name))
        return tuple(found)

    def _looked_up(self, written: str, position: int) -> Node:
        """The tree of a view; whatever is wrong in it, the place to point at is its name in the query typed."""
        name = self._names.get(fold(written))
        if name is None:
            inside = f"in the saved view @{self._open[-1]}: " if self._open else ""
            hint = nearest(written, self._views) if self._views else "no view has been saved yet"
            raise QueryError(f'{inside}there is no saved view "{written}"', position, hint)
        if name in self._open:
            round_trip = " → ".join(f"@{each}" for each in (*self._open[self._open.index(name) :], name))
            raise QueryError(f"the saved view @{name} refers to itself: {round_trip}", position, "change one of them")
        if len(self._open) == _DEEPEST:
            raise QueryError(f"saved views name each other more than {_DEEPEST} deep", position, "change one of them")
        before = self._size
        if name in self._found:
            self._size += self._sizes[name]
        else:
            self._found[name] = self._read(name, position)
            self._sizes[name] = self._size - before
        if self._size > _LARGEST:
            fault = f"with the saved view @{name} the query has more than {_LARGEST} parts"
            raise QueryError(fault, position, "let views name fewer others")
        return self._found[name]

    def _read(self, name: str, position: int) -> Node:
        self._open.append(name)
        try:
            where = parse(self._views[name]).where
        except QueryError as fault:
            raise QueryError(f"in the saved view @{name}: {fault.message}", position, fault.hint) from None
        try:
            return self.within(where)
        except QueryError as fault:
            raise QueryError(fault.message, position, fault.hint) from None
        finally:
            self._open.pop()
