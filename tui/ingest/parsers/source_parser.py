"""The interface of source parsers, and helpers of the parsers of listings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from tui.model.arxiv import find_arxiv_id

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.ingest.record import ParseResult, Record, SourceLine
    from tui.ingest.source_file import SourceFile

    OnLine = Callable[[int], None]

_LABEL = re.compile(r"abstract\s*(?:[:：.—–]|-{1,3}(?=\s))\s*", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`\[\]]+", re.IGNORECASE)
_REFERENCE = re.compile(
    r"(?:https?://\S+|arxiv:\s*\S+(?:\s*\[[\w.-]+\])?|(?:doi:\s*)?10\.\d{4,9}/\S+)", re.IGNORECASE
)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_CLOSING = {")": "(", "]": "[", "}": "{"}


class SourceParser(Protocol):
    """A parser of one source format."""

    @property
    def name(self) -> str:
        """Name of the format in messages."""

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:
        """The share of the lines, 0 to 1, that are in this format; 0 if the source is not."""

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
        """Parse every record in this format, if ``sniff`` recognised it; other lines are not consumed.

        Args:
            source: the source.
            lines: its lines not consumed by earlier parsers.
            on_line: called with the line numbers reached, if parsing may take long.
        """


def has_abstract_label(text: str) -> bool:
    """Whether a line starts with ``Abstract:``."""
    return _LABEL.match(text) is not None


def strip_abstract_label(text: str) -> str:
    """The text without a leading ``Abstract:``."""
    found = _LABEL.match(text)
    return text[found.end() :].strip() if found else text


def fill_body(record: Record, abstract: Sequence[SourceLine], references: Sequence[SourceLine]) -> Record:
    """The record with its abstract (one or more lines) and the links and identifiers of its link lines."""
    paragraphs = [strip_abstract_label(line.text) if index == 0 else line.text for index, line in enumerate(abstract)]
    text = "\n".join(filter(None, paragraphs))
    named = [line.text for line in references]
    eprint, doi = find_identifiers(named)
    links = tuple(dict.fromkeys((*find_links(" ".join(named)), *find_links(text))))
    filled = record._replace(abstract=text or None, links=links, eprint=eprint, doi=doi)
    at_abstract = abstract[0].number if abstract else record.source.line
    at_reference = references[0].number if references else at_abstract
    return filled.with_positions(
        {"abstract": at_abstract, "links": at_reference, "eprint": at_reference, "doi": at_reference}
    )


def is_link_line(text: str) -> bool:
    """Whether a line is nothing but a URL, an arXiv id or a DOI."""
    return _REFERENCE.fullmatch(text) is not None


def find_links(text: str) -> tuple[str, ...]:
    """The distinct URLs in a text, without trailing punctuation."""
    return tuple(dict.fromkeys(_trim(url) for url in _URL.findall(text)))


def find_identifiers(references: Sequence[str]) -> tuple[str | None, str | None]:
    """The arXiv id and the DOI found in URLs or references."""
    eprint = next(filter(None, map(find_arxiv_id, references)), None)
    dois = (found[0].rstrip(".,;)") for reference in references if (found := _DOI.search(reference)))
    doi = next((doi for doi in dois if not doi.lower().startswith("10.48550/arxiv")), None)
    return eprint, doi


def _trim(url: str) -> str:
    while url and url[-1] in ".,;:!?'\"*_)]}":
        last = url[-1]
        if last in _CLOSING and url.count(_CLOSING[last]) >= url.count(last):
            break
        url = url[:-1]
    return url
