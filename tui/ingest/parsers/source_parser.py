"""What every page form can do, and what the forms of plain text have in common."""

from __future__ import annotations

import re
from dataclasses import replace
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
    """A form of listing."""

    @property
    def name(self) -> str:
        """What the form is called in messages."""

    @property
    def by_line(self) -> bool:
        """Whether it reads line by line; if not, it is shown the whole page, furniture and all."""

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:
        """The share of the lines, 0 to 1, that this form knows for its own; 0 means it is not this form."""

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
        """Read every record of this form, and leave the other lines unclaimed.

        Args:
            page: the page.
            lines: its lines that no form before claimed.
            told: called with the numbers of lines that were reached, as far as a page of this form may take long.
        """


def has_abstract_label(text: str) -> bool:
    """Whether a line begins with ``Abstract:``."""
    return _LABEL.match(text) is not None


def strip_abstract_label(text: str) -> str:
    """The abstract without ``Abstract:`` in front of it."""
    found = _LABEL.match(text)
    return text[found.end() :].strip() if found else text


def fill_body(record: Record, abstract: Sequence[SourceLine], references: Sequence[SourceLine]) -> Record:
    """The draft with its abstract (a line, or a few paragraphs) and what its lines of references name."""
    paragraphs = [strip_abstract_label(line.text) if index == 0 else line.text for index, line in enumerate(abstract)]
    text = "\n".join(filter(None, paragraphs))
    named = [line.text for line in references]
    eprint, doi = find_identifiers(named)
    links = tuple(dict.fromkeys((*find_links(" ".join(named)), *find_links(text))))
    filled = replace(record, abstract=text or None, links=links, eprint=eprint, doi=doi)
    at_abstract = abstract[0].number if abstract else record.source.line
    at_reference = references[0].number if references else at_abstract
    return filled.with_positions(
        {"abstract": at_abstract, "links": at_reference, "eprint": at_reference, "doi": at_reference}
    )


def is_link_line(text: str) -> bool:
    """Whether a line is nothing but an address, an arXiv identifier or a DOI."""
    return _REFERENCE.fullmatch(text) is not None


def find_links(text: str) -> tuple[str, ...]:
    """The addresses in a text, each once, without the punctuation of the sentence around them."""
    return tuple(dict.fromkeys(_trim(url) for url in _URL.findall(text)))


def find_identifiers(references: Sequence[str]) -> tuple[str | None, str | None]:
    """The arXiv identifier and the DOI that addresses or references name."""
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
