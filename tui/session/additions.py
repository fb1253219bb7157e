"""Adds papers of which only an identifier is known; ``Fills`` completes them later."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import UsageError
from tui.session.import_input import ImportText
from tui.text.identifiers import Identifier, parse_identifier

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.model.change import Change
    from tui.session.entries import Entries
    from tui.session.imports import Imports

_SOURCE = "added"
_EXAMPLES = "examples: 2310.12345, 10.1145/3292500.3330701, https://arxiv.org/abs/2310.12345"


class AddedIdentifiers(NamedTuple):
    """What adding identifiers did.

    Attributes:
        new: ids of the new papers.
        known: identifiers of papers that are in the list already, each with the id of its paper.
        change: the step in the history; None if all were known.
    """

    new: tuple[str, ...]
    known: tuple[tuple[str, str], ...]
    change: Change | None


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
            raise UsageError(
                str(error), "examples: 2310.12345, 10.1145/3292500.3330701, https://arxiv.org/abs/2310.12345"
            ) from None
        found.setdefault(str(identifier).lower(), identifier)
    return tuple(found.values())


def add_identifiers(
    imports: Imports, entries: Entries, identifiers: Sequence[Identifier], now: Callable[[], str]
) -> AddedIdentifiers:
    """Add papers by their identifiers, as one undoable step; no link is opened.

    Raises:
        WriteError, StoreBusyError: nothing was changed.
    """
    holders: dict[str, str] = {}
    for paper_id in entries.ids():
        paper = entries.entry(paper_id).paper
        names = (
            f"arxiv:{paper.eprint}" if paper.eprint else "",
            f"doi:{paper.doi}" if paper.doi else "",
            *paper.links,
        )
        for name in filter(None, names):
            holders.setdefault(name.lower(), paper_id)
    known = [(str(each), holders[str(each).lower()]) for each in identifiers if str(each).lower() in holders]
    fresh = [each for each in identifiers if str(each).lower() not in holders]
    if not fresh:
        return AddedIdentifiers((), tuple(known), None)
    at = now()
    text = "".join(json.dumps(_record(each) | {"added": at}) + "\n" for each in fresh)
    imported = imports.carry_out(imports.plan([ImportText(_SOURCE, text.encode())]))
    return AddedIdentifiers(imported.new, tuple(known), imported.change)


def _record(identifier: Identifier) -> dict[str, object]:
    if identifier.eprint:
        return {"eprint": identifier.eprint}
    return {"doi": identifier.doi} if identifier.doi else {"links": [identifier.link]}
