"""A paper of a listing, and the collection of those of one source.

Shared by the parsers of pages, e-mails and feeds: conversion to a ``Record`` in which every field has its line.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.ingest.bibliography_record import BibliographyRecord, to_record
from tui.ingest.publication_details import details_of
from tui.ingest.record import RECORD_LIMIT, ParseResult, SourceLine
from tui.ingest.source_file import Diagnostic
from tui.ingest.unwrap import unwrap
from tui.latex.decode import decode_latex
from tui.model.arxiv import expand_category
from tui.model.paper import SourceLocation
from tui.model.partial_date import PartialDate
from tui.model.publication import NO_PUBLICATION, Publication
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.ingest.publication_details import PublicationDetails
    from tui.ingest.record import Record

_SPACES = re.compile(r"[^\S\n]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc]")
_BULLET = re.compile(r"\A[•▪◦‣●○■*–—-]\s+(?=\S)")
_NEW_ID = re.compile(r"(\d\d)(\d\d)\.\d{4,5}")
_OLD_ID = re.compile(r"[a-z.-]+/(\d\d)(\d\d)\d{3}", re.IGNORECASE)
_FIRST_YEAR = 91  # arXiv began in 1991
_EXCERPT_START = re.compile(r"\W*[A-Z0-9\"“‘'(\[$]|\W*[^\W\d_a-zA-Z]")


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """One paper as a listing prints it.

    Attributes:
        line: number of its first line.
        title: on a single line.
        authors: names in the order Given Family.
        truncated: whether the author list is incomplete.
        date: parsed, or as printed.
        abstract: may have several paragraphs.
        eprint: arXiv id, without version.
        doi: as printed.
        category: arXiv category.
        keywords: single words or phrases.
        links: web addresses.
        publication: where and how it was published, without its keywords.
        lines: field name and number of its line, of the fields that are not on the first.
    """

    line: int
    title: str = ""
    authors: tuple[str, ...] = ()
    truncated: bool = False
    date: PartialDate | str | None = None
    abstract: str = ""
    eprint: str = ""
    doi: str = ""
    category: str = ""
    keywords: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    publication: Publication = NO_PUBLICATION
    lines: Mapping[str, int] = field(default_factory=dict)


class ListingResult:
    """Collects the papers of one source.

    Args:
        source: name of the source.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._records: list[Record] = []
        self._diagnostics: list[Diagnostic] = []
        self._consumed: set[int] = set()
        self._excerpts: list[int] = []

    @property
    def full(self) -> bool:
        """Whether no more records are read."""
        return len(self._records) > RECORD_LIMIT

    @property
    def papers(self) -> int:
        """Number of papers so far."""
        return len(self._records)

    def consume(self, *lines: SourceLine) -> None:
        """Account for lines that are part of a record, or of the page around it."""
        self._consumed.update(line.number for line in lines)

    def leave_out_excerpt(self, line: SourceLine) -> None:
        """Account for a line of fragments of a text; one diagnostic tells of all."""
        self._consumed.add(line.number)
        self._excerpts.append(line.number)

    def report(self, line: int, reason: str, hint: str, *, repaired: bool = False) -> None:
        """Add a diagnostic."""
        self._diagnostics.append(Diagnostic(self._source, line, reason, hint, repaired=repaired))

    def add(self, paper: ListedPaper) -> None:
        """Add a paper."""
        reference = BibliographyRecord(
            paper.line,
            title=paper.title,
            authors=paper.authors,
            truncated=paper.truncated,
            date=paper.date,
            abstract=paper.abstract,
            # Categories in which it is cross-listed are found as such, and are no tags.
            keywords=tuple(word for word in paper.keywords if expand_category(word) != (word,)),
            links=paper.links,
            doi=paper.doi,
            eprint=paper.eprint,
            category=paper.category,
            details=_details(paper.publication),
            publication=_publication(paper),
        )
        record = to_record(self._source, reference, self._diagnostics)
        if record is not None:
            self._records.append(_with_lines(record, paper.lines))

    def result(self, *, unsure: bool = False) -> ParseResult:
        """The records, the diagnostics and the lines accounted for."""
        if self._excerpts:
            count = len(self._excerpts)
            reason = f"left out {pluralise(count, 'excerpt')} not taken from the start of an abstract"
            hint = "open the paper's page to read its abstract"
            self._diagnostics.append(Diagnostic(self._source, self._excerpts[0], reason, hint, repaired=True))
        return ParseResult(tuple(self._records), tuple(self._diagnostics), frozenset(self._consumed), unsure=unsure)


def readable_line(text: str) -> str:
    """A copied line with single spaces, without invisible characters and without a bullet."""
    return _BULLET.sub("", _UNSEEN.sub("", _SPACES.sub(" ", text)).strip(), 1)


def join_lines(lines: Sequence[SourceLine]) -> str:
    """The lines of a wrapped text as one line."""
    return " ".join(line.text for line in lines).strip()


def join_paragraphs(lines: Sequence[SourceLine]) -> str:
    """The lines of an abstract: wrapped lines are joined, paragraphs kept."""
    return unwrap("\n".join(line.text for line in lines)).strip()


def plain_text(text: str) -> str:
    r"""A text of arXiv's e-mails on one line, with letters for accents such as ``\"o``; formulas are kept."""
    return decode_latex(text) if "\\" in text or "{" in text else " ".join(text.split())


def break_before(lines: Sequence[SourceLine], pattern: re.Pattern[str]) -> list[SourceLine]:
    """The lines, of which one that holds several records or fields is broken before each match of the pattern."""
    broken: list[SourceLine] = []
    for line in lines:
        starts = [found.start() for found in pattern.finditer(line.text)]
        if len(starts) < 2:
            broken.append(line)
            continue
        bounds = [0, *(start for start in starts if start), len(line.text)]
        pieces = (line.text[start:end].strip() for start, end in itertools.pairwise(bounds))
        broken += [SourceLine(line.number, piece) for piece in pieces if piece]
    return broken


def beginning_of_abstract(text: str) -> str:
    """An excerpt that is the beginning of an abstract, with its ellipsis; empty if it is made of fragments."""
    text = text.strip()
    bare = text.rstrip(" .…")
    whole = _EXCERPT_START.match(text) is not None and "…" not in bare and "..." not in bare
    return text if whole else ""


def date_of_arxiv_id(identifier: str) -> PartialDate | None:
    """The year and month in an arXiv id, or None."""
    found = _NEW_ID.fullmatch(identifier) or _OLD_ID.fullmatch(identifier)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    century = 1900 if _OLD_ID.fullmatch(identifier) and year >= _FIRST_YEAR else 2000
    return PartialDate(century + year, month) if 1 <= month <= 12 else None


def _publication(paper: ListedPaper) -> Publication:
    """The publication with type and keywords; an arXiv id without a venue is a preprint."""
    publication = paper.publication
    kind = publication.type
    if kind is None:
        kind = "article" if paper.eprint and not publication.container_title else "document"
    return publication._replace(type=kind, keywords=paper.keywords)


def _details(publication: Publication) -> PublicationDetails:
    return details_of(
        container=publication.container_title or "",
        volume=publication.volume or "",
        number=publication.issue or "",
        pages=publication.pages or "",
        pmid=publication.pmid or "",
    )


def _with_lines(record: Record, lines: Mapping[str, int]) -> Record:
    if not lines:
        return record
    page = record.source.page
    positions = tuple(
        (name, SourceLocation(page, lines[name]) if name in lines else location)
        for name, location in record.positions
    )
    return record._replace(positions=positions)
