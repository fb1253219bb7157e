"""When papers were first added. Kept with the marks, because the catalogue can be deleted and rebuilt.

The papers of one import share an instant, so there is one document for each instant and not for each paper. Nothing
is ever removed: a paper that is imported again keeps its first date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.model.paper import Paper
    from tui.store.storage import JournalStorage

TABLE = "added"


def stage(storage: JournalStorage, papers: Iterable[Paper]) -> None:
    """Record in the running transaction when papers were added."""
    known = first_added(storage)
    new: dict[str, list[str]] = {}
    for paper in papers:
        if paper.added and paper.added < known.get(paper.id, "~"):
            new.setdefault(paper.added, []).append(paper.id)
    table = storage.table(TABLE)
    if new:
        before = {instant: str(table.get(instant, {}).get("papers", "")).split() for instant in new}
        storage.stage(
            TABLE, {instant: {"papers": " ".join((*before[instant], *ids))} for instant, ids in new.items()}
        )


def first_added(storage: JournalStorage) -> dict[str, str]:
    """The ISO 8601 UTC instant each paper was first added at, by id."""
    instants: dict[str, str] = {}
    table = storage.table(TABLE)
    for instant in sorted(table, reverse=True):
        instants.update(dict.fromkeys(str(table[instant].get("papers", "")).split(), instant))
    return instants
