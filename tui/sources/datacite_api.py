"""DataCite, which has the records of arXiv too: the addresses to request, and the records in its answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from tui.sources.external_record import (
    LONGEST_ABSTRACT,
    MOST_AUTHORS,
    ExternalRecord,
    clean_line,
    day_of,
    is_withdrawn,
)
from tui.sources.http_client import ServiceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.model.partial_date import PartialDate
    from tui.sources.matching import WantedPaper

HOST = "api.datacite.org"
_ADDRESS = f"https://{HOST}/dois?"
_PREFIX = "10.48550/arxiv."
_SPECIAL = re.compile(r"[^\w\s]|_")
_RESULTS_PER_TITLE = 5


def by_ids(papers: Sequence[WantedPaper]) -> str:
    """The address for papers with arXiv ids."""
    ids = [f'"{_PREFIX}{paper.eprint}"' for paper in papers if paper.eprint]
    return _address(f"id:({' OR '.join(ids)})", len(ids)) if ids else ""


def by_titles(papers: Sequence[WantedPaper]) -> str:
    """The address for papers with these titles."""
    titles = [f'"{" ".join(_SPECIAL.sub(" ", paper.title).split())}"' for paper in papers if paper.letters]
    return _address(f"titles.title:({' OR '.join(titles)})", _RESULTS_PER_TITLE * len(titles)) if titles else ""


def _address(query: str, size: int) -> str:
    return _ADDRESS + urlencode({"query": query, "client-id": "arxiv.content", "page[size]": size})


def read_answer(value: dict[str, Any]) -> tuple[ExternalRecord, ...]:
    """The records of an answer.

    Raises:
        ServiceError: it is not in the expected form.
    """
    items = value.get("data")
    if not isinstance(items, list):
        raise ServiceError("the response from DataCite is not in the expected format", "nothing in it was used")
    records = (_record(item.get("attributes")) for item in items if isinstance(item, dict))
    return tuple(record for record in records if record)


def _record(fields: object) -> ExternalRecord | None:
    if not isinstance(fields, dict):
        return None
    doi = _text(fields, "doi").lower()
    title = next((_text(each, "title") for each in _objects(fields, "titles")), "")
    if not doi.startswith(_PREFIX) or not title:
        return None
    texts = {_text(each, "descriptionType"): _text(each, "description") for each in _objects(fields, "descriptions")}
    authors = [clean_line(_name(each)) for each in _objects(fields, "creators")]
    published = next(
        (
            _text(each, "relatedIdentifier")
            for each in _objects(fields, "relatedIdentifiers")
            if _text(each, "relationType") == "IsVersionOf" and _text(each, "relatedIdentifierType") == "DOI"
        ),
        "",
    )
    return ExternalRecord(
        "DataCite",
        title=clean_line(title),
        authors=tuple(filter(None, authors))[:MOST_AUTHORS],
        abstract=clean_line(texts.get("Abstract", ""), LONGEST_ABSTRACT),
        date=_date(fields),
        eprint=doi.removeprefix(_PREFIX),
        doi=published,
        withdrawn=is_withdrawn(texts.get("Abstract", ""), texts.get("Other", "")),
    )


def _date(fields: dict[str, Any]) -> PartialDate | None:
    """The day of the first version."""
    dates: dict[str, str] = {}
    for each in _objects(fields, "dates"):
        dates.setdefault(_text(each, "dateType"), _text(each, "date"))
    return next((day for kind in ("Submitted", "Created", "Available") if (day := day_of(dates.get(kind, "")))), None)


def _name(creator: dict[str, Any]) -> str:
    family, given = _text(creator, "familyName"), _text(creator, "givenName")
    if family:
        return f"{given} {family}".strip()
    last, comma, first = _text(creator, "name").partition(", ")
    return f"{first} {last}" if comma else last


def _objects(fields: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = fields.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""
