"""The publication of a record of RIS, Web of Science, PubMed, RefWorks or EndNote.

Tags that no field of a publication holds are kept verbatim.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.ingest.publication_fields import (
    ET_AL,
    entry_type,
    institution_from_publisher,
    split_numbers,
    type_of_preprint,
)
from tui.ingest.tagged_authors import tagged_names
from tui.ingest.tagged_format import MEDLINE
from tui.model.page_range import normalise_pages
from tui.model.publication import PUBLICATION_FIELDS, Publication
from tui.model.publication_types import TYPES
from tui.model.value_kind import Contributor, ExtraField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.ingest.tagged_format import TaggedRecord


class _Tags(NamedTuple):
    """The tags of one format.

    Attributes:
        texts: tag and field, for tags whose text is the value.
        venue: tags of the journal or book, the preferred one first.
        short: tags of its abbreviation.
        pages: tags of the first and the last page, or of the range.
        numbers: tags of ISBN or ISSN.
        people: tag and field of people with a role.
        elsewhere: tags that are wholly in the paper or its mark.
        kind: tag of the type.
        number: tag of the issue, or of what number the type has.
    """

    texts: Mapping[str, str]
    venue: tuple[str, ...]
    short: tuple[str, ...]
    pages: tuple[str, ...]
    numbers: tuple[str, ...]
    people: Mapping[str, str]
    elsewhere: frozenset[str]
    kind: str
    number: str


def _tags(text: str) -> dict[str, str]:
    """A table of ``tag field`` pairs."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


_FORMATS = {
    "RIS": _Tags(
        {name: row.name for row in PUBLICATION_FIELDS for name in row.ris} | _tags("T3 series M2 page_count"),
        ("JF", "T2", "C3", "BT", "JO"),
        ("J2", "JA", "JO"),
        ("SP", "EP"),
        ("SN",),
        {"ED": "editors", "A2": "editors", "A3": "collection-editor", "A4": "translators"},
        frozenset(("TI", "T1", "CT", "AU", "A1", "AB", "ID", "ER", "TY", "UR", "LK", "L2", "DO", "DI", "KW", "N1")),
        "TY",
        "IS",
    ),
    "Web of Science": _Tags(
        _tags(
            """
            SE series VL volume AR article_number PU publisher PI place LA language CT event_title CL event_place
            CY event_date PG page_count PM pmid DT genre
            """
        ),
        ("SO",),
        ("J9", "JI"),
        ("BP", "EP"),
        ("BN", "SN", "EI"),
        {"BE": "editors"},
        frozenset(("TI", "AF", "AU", "AB", "DE", "ID", "DI", "PY", "ER", "PT")),
        "PT",
        "IS",
    ),
    "MEDLINE": _Tags(
        _tags(
            """
            VI volume PB publisher PL place PMID pmid PMC pmcid CTI series EN edition LA language
            PST publication_status
            """
        ),
        ("JT", "BTI", "TA"),
        ("TA",),
        ("PG",),
        ("ISBN", "IS"),
        {"FED": "editors", "ED": "editors"},
        frozenset(("TI", "FAU", "AU", "CN", "AB", "OT", "MH")),
        "PT",
        "IP",
    ),
    "RefWorks": _Tags(
        _tags("VO volume PB publisher PP place ED edition LA language T3 series"),
        ("JF", "T2", "JO"),
        ("JO",),
        ("SP", "OP"),
        ("SN",),
        {"A2": "editors", "A3": "collection-editor", "A4": "translators"},
        frozenset(("T1", "A1", "AB", "NO", "K1", "LK", "UL", "DO", "ID", "RT")),
        "RT",
        "IS",
    ),
    "EndNote": _Tags(
        _tags(
            """
            %V volume %I publisher %C place %7 edition %6 volumes %G language %9 genre %S series %! short_title
            %2 pmcid %& chapter
            """
        ),
        ("%J", "%B"),
        ("%O",),
        ("%P",),
        ("%@",),
        {"%E": "editors", "%Y": "collection-editor", "%?": "translators"},
        frozenset(("%T", "%A", "%X", "%Z", "%K", "%U", "%R", "%F", "%0")),
        "%0",
        "%N",
    ),
}
# Types in the words of RefWorks, EndNote, Web of Science and PubMed.
_WORDS = {
    "journal article": "article-journal", "electronic article": "article-journal", "j": "article-journal",
    "article": "article-journal", "review": "article-journal", "conference paper": "paper-conference",
    "conference proceedings": "paper-conference", "proceedings paper": "paper-conference", "p": "patent",
    "book": "book", "b": "book", "s": "book", "edited book": "book", "book whole": "book", "book edited": "book",
    "electronic book": "book", "book section": "chapter", "book chapter": "chapter",
    "electronic book section": "chapter",
    "thesis": "thesis", "dissertation thesis": "thesis", "dissertation": "thesis", "report": "report",
    "government document": "report", "web page": "webpage", "website": "webpage", "blog": "post-weblog",
    "generic": "document", "grouped reference": "document", "unpublished work": "manuscript",
    "unpublished material": "manuscript", "manuscript": "manuscript", "patent": "patent",
    "computer program": "software", "dataset": "dataset", "newspaper article": "article-newspaper",
    "magazine article": "article-magazine", "encyclopedia": "entry-encyclopedia", "dictionary": "entry-dictionary",
    "standard": "standard", "film or broadcast": "motion_picture", "audiovisual material": "motion_picture",
    "video dvd": "motion_picture", "map": "map", "artwork": "graphic", "figure": "figure", "case": "legal_case",
    "statute": "legislation", "bill": "bill", "hearing": "hearing", "legal rule or regulation": "regulation",
    "personal communication": "personal_communication", "pamphlet": "pamphlet", "serial": "periodical",
    "classical work": "classic", "ancient text": "classic", "music": "musical_score", "interview": "interview",
    "preprint": "article", "monograph": "book", "books documents": "book",
}  # fmt: skip
_OF_RIS = {row.ris: row.name for row in reversed(TYPES.values())} | {
    "JOUR": "article-journal", "EJOUR": "article-journal", "INPR": "article-journal", "ABST": "article-journal",
    "CONF": "paper-conference", "EBOOK": "book", "EDBOOK": "book", "SER": "book", "ECHAP": "chapter",
    "GOVDOC": "report", "DBASE": "dataset", "AGGR": "dataset", "WEB": "webpage", "ICOMM": "personal_communication",
    "ANCIENT": "classic", "ADVS": "motion_picture", "CTLG": "book", "CHART": "figure", "UNBILL": "bill",
    "PREP": "article", "PREPRINT": "article", "DICT": "entry-dictionary", "ELEC": "webpage", "GEN": "document",
    "BOOK": "book", "UNPB": "manuscript", "LEGAL": "regulation", "MPCT": "motion_picture",
}  # fmt: skip
_NOT_WORDS = re.compile(r"[^a-z]+")
_ISBN = re.compile(r"(?:97[89])?[\d-]{9,13}[\dXx]")
_ISO = re.compile(r"\s*(\d{4})/(\d{1,2})?(?:/(\d{1,2})?)?(?:/.*)?\Z")
_DATE_TAGS = {"RIS": ("PY", "Y1", "DA"), "RefWorks": ("YR", "FD"), "EndNote": ("%D", "%8"), "MEDLINE": ("DP",)}
_PLAIN_DATE = re.compile(r"\d{4}(?:[/-]\d{1,2}(?:[/-]\d{1,2})?)?[/-]*\Z|\d{4}(?: [A-Z][a-z]{2}(?: \d{1,2})?)?\Z|/+\Z")


