"""Takes what a feed announces into the list: new papers, and a tag on papers of the list that were replaced."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source
from tui.model.publication import encode_publication
from tui.session.import_input import ImportText
from tui.sources.arxiv_feed import read_announcement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tui.ingest.record import Record
    from tui.model.change import Change
    from tui.model.paper import Paper
    from tui.session.entries import Entries
    from tui.session.imports import Imports
    from tui.store.store import Store

REPLACED_TAG = "new-version"
# Prefix of the stored values with the day of the last announcement of each feed.
_LAST_DAY = "feed day "


class FetchedFeed(NamedTuple):
    """What a feed brought.

    Attributes:
        name: its name.
        day: ISO 8601 day of the announcement; empty if the feed does not say.
        announced: number of papers in it.
        new: ids of papers that were not in the list.
        replaced: ids of papers of the list that have a new version.
        known: number of announced papers that were already in the list.
        removed: number of announced papers that the user removed; they stay removed.
        last: day of the announcement before; empty if unknown.
        change: the step in the history; None if nothing changed.
    """

    name: str
    day: str
    announced: int
    new: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    known: int = 0
    removed: int = 0
    last: str = ""
    change: Change | None = None


class Feeds:
    """Feeds of one reading list.

    Args:
        store: the open store.
        entries: its papers with their marks.
        imports: imports files.
        now: returns the current ISO 8601 UTC instant.
    """

    def __init__(self, store: Store, entries: Entries, imports: Imports, now: Callable[[], str]) -> None:
        self._store = store
        self._entries = entries
        self._imports = imports
        self._now = now

    def take(self, name: str, body: bytes, tags: Sequence[str] = ()) -> FetchedFeed:
        """Take a feed into the list, as one undoable step.

        Args:
            name: its name.
            body: its bytes.
            tags: for its papers.

        Raises:
            ServiceError: it is damaged, or no feed.
            WriteError, StoreBusyError: nothing was changed.
        """
        announced = read_announcement(body)
        day = str(announced.day or "")
        last = str(self._store.values.get(_LAST_DAY + name) or "")
        known, removed = self._known(self._entries.ids()), self._known(self._entries.removed()).keys()
        records = parse_source(decode_source(name, body)).records
        fresh = {
            record.eprint: _document(record, tags, self._now())
            for record in records
            if record.eprint
            and record.eprint in announced.new
            and record.eprint not in known
            and record.eprint not in removed
        }
        replaced = {eprint: known[eprint] for eprint in sorted(announced.replaced & known.keys())}
        marked = [_marked(self._entries.entry(paper_id).paper) for paper_id in replaced.values()]
        every = announced.new | announced.replaced
        left_out = len(every & (removed - known.keys()))
        fetched = FetchedFeed(name, day, len(every), known=len(every & known.keys()), removed=left_out, last=last)
        lines = [*fresh.values(), *(marked if day != last or not day else ())]
        if lines:
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            source = ImportText(f"{name}-{day or self._now()[:10]}", text.encode("utf-8", "replace"))
            done = self._imports.carry_out(self._imports.plan([source]))
            fetched = fetched._replace(new=done.new, replaced=tuple(replaced.values()), change=done.change)
        if day:
            self._store.values.set(_LAST_DAY + name, day)
        return fetched

    def _known(self, ids: Iterable[str]) -> dict[str, str]:
        """The ids of the papers with an arXiv id, by that."""
        papers = ((paper_id, self._entries.entry(paper_id).paper.eprint) for paper_id in ids)
        return {eprint.lower(): paper_id for paper_id, eprint in papers if eprint}


def _marked(paper: Paper) -> dict[str, Any]:
    """A record that only adds the tag of papers with a new version."""
    return {"id": paper.id, "title": paper.title, "eprint": paper.eprint, "tags": [REPLACED_TAG]}


def _document(record: Record, tags: Sequence[str], added: str) -> dict[str, Any]:
    """A record of a feed in our own JSON."""
    values = {
        "title": record.title,
        "authors": list(record.authors),
        "date": str(record.date or "") or None,
        "category": record.category,
        "links": list(record.links),
        "abstract": record.abstract,
        "eprint": record.eprint,
        "doi": record.doi,
        "publication": encode_publication(record.publication),
        "tags": list(tags),
        "added": added,
    }
    return {name: value for name, value in values.items() if value}
