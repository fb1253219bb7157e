"""Where a paper appeared, as one short text: ``Cell Tides 189(16), 4980–4996``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.model.merge_publications import is_preprint

if TYPE_CHECKING:
    from tui.model.publication import Publication


def venue_text(publication: Publication) -> str:
    """The journal, book, publisher or institution, with volume, issue and pages; empty if nothing is known of it.

    The name of a preprint server is left out: the arXiv id says it.
    """
    own = is_preprint(publication)
    name = "" if own else publication.container_title or publication.series or ""
    issue = f"({publication.issue})" if publication.issue else ""
    volume = f"{publication.volume or ''}{issue}" if name else ""
    pages = publication.pages or (f"article {publication.article_number}" if publication.article_number else "")
    parts = [f"{name} {volume}".strip(), pages if name else "", "" if own or name else publication.issuer]
    return ", ".join(filter(None, (_genre(publication), *parts)))


def _genre(publication: Publication) -> str:
    """What a thesis or report is, with its number."""
    number = publication.number if publication.type == "report" else ""
    return " ".join(filter(None, (publication.genre if publication.type in ("thesis", "report") else "", number)))
