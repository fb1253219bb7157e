"""A paper: its bibliographic fields and where they were found. What the user did to it is in ``tui.model.mark``.

Abstracts take most of the memory of a long list, and the search index holds them again, folded. Most differ from the
folded text only in their capitals; for those only a case mask is stored, hidden in this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tui.model.case_mask import CaseMask, case_mask_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.model.partial_date import PartialDate


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


@dataclass(frozen=True, slots=True)
class Paper:
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
        eprint: arXiv identifier without version, or None.
        doi: bare DOI (``10.…``), or None.
        sources: where each record of this paper begins.
        provenance: (field name, location) for every field and every record that has it.
        aliases: ids that records of this paper would have on their own; never its own id.
        added: ISO 8601 UTC instant of the first import.
        variants: values of other sources that differ from those of the paper.
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

    def with_identity(self, id: str, aliases: tuple[str, ...], added: str) -> Paper:  # noqa: A002, the field's name
        """The same paper with another identity; faster than ``dataclasses.replace``, and called for every paper."""
        return Paper(
            id,
            self.title,
            self.authors,
            self.authors_truncated,
            self.affiliation,
            self.date,
            self.category,
            self.has_code,
            self.links,
            self.abstract,
            self.earlier_abstracts,
            self.eprint,
            self.doi,
            self.sources,
            self.provenance,
            aliases,
            added,
            self.variants,
        )

    @property
    def has_abstract(self) -> bool:
        """Whether there is an abstract; faster than reading it."""
        return bool(_SLOT.__get__(self))

    def share_abstract(self, folded: str) -> None:
        """Store the abstract as a case mask of a text in memory that ends in its folded form; may be repeated."""
        stored = _SLOT.__get__(self)
        if isinstance(stored, CaseMask):
            stored.move(folded)
        elif stored and (mask := case_mask_of(stored, folded)):
            _SLOT.__set__(self, mask)


def _abstract(paper: Paper) -> str | None:
    stored = _SLOT.__get__(paper)
    return str(stored) if isinstance(stored, CaseMask) else stored


# The dataclass has its slot under that name; every reader of the attribute, including comparison and copying, gets a
# string.
_SLOT = Paper.__dict__["abstract"]
Paper.abstract = property(_abstract, _SLOT.__set__)  # type: ignore[misc, assignment]


def locations_by_field(paper: Paper) -> dict[str, list[SourceLocation]]:
    """The places that gave each field of a paper, in the order of its fields; places alone, not what kind of text."""
    found: dict[str, list[SourceLocation]] = {}
    marks = frozenset(IN_LATEX.values())
    for field, location in paper.provenance:
        if field not in marks:
            found.setdefault(field, []).append(location)
    return found
