"""arXiv's query interface: the addresses to request, and the records in its answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from tui.model.arxiv import expand_category
from tui.sources.external_record import (
    LONGEST_ABSTRACT,
    MOST_AUTHORS,
    ExternalRecord,
    clean_line,
    day_of,
    is_withdrawn,
)
from tui.sources.http_client import ServiceError
from tui.sources.safe_xml import parse_xml, text_of
from tui.text.similarity import document_frequencies
from tui.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from xml.etree.ElementTree import Element

    from tui.sources.matching import WantedPaper

HOST = "export.arxiv.org"
_ADDRESS = f"https://{HOST}/api/query?"
_NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "search": "http://a9.com/-/spec/opensearch/1.1/",
}
_ID = re.compile(r"arxiv\.org/abs/(?P<id>.+?)(?:v\d+)?\Z")
_VALID_ID = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7}")
_WORD = re.compile(r"[A-Za-z0-9]+")
_RESULTS_PER_TITLE = 5
_ABSTRACT_WORDS = 8
_RAREST = 6


class ArxivAnswer(NamedTuple):
    """The records of one answer.

    Attributes:
        records: the records.
        is_empty_page: whether it has no record although the service says that it found some.
    """

    records: tuple[ExternalRecord, ...]
    is_empty_page: bool


def by_ids(papers: Sequence[WantedPaper]) -> str:
    """The address for papers with arXiv ids. One that is not valid would spoil the whole request and is left out."""
    ids = [paper.eprint for paper in papers if _VALID_ID.fullmatch(paper.eprint)]
    return _ADDRESS + urlencode({"id_list": ",".join(ids), "max_results": len(ids)}, safe=",/") if ids else ""


def by_titles(papers: Sequence[WantedPaper]) -> str:
    """The address for papers with these titles, as phrases joined by OR."""
    return _query(_title_term(paper.title) for paper in papers) if papers else ""


def by_words(papers: Sequence[WantedPaper]) -> str:
    """The address for papers with the rarest words of these titles, whatever stands between them."""
    return _query(_all_of(_rarest(paper.title)) for paper in papers) if papers else ""


def by_abstracts(papers: Sequence[WantedPaper]) -> str:
    """The address for papers with the first words of these abstracts."""
    return _query(_phrase("abs", paper.abstract.split()[:_ABSTRACT_WORDS]) for paper in papers) if papers else ""


def read_answer(body: bytes, service: str = "arXiv") -> ArxivAnswer:
    """Read an answer.

    Raises:
        ServiceError: it is damaged, or an error of the service.
    """
    try:
        feed = parse_xml(body)
    except ValueError as error:
        raise ServiceError(f"the response from {service} cannot be used: {error}", "nothing in it was used") from None
    if feed.tag != f"{{{_NAMES['atom']}}}feed":
        raise ServiceError(f"the response from {service} is not in the expected format", "nothing in it was used")
    entries = feed.findall("atom:entry", _NAMES)
    for entry in entries:
        if "/api/errors" in text_of(entry, "atom:id", _NAMES):
            reason = clean_line(text_of(entry, "atom:summary", _NAMES), 200)
            raise ServiceError(f"{service} rejected a request as invalid: {reason}", bad_request=True)
    records = [record for entry in entries if (record := _record(entry))]
    found = text_of(feed, "search:totalResults", _NAMES)
    return ArxivAnswer(tuple(records), not records and found.strip("0").isdecimal())


def _query(terms: Iterable[str]) -> str:
    found = list(dict.fromkeys(filter(None, terms)))
    asked = {"search_query": " OR ".join(found), "max_results": _RESULTS_PER_TITLE * len(found)}
    return _ADDRESS + urlencode(asked) if found else ""


def _title_term(title: str) -> str:
    """A title as a phrase; arXiv does not fold accents, so words with one are left out, and then all others count."""
    words = title.split()
    if title.isascii() and not re.search(r"[\\$^_{}]", title):
        return _phrase("ti", words)
    return _all_of([word for word in words if word.isascii() and not re.search(r"[\\$^_{}]", word)])


def _phrase(field: str, words: Sequence[str]) -> str:
    found = _WORD.findall(" ".join(word if word.isascii() else "" for word in words))
    return f'{field}:"{" ".join(found)}"' if found else ""


def _all_of(words: Sequence[str]) -> str:
    """All of these words in any order; nothing if there are too few to mean one paper."""
    found = list(dict.fromkeys(_WORD.findall(" ".join(words))))[:20]
    return f"({' AND '.join(f'ti:{word}' for word in found)})" if len(found) > 1 else ""


def _rarest(title: str) -> list[str]:
    shares = document_frequencies()
    words = [word for word in tokenize(title) if word.isascii() and word.isalnum() and len(word) > 2]
    return sorted(dict.fromkeys(words), key=lambda word: shares.get(word, 0.0))[:_RAREST]


def _record(entry: Element) -> ExternalRecord | None:
    found = _ID.search(text_of(entry, "atom:id", _NAMES))
    title = clean_line(text_of(entry, "atom:title", _NAMES))
    if found is None or not title:
        return None
    category = entry.find("arxiv:primary_category", _NAMES)
    names = expand_category(category.get("term") or "") if category is not None else ()
    authors = [clean_line(text_of(author, "atom:name", _NAMES)) for author in entry.findall("atom:author", _NAMES)]
    summary = text_of(entry, "atom:summary", _NAMES)
    return ExternalRecord(
        "arXiv",
        title=title,
        authors=tuple(filter(None, authors))[:MOST_AUTHORS],
        abstract=clean_line(summary, LONGEST_ABSTRACT),
        date=day_of(text_of(entry, "atom:published", _NAMES)),
        eprint=found["id"].lower(),
        doi=next(iter(text_of(entry, "arxiv:doi", _NAMES).split()), ""),
        category=names[0] if len(names) == 1 else "",
        withdrawn=is_withdrawn(summary, text_of(entry, "arxiv:comment", _NAMES)),
    )
