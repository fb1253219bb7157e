"""A draft: one record as one page gives it, before it is joined with the other records of the same paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.publication_details import NO_DETAILS
from tui.model.paper import SourceLocation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.ingest.publication_details import PublicationDetails
    from tui.ingest.source_file import Diagnostic
    from tui.model.mark import Mark
    from tui.model.partial_date import PartialDate


class SourceLine(NamedTuple):
    """A line of a page that is neither blank nor furniture.

    Attributes:
        number: line number, counted from 1.
        text: without outer blanks.
    """

    number: int
    text: str


RECORD_LIMIT = 100_000  # records of a page that are read


@dataclass(frozen=True, slots=True)
class Record:
    """What one record says; fields as in ``Paper``.

    Attributes:
        source: where the record begins.
        byline: title and authors in one piece, still to be told apart; then ``title`` and ``authors`` are empty.
        curated: the title comes from the corrections, not from the page.
        places: field name and the place its value stands at.
        id: the id that a record of our own carries.
        added: the instant of the first intake that a record of our own carries, else empty.
        mark: what the user did to the paper, from a record of our own or of another program.
        keywords: words the record is filed under, spelled as tags; whether they become tags is the user's choice.
        details: where it was published, as far as that tells records apart.
    """

    source: SourceLocation
    title: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    authors_truncated: bool = False
    affiliation: str | None = None
    date: PartialDate | None = None
    category: str | None = None
    has_code: bool = False
    links: tuple[str, ...] = ()
    abstract: str | None = None
    earlier_abstracts: tuple[str, ...] = ()
    eprint: str | None = None
    doi: str | None = None
    curated: bool = False
    positions: tuple[tuple[str, SourceLocation], ...] = ()
    id: str | None = None
    added: str = ""
    mark: Mark | None = None
    keywords: tuple[str, ...] = ()
    details: PublicationDetails = NO_DETAILS

    def with_positions(self, lines: Mapping[str, int]) -> Record:
        """The draft with the places, given as line numbers, of those fields that have a value."""
        found = (
            (field, SourceLocation(self.source.page, line)) for field, line in lines.items() if getattr(self, field)
        )
        return replace(self, positions=(*self.positions, *found))


@dataclass(frozen=True, slots=True)
class ParseResult:
    """What one form made of a page.

    Attributes:
        drafts: the records, in the order of the page.
        problems: what was missing or wrong in them.
        claimed: numbers of the lines that are part of a record, or named in a problem.
        unsure: whether the records may be no papers, because the text may be no listing.
    """

    records: tuple[Record, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    consumed: frozenset[int] = frozenset()
    unsure: bool = False
