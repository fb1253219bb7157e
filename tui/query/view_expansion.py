"""Expand saved views in queries: each ``@name`` is replaced by its syntax tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import QueryError
from tui.query.query_parser import parse
from tui.query.query_value import Query
from tui.query.syntax_tree import And, Not, Or, View, ViewRef
from tui.query.values import suggest
from tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.query.syntax_tree import Node

_MAX_DEPTH = 20  # views within views; with the nesting of each, evaluation stays below the recursion limit
_MAX_NODES = 2000  # of a query with its expanded views


def expand_views(query: Query, views: Mapping[str, str]) -> Query:
    """Expand every view of a query.

    A view contributes its terms. If the query is nothing but a view, it also contributes its order and limit, unless
    the query has its own.

    Args:
        query: as parsed.
        views: name to query text.

    Raises:
        QueryError: a view is unknown, invalid, or refers to itself.
    """
    expander = _Expander(views)
    try:
        where = expander.expand(query.where)
    except QueryError as error:
        typed = query.text[error.position + 1 :].strip('"“”')
        if typed and expander.may_become(typed):
            error.ending = ""  # the name is still being typed
        raise
    if isinstance(query.where, ViewRef):
        whole = expand_views(parse(expander.text_of(query.where.name)), views)
        return Query(where, query.sort or whole.sort, query.limit or whole.limit, query.text, query.items)
    return Query(where, query.sort, query.limit, query.text, query.items)


class _Expander:
    """Expands the saved views of one query; each is parsed once and shared.

    Args:
        views: name to query text.
    """

    def __init__(self, views: Mapping[str, str]) -> None:
        self._views = views
        self._names = {fold(name): name for name in views}
        self._expanded: dict[str, Node] = {}
        self._sizes: dict[str, int] = {}
        self._open: list[str] = []  # views being expanded, outermost first
        self._size = 0

    def may_become(self, written: str) -> bool:
        """Whether the text is the beginning of a view's name."""
        return any(key.startswith(fold(written)) for key in self._names)

    def text_of(self, written: str) -> str:
        """The query text of an existing view."""
        return self._views[self._names[fold(written)]]

    def expand(self, node: Node) -> Node:
        """The node with every view in it expanded.

        Raises:
            QueryError: a view is unknown, invalid, too large, or refers to itself.
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
                return Not(self.expand(part))
            case ViewRef(written, position):
                return View(written, self._expand_view(written, position))
            case _:
                return node

    def _parts(self, parts: tuple[Node, ...]) -> tuple[Node, ...]:
        """The expanded parts, without repeated views."""
        found: list[Node] = []
        view_names: set[str] = set()
        for part in parts:
            if not isinstance(part, ViewRef) or fold(part.name) not in view_names:
                found.append(self.expand(part))
            if isinstance(part, ViewRef):
                view_names.add(fold(part.name))
        return tuple(found)

    def _expand_view(self, written: str, position: int) -> Node:
        """The tree of a view; errors in it are reported at its name in the query."""
        name = self._names.get(fold(written))
        if name is None:
            prefix = f"in the saved view @{self._open[-1]}: " if self._open else ""
            hint = suggest(written, self._views) if self._views else "there are no saved views yet"
            raise QueryError(f'{prefix}there is no saved view "{written}"', position, hint)
        if name in self._open:
            cycle = " → ".join(f"@{each}" for each in (*self._open[self._open.index(name) :], name))
            raise QueryError(f"the saved view @{name} refers to itself: {cycle}", position, "edit one of them")
        if len(self._open) == _MAX_DEPTH:
            raise QueryError(
                f"saved views are nested more than {_MAX_DEPTH} levels deep", position, "edit one of them"
            )
        before = self._size
        if name in self._expanded:
            self._size += self._sizes[name]
        else:
            self._expanded[name] = self._parse_view(name, position)
            self._sizes[name] = self._size - before
        if self._size > _MAX_NODES:
            message = f"with the saved view @{name}, the query has more than {_MAX_NODES} parts"
            raise QueryError(message, position, "use fewer views in this view")
        return self._expanded[name]

    def _parse_view(self, name: str, position: int) -> Node:
        self._open.append(name)
        try:
            where = parse(self._views[name]).where
        except QueryError as error:
            raise QueryError(f"in the saved view @{name}: {error.message}", position, error.hint) from None
        try:
            return self.expand(where)
        except QueryError as error:
            raise QueryError(error.message, position, error.hint) from None
        finally:
            self._open.pop()
