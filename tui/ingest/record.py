"""A parsed record, before it is merged with the other records of the same paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.publication_details import NO_DETAILS
from tui.model.paper import SourceLocation
from tui.model.publication import NO_PUBLICATION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.ingest.publication_details import PublicationDetails
    from tui.ingest.source_file import Diagnostic
    from tui.model.mark import Mark
    from tui.model.partial_date import PartialDate
    from tui.model.publication import Publication


class SourceLine(NamedTuple):
    """A line of a source that is neither empty nor boilerplate.

    Attributes:
        number: line number, from 1.
        text: without leading and trailing spaces.
    """

    number: int
    text: str


RECORD_LIMIT = 100_000  # records read from one source


class Record(NamedTuple):
    """One record of a source; fields as in ``Paper``.

    Attributes:
        source: location of its first line.
        byline: title and authors in one piece, not yet split; then ``title`` and ``authors`` are empty.
        curated: whether the title is from the corrections, not from the source.
        positions: field name and location of its value.
        id: the id given in a readlist record.
        added: timestamp of the first import given in a readlist record, else empty.
        mark: the user's mark, from a readlist record or another program.
        keywords: keywords converted to tags; the user chooses whether to apply them.
        details: publication details that distinguish records.
        publication: where and how it was published; all its fields have the position named ``publication``.
        completes: id of the paper of which it only fills empty fields; such a record is no paper of its own.
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
    publication: Publication = NO_PUBLICATION
    completes: str | None = None

    def with_positions(self, lines: Mapping[str, int]) -> Record:
        """The record with the locations, given as line numbers, of the fields that have a value."""
        found = (
            (field, SourceLocation(self.source.page, line))
            for field, line in lines.items()
            if (value := getattr(self, field)) and value is not NO_PUBLICATION
        )
        return self._replace(positions=(*self.positions, *found))


class ParseResult(NamedTuple):
    """The result of parsing a source.

    Attributes:
        records: the records, in the order of the source.
        diagnostics: what is missing or wrong in them.
        consumed: numbers of the lines that are part of a record, or named in a diagnostic.
        unsure: whether the source may not be a listing, so that the records may not be papers.
    """

    records: tuple[Record, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    consumed: frozenset[int] = frozenset()
    unsure: bool = False
