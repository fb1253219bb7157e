"""What a marked paper was, in a few words, kept beside its mark, which finds the paper again without the catalogue.

The catalogue can be deleted and a page can go or be retitled; together they would leave a mark that belongs to
nothing. Must not know how a paper is found again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.paper.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.library.catalogue import Catalogue
    from tui.library.checkpoint import Document
    from tui.library.storage import JournalStorage

TABLE = "known"
_WORDS = 20


def stage(storage: JournalStorage, catalogue: Catalogue, marks: Mapping[str, Document | None]) -> None:
    """Bring the running transaction in step with the marks of some papers; of a paper that is gone it stays as it is.

    Args:
        storage: the store.
        catalogue: the papers.
        marks: the papers whose mark or whose text changed, each with its mark, None where it has none any more.
    """
    known = storage.table(TABLE)
    changes: dict[str, Document | None] = {}
    for paper_id, mark in marks.items():
        old = known.get(paper_id)
        new = old if paper_id not in catalogue else _document(catalogue.paper(paper_id))
        if mark is None:
            new = None
        if new != old:
            changes[paper_id] = new
    if changes:
        storage.stage(TABLE, changes)


def papers(storage: JournalStorage) -> tuple[Paper, ...]:
    """The marked papers as far as they are remembered: id, title and the beginning of the abstract."""
    return tuple(_paper(paper_id, document) for paper_id, document in storage.table(TABLE).items())


def _document(paper: Paper) -> Document:
    words = (paper.abstract or "").split(maxsplit=_WORDS)[:_WORDS]
    return {"title": paper.title} | ({"begins": " ".join(words)} if words else {})


def _paper(paper_id: str, document: Mapping[str, Any]) -> Paper:
    title, begins = str(document.get("title") or ""), str(document.get("begins") or "")
    cut = len(begins.split()) == _WORDS
    return Paper(paper_id, title=title or None, abstract=f"{begins} …" if cut else begins or None)
