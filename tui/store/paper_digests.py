"""What a marked paper was, in a few words, kept beside its mark, which finds the paper again without the catalogue.

The catalogue can be deleted and a page can go or be retitled; together they would leave a mark that belongs to
nothing. Must not know how a paper is found again.
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
    document: Document = {"title": paper.title}
    if words:
        document["begins"] = " ".join(words)
    # Without a text, works that share a title are told apart by these.
    else:
        facts = {"doi": paper.doi, "eprint": paper.eprint, "date": paper.date and str(paper.date)}
        document |= {name: value for name, value in facts.items() if value}
        document |= {"authors": list(paper.authors[:_AUTHORS])} if paper.authors else {}
    return document


def _paper(paper_id: str, document: Mapping[str, Any]) -> Paper:
    title, begins = str(document.get("title") or ""), str(document.get("begins") or "")
    cut = len(begins.split()) == _WORDS
    authors = document.get("authors")
    return Paper(
        paper_id,
        title=title or None,
        authors=tuple(map(str, authors)) if isinstance(authors, list | tuple) else (),
        date=_date(document.get("date")),
        abstract=f"{begins} …" if cut else begins or None,
        eprint=str(document.get("eprint") or "") or None,
        doi=str(document.get("doi") or "") or None,
    )


def _date(text: object) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if isinstance(text, str) else None
    except ValueError:
        return None
