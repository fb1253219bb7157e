"""A paper as somebody else wrote it: facts and where they were found. Knows nothing of what the user did.

Abstracts are most of what a long list holds in memory, and searching holds them once more, folded. Nine in ten differ
from that in their capitals only, and nobody but this module need know that these are then all that is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tui.model.case_mask import CaseMask, case_mask_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.model.partial_date import PartialDate


# In the provenance, beside the names of fields: the field holds commands of LaTeX as a bibliography has them.
IN_LATEX = {"title": "title in LaTeX", "abstract": "abstract in LaTeX"}

# Fields of which the values of other sources are kept beside the paper's own.
VARIED_FIELDS = ("title", "authors", "affiliation", "date", "category", "eprint", "doi")


class SourceLocation(NamedTuple):
    """A place in a page.

    Attributes:
        page: the page's file name.
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
        """The title, or the first words of the abstract where no page has a title."""
        if self.title:
            return self.title
        words = (self.abstract or "").split(maxsplit=12)[:12]
        return " ".join(words) + " …" if words else "(no title, no abstract)"

    def with_identity(self, id: str, aliases: tuple[str, ...], added: str) -> Paper:  # noqa: A002, the field's name
        """The same paper under another name; what ``dataclasses.replace`` would do in four times as long."""
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
        """Whether there is an abstract; quicker than asking for it."""
        return bool(_SLOT.__get__(self))

    def share_abstract(self, folded: str) -> None:
        """Keep of the abstract only what a text in memory that ends in it, folded, does not say; may be repeated."""
        kept = _SLOT.__get__(self)
        if isinstance(kept, CaseMask):
            kept.move(folded)
        elif kept and (capitals := case_mask_of(kept, folded)):
            _SLOT.__set__(self, capitals)


def _abstract(paper: Paper) -> str | None:
    kept = _SLOT.__get__(paper)
    return str(kept) if isinstance(kept, CaseMask) else kept


# The class as it was made has its slot under that name; whoever asks for the abstract, be it to compare or to copy,
# is to get a text.
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
