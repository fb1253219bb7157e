"""Saved views: named queries in the user's order, stored with the marks."""

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
    from tui.store.history import Plan, ReadValues
    from tui.store.store import Store

    class Commit(Protocol):
        """Commits one undoable step."""

        def __call__(self, label: str, plan: Plan, *, facts_of: ReadValues) -> object:
            """Commit it."""


_LONGEST = 40  # characters of a name
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class SavedViews:
    """The saved views of one reading list. Names are compared without case and accents.

    Args:
        store: the open store.
        commit: commits one undoable step.
        configured: views of the settings: queries may refer to them, but only the file can change them.
        profiles: queries of the export profiles in the settings, by name.
    """

    def __init__(
        self, store: Store, commit: Commit, configured: Mapping[str, str], profiles: Mapping[str, str]
    ) -> None:
        self._store = store
        self._commit = commit
        self._configured = configured
        self._profiles = profiles

    def all(self) -> Mapping[str, str]:
        """Name and query text of each view, in order."""
        return read_views(self._store.values.get(VIEWS))

    @staticmethod
    def reference(name: str) -> str:
        """The notation of a view in a query."""
        return to_text(ViewRef(name.removeprefix("@")))

    def save(self, name: str, query: str, seen: Mapping[str, str] | None = None) -> bool:
        """Save a query under a name, replacing any view of that name at its position.

        Args:
            name: its name.
            query: the query.
            seen: the views when the name was chosen; if another program has saved a view of that name since then, it
                is kept, and this one gets a number appended to its name.

        Returns:
            Whether a view was replaced.

        Raises:
            QueryError: the query is invalid, refers to an unknown view, or to this one.
            UsageError: the name is invalid.
            WriteError, StoreBusyError: nothing was changed.
        """
        name, where = _validate_name(name), parse(query)
        replaced = False

        def save(views: Mapping[str, str]) -> Mapping[str, str]:
            nonlocal replaced
            old = self._find(name)
            if seen is not None and old is not None and views[old] not in (query, seen.get(old)):
                return {**views, self._numbered(old): query}
            replaced = old is not None
            if old is None:
                self._refuse_configured(name)
            if old is None and any(fold(referenced) == fold(name) for referenced, _ in _references(where.where)):
                raise QueryError(
                    f"the view @{name} would refer to itself", 0, "remove the reference, or choose another name"
                )
            expand_views(where, {**self._configured, **views, **({old: query} if old else {})})
            return {**views, old or name: query}

        self._change_views(f"save the view @{name}", save)
        return replaced

    def rename(self, name: str, new: str) -> None:
        """Rename a view, and update the queries of other views.

        Raises:
            NothingMatchedError: there is no such view.
            UsageError: the name is invalid, or another view has it.
            WriteError, StoreBusyError: nothing was changed.
        """
        new = _validate_name(new)

        def rename(views: Mapping[str, str]) -> Mapping[str, str]:
            old, rival = self._existing_name(name), self._find(new)
            if rival is None:
                self._refuse_configured(new)
            elif rival != old:
                raise UsageError(f"a view named @{rival} already exists", "choose another name, or delete that view")
            return {new if key == old else key: _renamed(query, old, new) for key, query in views.items()}

        self._change_views(f"rename the view @{self._existing_name(name)} to @{new}", rename)

    def delete(self, name: str, seen: str | None = None) -> None:
        """Delete a view.

        Args:
            name: its name.
            seen: its query when the user decided to delete it.

        Raises:
            ConflictError: another program changed its query since then.
            NothingMatchedError: there is no such view.
            UsageError: another view refers to it.
            WriteError, StoreBusyError: nothing was changed.
        """

        def delete(views: Mapping[str, str]) -> Mapping[str, str]:
            deleted = self._existing_name(name)
            if seen is not None and views[deleted] != seen:
                raise ConflictError(
                    f"another program changed the view @{deleted} to {views[deleted]}",
                    "nothing was deleted",
                )
            left = {key: query for key, query in views.items() if key != deleted}
            users = [key for key, query in left.items() if _renamed(query, deleted, "") != query]
            if users:
                raise UsageError(f"the view @{users[0]} refers to @{deleted}", "change or delete that view first")
            return left

        self._change_views(f"delete the view @{self._existing_name(name)}", delete)

    def move(self, name: str, position: int) -> None:
        """Move a view to a position, counted from 1; positions out of range are clamped.

        Raises:
            NothingMatchedError: there is no such view.
            WriteError, StoreBusyError: nothing was changed.
        """

        def move(views: Mapping[str, str]) -> Mapping[str, str]:
            found = self._existing_name(name)
            names = [key for key in views if key != found]
            names.insert(min(max(position, 1), len(views)) - 1, found)
            return {key: views[key] for key in names}

        self._change_views(f"move the view @{self._existing_name(name)}", move)

    def stale_references(self, name: str) -> str:
        """A message if the settings still refer to a view that was renamed or deleted; else empty."""
        places = [f"the view @{key}" for key, query in self._configured.items() if _renamed(query, name, "") != query]
        places += [
            f"the profile {key}" for key, query in self._profiles.items() if _renamed(query, name, "") != query
        ]
        return f"the settings still refer to it in {' and '.join(places)}" if places else ""

    def _refuse_configured(self, name: str) -> None:
        if fold(name) in map(fold, self._configured):
            raise UsageError(f"the settings define a view @{name}", "choose another name, or edit the settings")

    def _find(self, name: str) -> str | None:
        wanted = fold(name.strip().removeprefix("@"))
        return next((key for key in self.all() if fold(key) == wanted), None)

    def _numbered(self, name: str) -> str:
        """The first unused name made of this one and a number."""
        taken = set(map(fold, (*self.all(), *self._configured)))
        return next(new for n in count(2) if fold(new := f"{name[: _LONGEST - 4]}-{n}") not in taken)

    def _existing_name(self, name: str) -> str:
        found = self._find(name)
        if found is None:
            self._refuse_configured(name.strip().removeprefix("@"))
            raise NothingMatchedError(f'there is no saved view "{name}"', "`readlist views` lists all views")
        return found

    def _change_views(self, label: str, change: Callable[[Mapping[str, str]], Mapping[str, str]]) -> None:
        """Change the views as one step, reading them under the write lock."""
        # Stored as pairs, because mappings that differ only in their order are equal.
        self._commit(label, lambda _: {}, facts_of=lambda: {VIEWS: tuple(change(self.all()).items())})


def _validate_name(name: str) -> str:
    name = name.strip().removeprefix("@").strip()
    if not name or len(name) > _LONGEST or _CONTROL.search(name) or '"' in name:
        raise UsageError(
            f"a view name must have 1 to {_LONGEST} characters and no quotation marks",
            "for example to-read",
        )
    return name


def _renamed(query: str, old: str, new: str) -> str:
    """A query text with every reference to a view renamed; the rest is unchanged."""
    try:
        places = [place for name, place in _references(parse(query).where) if fold(name) == fold(old)]
    except QueryError:
        return query
    for place in sorted(places, reverse=True):
        scanner = Scanner(query)
        scanner.at = place + 1
        _ = scanner.phrase() if scanner.next == '"' else scanner.bare_word()
        query = query[:place] + to_text(ViewRef(new)) + query[scanner.at :]
    return query


def _references(node: Node) -> Iterator[tuple[str, int]]:
    """The name of every view in a syntax tree, and its position in the text."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _references(part)
        case Not(part):
            yield from _references(part)
        case ViewRef(name, place):
            yield name, place
