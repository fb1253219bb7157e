"""A digest of each marked paper, kept with its mark, to find the paper again without the catalogue.

The catalogue can be deleted, and a source can be removed or change its titles; both together would leave a mark
without a paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.model.paper import Paper
from tui.model.partial_date import PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui.store.checkpoint import Document
    from tui.store.journal_table import JournalTable

_WORDS = 20
_AUTHORS = 20


def update(table: JournalTable, find: Callable[[str], Paper | None], marked: Mapping[str, bool]) -> None:
    """Update the digests of some papers. Digests of papers that are gone are kept.

    Args:
        table: the digests.
        find: returns a paper by its id; None if it is gone.
        marked: the papers whose mark or text changed, and whether each has a mark.
    """
    changes: dict[str, Document | None] = {}
    for paper_id, is_marked in marked.items():
        paper = find(paper_id) if is_marked else None
        if is_marked and paper is None:
            continue
        changes[paper_id] = None if paper is None else _encode(paper)
    table.replace(changes)  # which writes only those that differ


def papers(table: JournalTable) -> tuple[Paper, ...]:
    """The marked papers as far as their digests go: id, title and the beginning of the abstract."""
    return tuple(_decode(document.doc_id, document) for document in table)  # type: ignore[arg-type]  # a text


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
