"""Crossref, asked by DOI for the published version of a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from tui.model.partial_date import PartialDate
from tui.model.publication import NO_PUBLICATION, changed_publication
from tui.sources.external_record import LONGEST_ABSTRACT, MOST_AUTHORS, ExternalRecord, clean_line
from tui.sources.http_client import ServiceError

if TYPE_CHECKING:
    from tui.sources.matching import WantedPaper

HOST = "api.crossref.org"
_HEADING = "<jats:title>Abstract</jats:title>"
# The attribute of a publication, and Crossref's name of it.
_PUBLICATION = (
    ("container_title", "container-title"),
    ("container_short", "short-container-title"),
    ("volume", "volume"),
    ("issue", "issue"),
    ("pages", "page"),
    ("publisher", "publisher"),
)
_TYPES = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "book-chapter": "chapter",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "posted-content": "article",
    "dissertation": "thesis",
    "report": "report",
    "dataset": "dataset",
}


def by_doi(paper: WantedPaper, contact: str) -> str:
    """The address for the paper with a DOI; arXiv's own DOIs are not known there."""
    if not paper.doi or paper.doi.startswith("10.48550/"):
        return ""
    address = f"https://{HOST}/works/{quote(paper.doi, safe='')}"
    return f"{address}?{urlencode({'mailto': contact})}" if contact else address


def read_answer(value: dict[str, Any]) -> ExternalRecord:
    """The record of an answer.

    Raises:
        ServiceError: it is not in the expected form.
    """
    fields = value.get("message")
    if not isinstance(fields, dict) or not isinstance(fields.get("DOI"), str):
        raise ServiceError("the response from Crossref is not in the expected format", "nothing in it was used")
    authors = [_name(each) for each in _list(fields, "author") if isinstance(each, dict)]
    texts = {ours: clean_line(_first(fields, theirs)) or None for ours, theirs in _PUBLICATION}
    if texts["pages"]:
        texts["pages"] = texts["pages"].replace("-", "–")
    return ExternalRecord(
        "Crossref",
        title=clean_line(_first(fields, "title")),
        authors=tuple(filter(None, authors))[:MOST_AUTHORS],
        abstract=clean_line(_first(fields, "abstract").removeprefix(_HEADING), LONGEST_ABSTRACT),
        date=_date(fields),
        doi=fields["DOI"],
        publication=changed_publication(NO_PUBLICATION, {"type": _TYPES.get(_first(fields, "type")), **texts}),
    )


def _name(author: dict[str, Any]) -> str:
    family = _first(author, "family") or _first(author, "name")
    return clean_line(" ".join(filter(None, (_first(author, "given"), family))))


def _date(fields: dict[str, Any]) -> PartialDate | None:
    """The day of publication, which may lack parts or be null."""
    issued = fields.get("issued")
    parts = _list(issued, "date-parts") if isinstance(issued, dict) else []
    numbers = parts[0] if parts and isinstance(parts[0], list) else []
    if not numbers or not all(isinstance(number, int) for number in numbers):
        return None
    try:
        return PartialDate(*numbers[:3])
    except ValueError:
        return None


def _list(fields: dict[str, Any], name: str) -> list[Any]:
    value = fields.get(name)
    return value if isinstance(value, list) else []


def _first(fields: dict[str, Any], name: str) -> str:
    """A text, or the first of several."""
    value = fields.get(name)
    value = next(iter(value), "") if isinstance(value, list) else value
    return value if isinstance(value, str) else ""