def publication_of(
    entry: TaggedRecord, *, eprint: bool, keywords: Sequence[str], other_notes: Sequence[str]
) -> Publication:
    """The publication of a record.

    Args:
        entry: the record.
        eprint: whether it has an arXiv id.
        keywords: its keywords.
        other_notes: lines of its note that databases and programs wrote.
    """
    tags = _FORMATS[entry.dialect.name]
    reader = _Reader(entry, tags)
    reader.read()
    values, extra = reader.values, reader.extra
    institution_from_publisher(values)
    values["keywords"] = tuple(dict.fromkeys(keywords))
    note_tag = next(iter(entry.dialect.fields.get("note", ())), "")
    extra += [ExtraField(reader.format, note_tag, "\n".join(other_notes))] if other_notes and note_tag else []
    publication = Publication(**values, extra=tuple(extra))
    return publication._replace(type=type_of_preprint(publication, has_eprint=eprint))


class _Reader:
    """Reads one record.

    Attributes:
        format: its format, as in an extra field.
        values: the fields of the publication so far.
        extra: the tags that none of them holds.
    """

    def __init__(self, entry: TaggedRecord, tags: _Tags) -> None:
        self.format = entry.dialect.name.lower()
        self.values: dict[str, Any] = {}
        self.extra: list[ExtraField] = []
        self._entry = entry
        self._tags = tags

    def read(self) -> None:
        """Read every tag of the record."""
        entry, tags = self._entry, self._tags
        kind = self._type()
        done = {tags.kind, *tags.elsewhere, *tags.venue, *tags.short, *tags.pages, *tags.people}
        self._venue(kind)
        self._pages()
        self._people()
        for tag, rows in entry.values.items():
            values = entry.at(tag)
            if not values or tag in done:
                continue
            if tag in tags.numbers:
                self._numbers(values)
            elif tag == tags.number:
                self._set(TYPES[kind].number, tag, values)
            elif (attribute := tags.texts.get(tag)) is not None:
                self._set(attribute, tag, values)
            elif tag in ("L1", "%>"):
                self.values["files"] = tuple(values)
            elif tag == "M3" and self.format == "ris" and "10." not in values[0]:
                self._set("genre", tag, values)
            elif not self._in_date(tag, values):
                self.extra += [ExtraField(self.format, tag, "\n".join(lines).strip()) for lines in rows if any(lines)]

    def _type(self) -> str:
        entry, tag = self._entry, self._tags.kind
        given = entry.at(tag)
        known = [name for text in given if (name := _type_named(self.format, text)) is not None]
        if entry.dialect.name == "Web of Science" and (genre := entry.at("DT")):
            known = [name for part in genre[0].split(";") if (name := _type_named("", part))] + known
        default = "article-journal" if entry.dialect is MEDLINE else "document"
        kind: str = next((name for name in known if name != "article-journal"), next(iter(known), default))
        self.values["type"] = kind
        for text in given:
            is_ris = self.format == "ris"
            if text.strip().upper() != TYPES[kind].ris if is_ris else _type_named(self.format, text) != kind:
                self.extra.append(entry_type(self.format, text))
        return kind

    def _venue(self, kind: str) -> None:
        """The journal or book; in a book itself, RIS has its series in the same tag."""
        entry, tags = self._entry, self._tags
        is_whole = kind in ("book", "thesis", "report") and self.format in ("ris", "endnote")
        left: list[str] = []
        titled = any(entry.at(tag) for tag in entry.dialect.fields["title"] if tag != "BT")
        for tag in tags.venue:
            for text in entry.at(tag):
                if tag == "BT" and not titled:
                    continue
                attribute = "series" if is_whole and tag in ("T2", "%B") else "container_title"
                if self.values.setdefault(attribute, text) != text and tag not in tags.short:
                    left.append(tag)
        for tag in tags.short:
            text = next(iter(entry.at(tag)), "")
            is_short = text and text != self.values.get("container_title")
            if is_short and self.values.setdefault("container_short", text) != text:
                left.append(tag)
        self.extra += [
            ExtraField(self.format, tag, text)
            for tag in left
            for text in entry.at(tag)
            if text not in self.values.values()
        ]

    def _pages(self) -> None:
        texts = [text for tag in self._tags.pages for text in self._entry.at(tag)[:1]]
        if len(texts) == 2 and texts[0] != texts[1] and not re.search(r"[-\u2013]", texts[0]):
            self.values["pages"] = "\u2013".join(texts)
        elif texts:
            self.values["pages"] = normalise_pages(texts[0])

    def _people(self) -> None:
        """The people of each role; PubMed has each of them twice, the name in full in the first tag."""
        contributors: list[Contributor] = []
        for tag, role in self._tags.people.items():
            rows = [row for row in self._entry.values.get(tag, ()) if any(row)]
            if not rows or (self._entry.dialect is MEDLINE and role in self.values):
                continue
            if self._entry.dialect.name == "Web of Science":
                rows = [[row] for lines in rows for row in lines if row]
            names, truncated = tagged_names(rows, initials_last_always=self._entry.dialect is MEDLINE)
            people = (*names, ET_AL) if truncated else tuple(names)
            if role in ("editors", "translators"):
                self.values[role] = (*self.values.get(role, ()), *people)
            else:
                contributors += [Contributor(role, name) for name in people]
        if contributors:
            self.values["contributors"] = tuple(contributors)

    def _numbers(self, values: Sequence[str]) -> None:
        for number in (number for text in values for number in split_numbers(text)):
            bare = number.replace(" ", "")
            field = "isbn" if _ISBN.match(bare) else "issn"
            self.values[field] = tuple(dict.fromkeys((*self.values.get(field, ()), number)))

    def _set(self, attribute: str, tag: str, values: Sequence[str]) -> None:
        text, *further = values
        if attribute in ("accessed", "original_date") and (found := _ISO.match(text)):
            text = "-".join(part.zfill(2) for part in found.groups() if part)
        if (attribute == "pmcid" and "pmc" not in text.lower()) or self.values.setdefault(attribute, text) != text:
            further = list(values)
        self.extra += [ExtraField(self.format, tag, value) for value in further]

    def _in_date(self, tag: str, values: Sequence[str]) -> bool:
        """Whether the paper's date, abstract or title says all that is in a tag."""
        entry = self._entry
        if tag in _DATE_TAGS.get(entry.dialect.name, ()):
            return all(map(_PLAIN_DATE.match, values))
        if tag == "N2":
            return not entry.at("AB") or values == entry.at("AB")
        if tag in ("LID", "AID"):
            return all("10." in text for text in values)
        return tag == "BTI"


def _type_named(source_format: str, text: str) -> str | None:
    if source_format == "ris" and (known := _OF_RIS.get(text.strip().upper())) is not None:
        return known
    return _WORDS.get(_NOT_WORDS.sub(" ", text.casefold()).strip())
