"""Read where a paper was published from what listings print, such as ``J. Tides 3(1): 1-10 (2021)``."""

from __future__ import annotations

import re

from tui.model.page_range import normalise_pages
from tui.model.publication import NO_PUBLICATION, Publication, changed_publication

_PAGES = r"(?:pp?\.?\s*)?(?P<pages>[A-Za-z]?\d[\w.]*(?::\d+)?(?:\s*[-–]\s*[A-Za-z]?\d[\w.]*(?::\d+)?)?)"
_NUMBERS = (
    r"(?:vol(?:ume|\.)?\s*)?(?P<volume>\d+)"
    r"(?:\s*(?:\(|\.|,?\s*(?:no|issue|number)\.?\s)\s*(?P<issue>(?!(?:1[89]|20)\d\d\b)\d+(?:[-/]\d+)?)\)?)?"
)
_JOURNAL = re.compile(
    rf"(?P<title>[^\W\d_][^\d;:]{{1,150}}?)[\s,]+{_NUMBERS}(?:[\s,:;]+(?P<rest>.*))?\Z", re.IGNORECASE
)
_REST = re.compile(
    rf"(?:\(?(?P<year>(?:1[89]|20)\d\d)\)?[\s,:;]*)?(?:{_PAGES})?(?:[\s,:;]*\(?(?P<late>(?:1[89]|20)\d\d)\)?)?\.?\Z",
    re.IGNORECASE,
)
_CONFERENCE = re.compile(rf"(?P<title>[^\W\d_][^\d:;]{{1,80}}?)\s+(?:19|20)\d\d(?:\s*:\s*{_PAGES})?\Z")
_PREPRINT = re.compile(r"CoRR\b|arXiv\b", re.IGNORECASE)
_OF_PUBMED = re.compile(
    r"[^;]*;\s*(?P<volume>[\w. ]{1,20})?(?:\((?P<issue>[^()]{1,30})\))?(?::\s*(?P<pages>[\w.–-]+(?:,\s?[\w–-]+)*))?"
)
_ARTICLE_NUMBER = re.compile(r"\bpii:\s*(?P<number>[a-z]{0,8}\d{1,12})(?=\.?(?:\s|\Z))")
_LONGEST = 300


def venue(name: str, kind: str | None = None) -> Publication:
    """The publication in a journal or at a conference of which only the name is printed; it may be empty."""
    return Publication(type=kind, container_title=name) if name else NO_PUBLICATION


def journal_reference(text: str) -> Publication:
    """The publication of a reference such as ``J. Tides 9 (2026) 1-10`` or ``SHORE 2021: 77-81``.

    A reference in no known form is kept whole, as the venue.

    Args:
        text: the reference, with nothing else.
    """
    text = " ".join(text.split()).rstrip(" .;,") if len(text) <= _LONGEST else ""
    if not text or _PREPRINT.match(text):
        return NO_PUBLICATION
    if found := _CONFERENCE.match(text):
        return _publication("paper-conference", found["title"], pages=found["pages"])
    found = _JOURNAL.match(text)
    rest = _REST.match(found["rest"] or "") if found else None
    if found is None or rest is None:
        return Publication(container_title=text)
    return _publication("article-journal", found["title"], found["volume"], found["issue"], rest["pages"])


def pubmed_citation(journal: str, after_date: str) -> Publication:
    """The publication of a citation of PubMed.

    Args:
        journal: the abbreviated journal.
        after_date: what follows the date: ``;3(1):1-10. doi: …``, or ``;3(1). pii: e12. doi: …`` without pages.
    """
    found = _OF_PUBMED.match(after_date) if after_date.startswith(";") else None
    if found is None:
        return _publication("article-journal", journal)
    publication = _publication(
        "article-journal", journal, (found["volume"] or "").strip(), found["issue"], found["pages"]
    )
    number = None if publication.pages else _ARTICLE_NUMBER.search(after_date)
    return publication._replace(article_number=number["number"]) if number else publication


def _publication(
    kind: str, title: str, volume: str | None = None, issue: str | None = None, pages: str | None = None
) -> Publication:
    values = {
        "type": kind,
        "container_title": title.strip(" ,."),
        "volume": volume or None,
        "issue": issue or None,
        "pages": normalise_pages(pages.strip(" .")) if pages else None,
    }
    if title.rstrip().endswith("."):
        values["container_title"] = title.strip(" ,")  # an abbreviation
    return changed_publication(NO_PUBLICATION, values)
