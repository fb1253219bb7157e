"""Where and how a paper was published. Every field is declared here, once.

The store, the merging of records, provenance, JSON, corrections and the views take what they need from the table
``PUBLICATION_FIELDS``, which is made from the declarations.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.model.value_kind import CONTRIBUTORS, EXTRAS, PAGES, TEXT, TEXTS, TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.model.value_kind import Contributor, ExtraField, ValueKind


class MergeRule(Enum):
    """How the values of several records of one paper are combined.

    ``VENUE``: the value of the record whose venue is kept, so that no volume of one journal meets the pages of
    another. ``FIRST``: the first record that has a value. ``ALL``: the distinct values of all records.
    """

    VENUE = 1
    FIRST = 2
    ALL = 3


class PublicationField(NamedTuple):
    """The declaration of one field.

    Attributes:
        name: the attribute of ``Publication``, the key in JSON and in the store, and the name of a correction.
        label: what the user reads.
        kind: the kind of its value.
        merge: how records are combined.
        csl: the variable of CSL that holds it; empty if none does as it is.
        bibtex: the fields of BibTeX and biblatex whose text is its value, BibTeX's own first; empty if that depends
            on the type.
        ris: the same for tags of RIS.
        help: short description of the notation, where it is not plain.
        option: the option of ``readlist correct``, without dashes.
        aliases: other options.
    """

    name: str
    label: str
    kind: ValueKind
    merge: MergeRule
    csl: str
    bibtex: tuple[str, ...]
    ris: tuple[str, ...]
    help: str
    option: str
    aliases: tuple[str, ...]

    @property
    def is_correctable(self) -> bool:
        """Whether the user can correct it."""
        return self.kind is not EXTRAS

    @property
    def column(self) -> str:
        """Its column in CSV."""
        return self.name


def _field(
    label: str,
    merge: MergeRule = MergeRule.VENUE,
    kind: ValueKind = TEXT,
    *,
    csl: str = "",
    bibtex: str = "",
    ris: str = "",
    help: str = "",  # noqa: A002, the attribute's name
    options: str = "",
) -> Any:  # noqa: ANN401, the default value of any field
    """Declare a field; several names are separated by spaces."""
    option, *aliases = options.split() or [""]
    _declared.append(
        PublicationField(
            "", label, kind, merge, csl, tuple(bibtex.split()), tuple(ris.split()), help, option, tuple(aliases)
        )
    )
    return kind.empty


_declared: list[PublicationField] = []
_FIRST, _ALL = MergeRule.FIRST, MergeRule.ALL


class Publication(NamedTuple):
    """The publication of a paper; texts are as printed, None or empty if no source has them.

    Attributes:
        type: a name in ``tui.model.publication_types.TYPES``.
        genre: what kind of its type: ``PhD thesis``, ``Technical report``.
        container_title: journal, proceedings or book that it is a part of.
        container_short: its abbreviation.
        series: series of books.
        series_number: number in the series.
        volume: of the journal, or of a work in several volumes.
        volumes: number of volumes.
        issue: of the journal.
        number: number of a report, patent or standard.
        article_number: where articles are numbered in place of pages.
        pages: a range with an en dash, or several.
        page_count: number of pages.
        chapter: number of the chapter.
        part: number of the part of a volume.
        edition: number or text.
        version: of software or a dataset.
        publisher: of a book or proceedings.
        place: of the publisher, or of the institution.
        institution: university of a thesis, institution of a report.
        organization: organiser of a conference, or publisher of a manual.
        event_title: conference or other event.
        event_place: where it was held.
        event_date: ISO 8601 date or range.
        how_published: how, if it is not published in the ordinary way.
        publication_status: ``in press``, ``submitted``.
        isbn: all of them, as printed.
        issn: all of them, as printed.
        pmid: PubMed id.
        pmcid: PubMed Central id, with ``PMC``.
        language: code or name, as printed.
        short_title: of the paper.
        note: what the source says besides, not the user's note.
        accessed: ISO 8601 date of the last visit of its link.
        original_date: date of the original work.
        editors: names as the authors of a paper.
        translators: names as the authors of a paper.
        contributors: everyone else with a role.
        keywords: of the source; the user's own tags are in the mark.
        files: paths or addresses of files.
        extra: all other fields of the sources, verbatim.
    """

    type: str | None = _field(
        "type", kind=TYPE, help="journal article, book, thesis, or another type listed in the manual"
    )
    genre: str | None = _field("genre", csl="genre", bibtex="type", help="such as PhD thesis or Technical report")
    container_title: str | None = _field(
        "venue", csl="container-title", help="journal, proceedings or book", options="venue journal booktitle"
    )
    container_short: str | None = _field(
        "venue, short",
        csl="container-title-short",
        bibtex="shortjournal journalabbr journal-iso",
        ris="J2 JA",
        options="venue-short",
    )
    series: str | None = _field("series", csl="collection-title", bibtex="series")
    series_number: str | None = _field("number in series", csl="collection-number")
    volume: str | None = _field("volume", csl="volume", bibtex="volume", ris="VL")
    volumes: str | None = _field("volumes", csl="number-of-volumes", bibtex="volumes", ris="NV")
    issue: str | None = _field("issue", csl="issue")
    number: str | None = _field("number", csl="number", help="of a report, patent or standard")
    article_number: str | None = _field("article number", bibtex="eid articleno article-number")
    pages: str | None = _field("pages", kind=PAGES, csl="page", bibtex="pages", help="such as 45-67")
    page_count: str | None = _field("page count", csl="number-of-pages", bibtex="pagetotal numpages")
    chapter: str | None = _field("chapter", csl="chapter-number", bibtex="chapter")
    part: str | None = _field("part", csl="part-number", bibtex="part")
    edition: str | None = _field("edition", csl="edition", bibtex="edition", ris="ET")
    version: str | None = _field("version", csl="version", bibtex="version", options="version-number")
    publisher: str | None = _field("publisher", csl="publisher", bibtex="publisher", ris="PB")
    place: str | None = _field("place", csl="publisher-place", bibtex="address location", ris="CY PP")
    institution: str | None = _field("institution", bibtex="institution school", options="institution school")
    organization: str | None = _field("organization", bibtex="organization")
    event_title: str | None = _field("event", csl="event-title", bibtex="eventtitle", options="event")
    event_place: str | None = _field("event place", csl="event-place", bibtex="venue")
    event_date: str | None = _field("event date", csl="event-date", bibtex="eventdate")
    how_published: str | None = _field("how published", csl="medium", bibtex="howpublished")
    publication_status: str | None = _field("publication status", csl="status", bibtex="pubstate")
    isbn: tuple[str, ...] = _field("ISBN", kind=TEXTS, csl="ISBN", bibtex="isbn")
    issn: tuple[str, ...] = _field("ISSN", kind=TEXTS, csl="ISSN", bibtex="issn")
    pmid: str | None = _field("PMID", _FIRST, csl="PMID", bibtex="pmid", help="PubMed id")
    pmcid: str | None = _field("PMCID", _FIRST, csl="PMCID", bibtex="pmcid pmc", ris="C2", help="PubMed Central id")
    language: str | None = _field("language", _FIRST, csl="language", bibtex="language langid", ris="LA")
    short_title: str | None = _field("short title", _FIRST, csl="title-short", bibtex="shorttitle", ris="ST")
    note: str | None = _field("source note", _FIRST, bibtex="note", options="source-note")
    accessed: str | None = _field("accessed", _FIRST, csl="accessed", bibtex="urldate", ris="Y2")
    original_date: str | None = _field("original date", _FIRST, csl="original-date", bibtex="origdate", ris="OP")
    editors: tuple[str, ...] = _field("editors", kind=TEXTS, csl="editor", help="Given Family; Given Family")
    translators: tuple[str, ...] = _field(
        "translators", kind=TEXTS, csl="translator", help="Given Family; Given Family"
    )
    contributors: tuple[Contributor, ...] = _field(
        "contributors", kind=CONTRIBUTORS, help="role: Given Family; role: Given Family"
    )
    keywords: tuple[str, ...] = _field("keywords", _ALL, TEXTS, help="separated by semicolons")
    files: tuple[str, ...] = _field("files", _ALL, TEXTS, help="separated by semicolons", options="files file")
    extra: tuple[ExtraField, ...] = _field("extra", _ALL, EXTRAS)

    @property
    def issuer(self) -> str:
        """Who published it, of a thesis or report the institution; empty if unknown."""
        names = (self.publisher, self.institution, self.organization)
        if self.type in ("thesis", "report"):
            names = (self.institution, self.publisher, self.organization)
        return next(filter(None, names), "")


NO_PUBLICATION = Publication()
PUBLICATION_FIELDS = tuple(
    row._replace(name=name, option=row.option or name.replace("_", "-"))
    for name, row in zip(Publication._fields, _declared, strict=True)
)
FIELD_NAMED = {row.name: row for row in PUBLICATION_FIELDS}
# Fields of which the values of other sources are kept beside the paper's own.
VARIED_PUBLICATION_FIELDS = tuple(
    row.name for row in PUBLICATION_FIELDS if row.merge is MergeRule.VENUE and not row.kind.is_list
)


def changed_publication(publication: Publication, values: Mapping[str, Any]) -> Publication:
    """The publication with other values; ``NO_PUBLICATION`` itself if none is left, because that is shared."""
    changed = publication._replace(**values)
    return NO_PUBLICATION if changed == NO_PUBLICATION else changed


def encode_publication(publication: Publication) -> dict[str, Any]:
    """The publication as a JSON document, without default values."""
    return {
        name: value if encode is None else encode(value)
        for (name, encode), value in zip(_ENCODERS, publication, strict=True)
        if value
    }


def decode_publication(document: Any) -> Publication:  # noqa: ANN401, read from JSON
    """The publication of a JSON document.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: it is not one.
    """
    return Publication(**{name: FIELD_NAMED[name].kind.decode(value) for name, value in document.items()})


# None for a text, which is the same in JSON.
_ENCODERS = [(row.name, row.kind.encode if row.kind.is_list else None) for row in PUBLICATION_FIELDS]
