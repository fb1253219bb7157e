"""When papers were first added. Kept with the marks, because the catalogue can be deleted and rebuilt.

The papers of one import share an instant, so there is one document for each instant and not for each paper. Nothing
is ever removed: a paper that is imported again keeps its first date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tui.model.paper import Paper
    from tui.store.journal_table import JournalTable


def record(table: JournalTable, papers: Iterable[Paper]) -> None:
    """Record when papers were added."""
    known = first_added(table)
    new: dict[str, list[str]] = {}
    for paper in papers:
        if paper.added and paper.added < known.get(paper.id, "~"):
            new.setdefault(paper.added, []).append(paper.id)
    before = {instant: _ids(table.find(instant) or {}) for instant in new}
    table.replace({instant: {"papers": " ".join((*before[instant], *ids))} for instant, ids in new.items()})


def first_added(table: JournalTable) -> dict[str, str]:
    """The ISO 8601 UTC instant each paper was first added at, by id."""
    instants: dict[str, str] = {}
    for document in sorted(table, key=lambda document: document.doc_id, reverse=True):
        instants.update(dict.fromkeys(_ids(document), str(document.doc_id)))
    return instants


def _ids(document: Mapping[str, object]) -> list[str]:
    return str(document.get("papers", "")).split()
