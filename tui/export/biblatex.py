"""biblatex, for biber; dates in ISO 8601, arXiv ids in biblatex's own fields.

Preprints are ``@online``. Without identifier and URL they are ``@misc``, because biblatex requires one of them for
``@online``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.export import bibtex, latex_escape
from tui.export.bib_publication import BIBLATEX
from tui.export.bibtex_writer import BibDialect
from tui.export.main_link import main_link

if TYPE_CHECKING:
    from tui.model.paper import Paper

LIMITATIONS = bibtex.LIMITATIONS


def _fields(paper: Paper) -> dict[str, str]:
    eprint = latex_escape.escape_verbatim(paper.eprint or "")
    return {
        "date": str(paper.date) if paper.date is not None and paper.date.year is not None else "",
        "eprint": eprint,
        "eprinttype": "arxiv" if eprint else "",
        "eprintclass": latex_escape.escape_verbatim(paper.category or "") if eprint else "",
        "doi": latex_escape.escape_verbatim(paper.doi or ""),
        "url": latex_escape.escape_verbatim(main_link(paper)),
    }


_DIALECT = BibDialect(names=BIBLATEX, width=len("eprintclass"), fields=_fields, sorts_by_key=False)
_ASCII_DIALECT = replace(_DIALECT, ascii=True)
write, read, expected = _DIALECT.write, _DIALECT.read, _DIALECT.expected
write_ascii, read_ascii, expected_ascii = _ASCII_DIALECT.write, _ASCII_DIALECT.read, _ASCII_DIALECT.expected
