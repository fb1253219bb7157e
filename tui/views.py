"""Saved views: names for queries, in the order that the user gave them. Kept with the marks.

Knows no paper and no face.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.errors import NothingMatchedError, QueryError, UsageError
from tui.marked import VIEWS, read_views
from tui.query.lexer import Scanner
from tui.query.parser import parse
from tui.query.syntax import And, Not, Or, ViewRef, show
from tui.query.views import resolved
from tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tui.library.library import Library
    from tui.query.syntax import Node

_LONGEST = 40  # letters of a name
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Views:
    """The saved views of one library. A name counts as the same whatever its case and accents.

    Args:
        library: the open store.
        given: views of the settings: queries may name them, and they are changed in the file alone.
    """

    def __init__(self, library: Library, given: Mapping[str, str] | None = None) -> None:
        self._library = library
        self._given = given or {}

    def all(self) -> Mapping[str, str]:
        """Name and query text of each, in order."""
        return read_views(self._library.fact(VIEWS))

    @staticmethod
    def reference(name: str) -> str:
        """How a view is written in a query."""
        return show(ViewRef(name.removeprefix("@")))

    def save(self, name: str, query: str) -> bool:
        """Save a query under a name; one that has the name gives way, and its place.

        Returns:
            Whether there was one.

        Raises:
            QueryError: the query cannot be understood, names a view that there is not, or refers to this one.
            UsageError: it is no name.
            CannotWriteError, StoreBusyError: nothing was changed.
        """
        name = _checked(name)
        views = dict(self.all())
        old = self._find(name)
        where = parse(query)
        if old is None and any(fold(mentioned) == fold(name) for mentioned, _ in _mentions(where.where)):
            raise QueryError(f"the view @{name} would refer to itself", 0, "leave it out, or choose another name")
        resolved(where, {**self._given, **views, **({old: query} if old else {})})
        self._keep(views | {old or name: query})
        return old is not None

    def rename(self, name: str, new: str) -> None:
        """Give a view another name, also where other views name it.

        Raises:
            NothingMatchedError: there is no such view.
            UsageError: it is no name, or another view has it.
            CannotWriteError, StoreBusyError: nothing was changed.
        """
        old, new = self._found(name), _checked(new)
        if self._find(new) not in (None, old):
            raise UsageError(f"there is a view @{self._find(new)} already", "choose another name, or delete that one")
        views = {new if key == old else key: query for key, query in self.all().items()}
        self._keep({key: _renamed(query, old, new) for key, query in views.items()})

    def delete(self, name: str) -> None:
        """Delete a view.

        Raises:
            NothingMatchedError: there is no such view.
            UsageError: another view refers to it.
            CannotWriteError, StoreBusyError: nothing was changed.
        """
        gone = self._found(name)
        views = {key: query for key, query in self.all().items() if key != gone}
        users = [key for key, query in views.items() if _renamed(query, gone, "") != query]
        if users:
            raise UsageError(f"the view @{users[0]} refers to @{gone}", "change or delete that one first")
        self._keep(views)

    def move(self, name: str, place: int) -> None:
        """Put a view at a place, counted from 1; beyond the ends it is put at the end.

        Raises:
            NothingMatchedError: there is no such view.
            CannotWriteError, StoreBusyError: nothing was changed.
        """
        moved = self._found(name)
        names = [key for key in self.all() if key != moved]
        names.insert(max(place, 1) - 1, moved)
        self._keep({key: self.all()[key] for key in names})

    def _find(self, name: str) -> str | None:
        wanted = fold(name.strip().removeprefix("@"))
        return next((key for key in self.all() if fold(key) == wanted), None)

    def _found(self, name: str) -> str:
        found = self._find(name)
        if found is None and fold(name.strip().removeprefix("@")) in map(fold, self._given):
            raise UsageError(f"the view @{name.removeprefix('@')} is given in the settings", "change it in that file")
        if found is None:
            raise NothingMatchedError(f'there is no saved view "{name}"', "`readlist views` lists them")
        return found

    def _keep(self, views: Mapping[str, str]) -> None:
        # As pairs: two mappings in different orders are the same.
        self._library.remember(VIEWS, [[name, query] for name, query in views.items()])


def _checked(name: str) -> str:
    name = name.strip().removeprefix("@").strip()
    if not name or len(name) > _LONGEST or _CONTROL.search(name) or '"' in name:
        raise UsageError(
            f"a view is called by 1 to {_LONGEST} letters without quotation marks", "for example: to read this week"
        )
    return name


def _renamed(query: str, old: str, new: str) -> str:
    """A query text with every mention of a view under another name; all other letters stay."""
    try:
        places = [place for name, place in _mentions(parse(query).where) if fold(name) == fold(old)]
    except QueryError:
        return query
    for place in sorted(places, reverse=True):
        scanner = Scanner(query)
        scanner.at = place + 1
        _ = scanner.phrase() if scanner.next == '"' else scanner.bare()
        query = query[:place] + show(ViewRef(new)) + query[scanner.at :]
    return query


def _mentions(node: Node) -> Iterator[tuple[str, int]]:
    """The name of every view in a tree, and where it stands in the text."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _mentions(part)
        case Not(part):
            yield from _mentions(part)
        case ViewRef(name, place):
            yield name, place
