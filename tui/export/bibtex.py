"""BibTeX, with ``@misc`` for preprints. No value is invented: without a year, neither year nor month is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.bibtex.syntax import MONTHS
from tui.export import format_limitations
from tui.export.bib_publication import BIBTEX
from tui.export.bibtex_writer import BibDialect
from tui.export.main_link import main_link
from tui.latex import escape

if TYPE_CHECKING:
    from tui.model.paper import Paper

LIMITATIONS = (
    format_limitations.UNTITLED,
    format_limitations.NO_YEAR,
    format_limitations.MORE_LINKS,
    format_limitations.AFFILIATION,
    format_limitations.CODE,
    format_limitations.EARLIER_ABSTRACTS,
    format_limitations.TRIAGE,
    format_limitations.UNREADABLE_CHARACTERS,
)


def _verbatim(paper: Paper) -> dict[str, str]:
    date = paper.date if paper.date is not None and paper.date.year is not None else None
    eprint = escape.escape_verbatim(paper.eprint or "")
    return {
        "year": "" if date is None else f"{date.year:04d}",
        "month": "" if date is None or date.month is None else MONTHS[date.month - 1],
        "day": "" if date is None or date.day is None else str(date.day),
        "eprint": eprint,
        "archivePrefix": "arXiv" if eprint else "",
        "eprinttype": "arxiv" if eprint else "",  # Zotero ignores eprint without it
        "primaryClass": escape.escape_verbatim(paper.category or "") if eprint else "",
        "doi": escape.escape_verbatim(paper.doi or ""),
        "url": escape.escape_verbatim(main_link(paper)),
    }


DIALECT = BibDialect(names=BIBTEX, width=len("archivePrefix"), verbatim=_verbatim, sorts_by_key=True)
ASCII_DIALECT = replace(DIALECT, ascii=True)
