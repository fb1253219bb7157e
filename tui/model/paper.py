"""A paper: its bibliographic fields and where they were found. What the user did to it is in ``tui.model.mark``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.model.publication import NO_PUBLICATION, Publication

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.model.partial_date import PartialDate


# The entry of the provenance for all fields of a publication that comes from one record: shorter than one for each.
PUBLICATION = "publication"
# Entries of the provenance besides field names: the field contains LaTeX commands, as in its bibliography.
IN_LATEX = {"title": "title in LaTeX", "abstract": "abstract in LaTeX"}

# Fields of which the values of other sources are kept beside the paper's own.
VARIED_FIELDS = ("title", "authors", "affiliation", "date", "category", "eprint", "doi")


class SourceLocation(NamedTuple):
    """A position in a source.

    Attributes:
        page: file name of the source.
        line: line number in that file, counted from 1.
    """

    page: str
    line: int


class FieldVariant(NamedTuple):
    """Another value that a source gives for a field of a paper.

    Attributes:
        field: the field's name, as in the provenance.
        value: what that source says, as text; authors are separated by semicolons.
        location: where it says so.
    """

    field: str
    value: str
    location: SourceLocation


class Paper(NamedTuple):
    """One paper, merged from all its records.

    Attributes:
        id: stable identifier, 10 lower-case hexadecimal digits.
        title: None if no source has one.
        authors: names as printed, in order.
        authors_truncated: the source ends the list with "et al.".
        affiliation: as printed after the authors, or None.
        date: as complete as the sources give it, or None.
        category: arXiv's full name of the primary class (``cs.CV``), or None.
        has_code: a source has the "Code" flag.
        links: absolute http(s) addresses, in the order found.
        abstract: the latest version, or None.
        earlier_abstracts: superseded versions of the abstract.
        eprint: arXiv id without version, or None.
        doi: bare DOI (``10.…``), or None.
        sources: where each record of this paper begins.
        provenance: (field name, location) for every field and every record that has it.
        aliases: ids that records of this paper would have on their own; never its own id.
        added: ISO 8601 UTC instant of the first import.
        variants: values of other sources that differ from those of the paper.
        publication: where and how it was published: type, journal, pages and all other fields.
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
    sources: tuple[SourceLocation, ...] = ()
    provenance: Sequence[tuple[str, SourceLocation]] = ()
    aliases: tuple[str, ...] = ()
    added: str = ""
    variants: tuple[FieldVariant, ...] = ()
    publication: Publication = NO_PUBLICATION

    @property
    def display_title(self) -> str:
        """The title; without one, the first words of the abstract, or else an identifier or a link."""
        if self.title:
            return self.title
        words = (self.abstract or "").split(maxsplit=12)[:12]
        if words:
            return " ".join(words) + " …"
        named = (
            (self.eprint and f"arXiv:{self.eprint}") or (self.doi and f"doi:{self.doi}") or next(iter(self.links), "")
        )
        return named or "(no title, no abstract)"

    def with_publication(self, publication: Publication) -> Paper:
        """The same paper with another publication."""
        return self._replace(publication=publication)


def locations_by_field(paper: Paper, *, whole: bool = False) -> dict[str, list[SourceLocation]]:
    """The places that gave each field of a paper, in the order of its fields; places alone, not what kind of text.

    Args:
        paper: the paper.
        whole: whether a publication that comes from one record is one field, named ``publication``.
    """
    found: dict[str, list[SourceLocation]] = {}
    marks = frozenset(IN_LATEX.values())
    for field, location in paper.provenance if whole else provenance_by_field(paper):
        if field not in marks:
            found.setdefault(field, []).append(location)
    return found


def provenance_by_field(paper: Paper) -> Iterator[tuple[str, SourceLocation]]:
    """The provenance of a paper, with an entry for each field of its publication."""
    for field, location in paper.provenance:
        if field == PUBLICATION:
            known = zip(Publication._fields, paper.publication, strict=True)
            yield from ((name, location) for name, value in known if value)
        else:
            yield field, location
