"""Saved views: names for queries, in the order that the user gave them. Kept with the marks.

Knows no paper and no face.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from tui.errors import ConflictError, NothingMatchedError, QueryError, UsageError
from tui.query.lexer import Scanner
from tui.query.query_parser import parse
from tui.query.syntax_tree import And, Not, Or, ViewRef, to_text
from tui.query.view_expansion import expand_views
from tui.session.mark_totals import VIEWS, read_views
from tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Protocol

    from tui.query.syntax_tree import Node
    from tui.store.store import Plan, ReadValues, Store

    class Commit(Protocol):
        """How a step is taken."""

        def __call__(self, label: str, plan: Plan, *, facts_of: ReadValues) -> object:
            """Take it."""


_LONGEST = 40  # letters of a name
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class SavedViews:
    """The saved views of one library. A name counts as the same whatever its case and accents.

    Args:
        library: the open store.
        commit: changes it, as one step of the history.
        given: views of the settings: queries may name them, and they are changed in the file alone.
        profiles: queries of the export profiles of the settings, by name.
    """

    def __init__(self, library: Store, commit: Commit, given: Mapping[str, str], profiles: Mapping[str, str]) -> None:
        self._library = library
        self._commit = commit
        self._given = given
        self._profiles = profiles

    def all(self) -> Mapping[str, str]:
        """Name and query text of each, in order."""
        return read_views(self._library.get_value(VIEWS))

    @staticmethod
    def reference(name: str) -> str:
        """How a view is written in a query."""
        return to_text(ViewRef(name.removeprefix("@")))

    def save(self, name: str, query: str, seen: Mapping[str, str] | None = None) -> bool:
        """Save a query under a name; one that has the name gives way, and its place.

        Args:
            name: its name.
            query: the query.
            seen: the views as they were when the name was chosen; one of the name that another program saved since
                then stays, and this one gets a number after its name.

        Returns:
            Whether there was one.

        Raises:
            QueryError: the query cannot be understood, names a view that there is not, or refers to this one.
            UsageError: it is no name.
            CannotWriteError, StoreBusyError: nothing was changed.
        """
        name, where = _checked(name), parse(query)
        replaced = False

        def saved(views: Mapping[str, str]) -> Mapping[str, str]:
            nonlocal replaced
            old = self._find(name)
            if seen is not None and old is not None and views[old] not in (query, seen.get(old)):
                return {**views, self._numbered(old): query}
            replaced = old is not None
            if old is None:
                self._not_given(name)
            if old is None and any(fold(mentioned) == fold(name) for mentioned, _ in _mentions(where.where)):
                raise QueryError(f"the view @{name} would refer to itself", 0, "leave it out, or choose another name")
            expand_views(where, {**self._given, **views, **({old: query} if old else {})})
            return {**views, old or name: query}

        self._keep(f"save the view @{name}", saved)
        return replaced

    def rename(self, name: str, new: str) -> None:
        """Give a view another name, also where other views name it.

        Raises:
            NothingMatchedError: there is no such view.
            UsageError: it is no name, or another view has it.
            CannotWriteError, StoreBusyError: nothing was changed.
        """
        new = _checked(new)

        def renamed(views: Mapping[str, str]) -> Mapping[str, str]:
            old, rival = self._found(name), self._find(new)
            if rival is None:
                self._not_given(new)
            elif rival != old:
                raise UsageError(f"there is a view @{rival} already", "choose another name, or delete that one")
            return {new if key == old else key: _renamed(query, old, new) for key, query in views.items()}

        self._keep(f"rename the view @{self._found(name)} to @{new}", renamed)

    def delete(self, name: str, seen: str | None = None) -> None:
        """Delete a view.

        Args:
            name: its name.
            seen: its query as it was when that was chosen.

        Raises:
            ConflictError: another program changed its query since then.
            NothingMatchedError: there is no such view.
            UsageError: another view refers to it.
            CannotWriteError, StoreBusyError: nothing was changed.
        """

        def without(views: Mapping[str, str]) -> Mapping[str, str]:
            gone = self._found(name)
            if seen is not None and views[gone] != seen:
                raise ConflictError(
                    f"another program changed the view @{gone} meanwhile: it is now {views[gone]}",
                    "nothing was deleted",
                )
            left = {key: query for key, query in views.items() if key != gone}
            users = [key for key, query in left.items() if _renamed(query, gone, "") != query]
            if users:
                raise UsageError(f"the view @{users[0]} refers to @{gone}", "change or delete that one first")
            return left

        self._keep(f"delete the view @{self._found(name)}", without)

    def move(self, name: str, place: int) -> None:
        """Put a view at a place, counted from 1; beyond the ends it is put at the end.

        Raises:
            NothingMatchedError: there is no such view.
            CannotWriteError, StoreBusyError: nothing was changed.
        """

        def moved(views: Mapping[str, str]) -> Mapping[str, str]:
            found = self._found(name)
            names = [key for key in views if key != found]
            names.insert(max(place, 1) - 1, found)
            return {key: views[key] for key in names}

        self._keep(f"move the view @{self._found(name)}", moved)

    def stale_references(self, name: str) -> str:
        """Where the settings name a view that was renamed or deleted, as a sentence; empty where they do not."""
        places = [f"the view @{key}" for key, query in self._given.items() if _renamed(query, name, "") != query]
        places += [
            f"the profile {key}" for key, query in self._profiles.items() if _renamed(query, name, "") != query
        ]
        return f"{' and '.join(places)} of the settings still name it: change that file" if places else ""

    def _not_given(self, name: str) -> None:
        if fold(name) in map(fold, self._given):
            raise UsageError(f"the settings give a view @{name}", "choose another name, or change that file")

    def _find(self, name: str) -> str | None:
        wanted = fold(name.strip().removeprefix("@"))
        return next((key for key in self.all() if fold(key) == wanted), None)

    def _numbered(self, name: str) -> str:
        """The first name that no view has, of this one with a number after it."""
        taken = set(map(fold, (*self.all(), *self._given)))
        return next(new for n in count(2) if fold(new := f"{name[: _LONGEST - 4]}-{n}") not in taken)

    def _found(self, name: str) -> str:
        found = self._find(name)
        if found is None:
            self._not_given(name.strip().removeprefix("@"))
            raise NothingMatchedError(f'there is no saved view "{name}"', "`readlist views` lists them")
        return found

    def _keep(self, label: str, change: Callable[[Mapping[str, str]], Mapping[str, str]]) -> None:
        """Change the views as one step, from what they are once no other process can change them."""
        # As pairs: two mappings in different orders are the same.
        self._commit(label, lambda _: {}, facts_of=lambda: {VIEWS: tuple(change(self.all()).items())})


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
        query = query[:place] + to_text(ViewRef(new)) + query[scanner.at :]
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
