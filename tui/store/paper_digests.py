"""A digest of each marked paper, kept with its mark, to find the paper again without the catalogue.

The catalogue can be deleted, and a source can be removed or change its titles; both together would leave a mark
without a paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.model.paper import Paper
from tui.model.partial_date import PartialDate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.store.catalogue import Catalogue
    from tui.store.checkpoint import Document
    from tui.store.storage import JournalStorage

TABLE = "known"
_WORDS = 20
_AUTHORS = 20


def stage(storage: JournalStorage, catalogue: Catalogue, marks: Mapping[str, Document | None]) -> None:
    """Update the digests of some papers in the running transaction. Digests of papers that are gone are kept.

    Args:
        storage: the store.
        catalogue: the papers.
        marks: the papers whose mark or text changed, each with its mark, or None if it has no mark any more.
    """
    known = storage.table(TABLE)
    changes: dict[str, Document | None] = {}
    for paper_id, mark in marks.items():
        old = known.get(paper_id)
        new = old if paper_id not in catalogue else _encode(catalogue.paper(paper_id))
        if mark is None:
            new = None
        if new != old:
            changes[paper_id] = new
    if changes:
        storage.stage(TABLE, changes)


def papers(storage: JournalStorage) -> tuple[Paper, ...]:
    """The marked papers as far as their digests go: id, title and the beginning of the abstract."""
    return tuple(_decode(paper_id, document) for paper_id, document in storage.table(TABLE).items())


def _encode(paper: Paper) -> Document:
    words = (paper.abstract or "").split(maxsplit=_WORDS)[:_WORDS]
    document: Document = {"title": paper.title}
    if words:
        document["begins"] = " ".join(words)
    # Without an abstract, these distinguish papers with the same title.
    else:
        fields = {"doi": paper.doi, "eprint": paper.eprint, "date": paper.date and str(paper.date)}
        document |= {name: value for name, value in fields.items() if value}
        document |= {"authors": list(paper.authors[:_AUTHORS])} if paper.authors else {}
    return document


def _decode(paper_id: str, document: Mapping[str, Any]) -> Paper:
    title, begins = str(document.get("title") or ""), str(document.get("begins") or "")
    is_cut = len(begins.split()) == _WORDS
    authors = document.get("authors")
    return Paper(
        paper_id,
        title=title or None,
        authors=tuple(map(str, authors)) if isinstance(authors, list | tuple) else (),
        date=_parse_date(document.get("date")),
        abstract=f"{begins} …" if is_cut else begins or None,
        eprint=str(document.get("eprint") or "") or None,
        doi=str(document.get("doi") or "") or None,
    )


def _parse_date(text: object) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if isinstance(text, str) else None
    except ValueError:
        return None
