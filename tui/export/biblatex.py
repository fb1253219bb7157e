"""biblatex, for biber; dates in ISO 8601, arXiv ids in biblatex's own fields.

Preprints are ``@online``, unless they came as another type. Without identifier and URL they are ``@misc``, because
biblatex requires one of them for ``@online``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.export import bibtex, format_limitations
from tui.export.bib_publication import BIBLATEX
from tui.export.biblatex_date import biblatex_date
from tui.export.bibtex_writer import BibDialect
from tui.export.main_link import main_link
from tui.latex import escape

if TYPE_CHECKING:
    from tui.model.paper import Paper

LIMITATIONS = (*bibtex.LIMITATIONS, format_limitations.KEYS_FOR_BIBER)


def _verbatim(paper: Paper) -> dict[str, str]:
    eprint = escape.escape_verbatim(paper.eprint or "")
    return {
        "date": biblatex_date(paper),
        "eprint": eprint,
        "eprinttype": "arxiv" if eprint else "",
        "eprintclass": escape.escape_verbatim(paper.category or "") if eprint else "",
        "doi": escape.escape_verbatim(paper.doi or ""),
        "url": escape.escape_verbatim(main_link(paper)),
    }


DIALECT = BibDialect(names=BIBLATEX, width=len("eprintclass"), verbatim=_verbatim, sorts_by_key=False)
ASCII_DIALECT = replace(DIALECT, ascii=True)
