"""BibTeX: one ``@misc`` a paper, which is what BibTeX has for preprints.

No value is invented: neither year nor month where no year is known.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.export import escape, loss
from tui.export.bib_entry import MONTHS, Dialect

if TYPE_CHECKING:
    from tui.model.paper import Paper

LOSSES = (
    loss.UNTITLED, loss.NO_YEAR, loss.MORE_LINKS, loss.AFFILIATION, loss.CODE, loss.EARLIER_ABSTRACTS, loss.TRIAGE,
    loss.UNREADABLE_SIGNS,
)  # fmt: skip


def _facts(paper: Paper) -> dict[str, str]:
    date = paper.date if paper.date is not None and paper.date.year is not None else None
    eprint = escape.verbatim(paper.eprint or "")
    return {
        "year": "" if date is None else f"{date.year:04d}",
        "month": "" if date is None or date.month is None else MONTHS[date.month - 1],
        "day": "" if date is None or date.day is None else str(date.day),
        "eprint": eprint,
        "archivePrefix": "arXiv" if eprint else "",
        "eprinttype": "arxiv" if eprint else "",  # Zotero takes no eprint without it
        "primaryClass": escape.verbatim(paper.category or "") if eprint else "",
        "doi": escape.verbatim(paper.doi or ""),
        "url": escape.verbatim(paper.links[0]) if paper.links else "",
    }


_DIALECT = Dialect(kind=lambda _: "misc", width=len("archivePrefix"), facts=_facts, sorts_by_key=True)
_IN_ASCII = replace(_DIALECT, ascii=True)
write, read, carried = _DIALECT.write, _DIALECT.read, _DIALECT.carried
write_ascii, read_ascii, carried_ascii = _IN_ASCII.write, _IN_ASCII.read, _IN_ASCII.carried
