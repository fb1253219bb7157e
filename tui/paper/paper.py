"""A paper as somebody else wrote it: facts and where they were found. Knows nothing of what the user did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.paper.date import PartialDate


class Source(NamedTuple):
    """A place in a page.

    Attributes:
        page: the page's file name.
        line: line number in that file, counted from 1.
    """

    page: str
    line: int


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, joined from every record of it that was found.

    Attributes:
        id: stable identifier, 10 lower-case hexadecimal digits.
        title: None where no page has one.
        authors: names as printed, in order.
        authors_truncated: the page said "et al.".
        affiliation: as printed behind the authors, or None.
        date: the date a page gives, as complete as it gives it.
        category: arXiv's full name of the primary class (``cs.CV``), or None.
        has_code: a page carries the "Code" flag.
        links: absolute http(s) addresses, in the order found.
        abstract: the latest version, or None.
        earlier_abstracts: superseded versions of the abstract.
        eprint: arXiv identifier without version, or None.
        doi: bare DOI (``10.…``), or None.
        sources: every place a record of this paper begins at.
        provenance: (field name, place) for every field, a field once for each place that gave it.
        aliases: ids that records of this paper would have on their own; never this paper's own id.
        added: ISO 8601 UTC instant of the first intake.
    """

    id: str
    title: str | None = None
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
    sources: tuple[Source, ...] = ()
    provenance: Sequence[tuple[str, Source]] = ()
    aliases: tuple[str, ...] = ()
    added: str = ""

    @property
    def heading(self) -> str:
        """The title, or the first words of the abstract where no page has a title."""
        if self.title:
            return self.title
        words = (self.abstract or "").split(maxsplit=12)[:12]
        return " ".join(words) + " …" if words else "(no title, no abstract)"
