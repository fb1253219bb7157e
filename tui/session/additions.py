"""Adds papers of which only an identifier is known; ``Fills`` completes them later."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import UsageError
from tui.model.edit import Edit
from tui.session.import_input import ImportText
from tui.text.identifiers import Identifier, parse_identifier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tui.model.change import Change
    from tui.model.paper import Paper
    from tui.session.entries import Entries
    from tui.session.feeds import FetchedFeed
    from tui.session.imports import Imports
    from tui.store.store import Store

_SOURCE = "added"
_EXAMPLES = "examples: 2310.12345, 10.1145/3292500.3330701, https://arxiv.org/abs/2310.12345"


class AddedIdentifiers(NamedTuple):
    """What adding identifiers did.

    Attributes:
        new: ids of the new papers.
        known: identifiers of papers that are already in the list, each with the id of its paper.
        change: the step in the history; None if all were known.
        restored: ids of the papers that the user had removed, and that are in the list again.
    """

    new: tuple[str, ...]
    known: tuple[tuple[str, str], ...]
    change: Change | None
    restored: tuple[str, ...] = ()


def parse_identifiers(texts: Sequence[str]) -> tuple[Identifier, ...]:
    """The distinct identifiers that texts consist of.

    Raises:
        UsageError: a text is no identifier; the message says why.
    """
    found: dict[str, Identifier] = {}
    for text in texts:
        try:
            identifier = parse_identifier(text)
        except ValueError as error:
            raise UsageError(str(error), _EXAMPLES) from None
        found.setdefault(str(identifier).lower(), identifier)
    return tuple(found.values())


class Additions:
    """Adds papers to one reading list.

    Args:
        store: the open store.
        entries: its papers with their marks.
        imports: imports texts.
        mark: applies an edit to papers as one undoable step.
        now: returns the current ISO 8601 UTC instant.
    """

    def __init__(
        self,
        store: Store,
        entries: Entries,
        imports: Imports,
        mark: Callable[[Iterable[str], Edit], Change | None],
        now: Callable[[], str],
    ) -> None:
        self._mark = mark
        self._store = store
        self._entries = entries
        self._imports = imports
        self._now = now

    def add_identifiers(self, texts: Sequence[str]) -> AddedIdentifiers:
        """Add papers by their identifiers, as one undoable step; no link is opened.

        A paper that the user had removed is restored, since it is named now.

        Raises:
            UsageError: a text is no identifier.
            WriteError, StoreBusyError: nothing was changed.
        """
        identifiers = parse_identifiers(texts)
        holders = self._holders()
        held = [(str(each), holders[str(each).lower()]) for each in identifiers if str(each).lower() in holders]
        fresh = [each for each in identifiers if str(each).lower() not in holders]
        removed = self._entries.removed()
        known = tuple((name, paper_id) for name, paper_id in held if paper_id not in removed)
        restored = tuple(dict.fromkeys(paper_id for _, paper_id in held if paper_id in removed))
        if not fresh:
            change = self._mark(restored, Edit(removed=False)) if restored else None
            return AddedIdentifiers((), known, change, restored)
        at = self._now()
        text = "".join(json.dumps(_record(each) | {"added": at}) + "\n" for each in fresh)
        plan = self._imports.plan([ImportText(_SOURCE, text.encode())])
        imported = self._imports.carry_out(plan, restored=restored)
        return AddedIdentifiers(imported.new, known, imported.change, restored)

    def _holders(self) -> dict[str, str]:
        """The identifiers and links of all papers, including removed ones, each with the id of its paper."""
        holders: dict[str, str] = {}
        removed, owner = self._entries.removed(), self._entries.canonical_id
        listed = sorted(self._entries.ids_with_removed(), key=lambda paper_id: paper_id in removed)
        papers = [self._entries.entry(paper_id).paper for paper_id in listed]
        papers += [
            self._store.catalogue.paper(part)
            for part in self._store.marks.merged_ids()
            if part in self._store.catalogue
        ]
        for paper in papers:
            for name in _names(paper):
                holders.setdefault(name.lower(), owner(paper.id))
        return holders

    def add_feed(self, name: str, body: bytes, tags: Sequence[str] = ()) -> FetchedFeed:
        """Add the new papers of a feed, as one undoable step; see ``Feeds.take``."""
        from tui.session.feeds import Feeds  # noqa: PLC0415 - only feeds need their parser

        return Feeds(self._store, self._entries, self._imports, self._now).take(name, body, tags)


def _record(identifier: Identifier) -> dict[str, object]:
    if identifier.eprint:
        return {"eprint": identifier.eprint}
    return {"doi": identifier.doi} if identifier.doi else {"links": [identifier.link]}


def _names(paper: Paper) -> Iterator[str]:
    """What a paper can be added by."""
    if paper.eprint:
        yield f"arxiv:{paper.eprint}"
    if paper.doi:
        yield f"doi:{paper.doi}"
    yield from paper.links
