"""RIS in the dialects of Zotero, EndNote, Scopus and others, and its relatives.

The relatives are the tagged formats of Web of Science, PubMed (MEDLINE), RefWorks and EndNote.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tui.ingest.bibliography_record import BibliographyRecord, doi_of, partial_date, to_record
from tui.ingest.database_notes import clutter_problem, sorted_note
from tui.ingest.date_parser import parse_date
from tui.ingest.date_phrases import read_phrase
from tui.ingest.keywords import headings, single_keywords, tagged_keywords
from tui.ingest.publication_details import PublicationDetails, details_of
from tui.ingest.record import RECORD_LIMIT, ParseResult
from tui.ingest.source_file import Diagnostic
from tui.ingest.tagged_authors import tagged_names
from tui.ingest.tagged_format import HINT, MEDLINE, RIS, WEB_OF_SCIENCE, detect_dialect, parse_tagged
from tui.model.partial_date import PartialDate

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from tui.ingest.database_notes import SortedNote
    from tui.ingest.parsers.source_parser import Told
    from tui.ingest.record import Record, SourceLine
    from tui.ingest.source_file import SourceFile
    from tui.ingest.tagged_format import TagDialect, TaggedRecord

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NO_PARTS = re.compile(r"(?:[/-](?:0{0,2}))+\Z")
_WORD = re.compile(r"[^\W\d_]{3}")
_BRACKETED = re.compile(r"\[([^\[\]]+)\]\Z")
_NO_TITLE = re.compile(r"\[?not available\]?\.?\Z", re.IGNORECASE)
_DOI_IN_QUERY = re.compile(r"[?&]doi=(10\.[^&\s]+)", re.IGNORECASE)
_KEY = re.compile(r"(?=.*[A-Za-z])[^\s,{}\"#%~\\]{1,100}\Z")
_ADDRESSES = re.compile(r"[;\s]\s*(?=https?://)")
_QUALIFIER = re.compile(r"\s*\[(?:doi|pii)\]\Z")

# Where each dialect has what tells records apart.
_DETAILS: dict[str, dict[str, tuple[str, ...]]] = {
    "RIS": {
        "kind": ("TY",), "container": ("JF", "JO", "T2", "JA", "J2", "BT"), "volume": ("VL",), "number": ("IS",),
        "pages": ("SP",), "isbn": ("SN",), "key": ("ID",),
    },
    "Web of Science": {
        "kind": ("PT",), "container": ("SO", "JI"), "volume": ("VL",), "number": ("IS",), "pages": ("BP", "AR"),
        "isbn": ("BN",), "pmid": ("PM",),
    },
    "MEDLINE": {
        "container": ("JT", "TA", "BTI"), "volume": ("VI",), "number": ("IP",), "pages": ("PG",), "isbn": ("ISBN",),
        "pmid": ("PMID",),
    },
    "RefWorks": {
        "kind": ("RT",), "container": ("JF", "JO", "T2"), "volume": ("VO",), "number": ("IS",), "pages": ("SP",),
        "isbn": ("SN",),
    },
    "EndNote": {
        "kind": ("%0",), "container": ("%J", "%B"), "volume": ("%V",), "number": ("%N",), "pages": ("%P",),
        "isbn": ("%@",), "key": ("%F",),
    },
}  # fmt: skip


class TaggedFormatParser:
    """Lines that begin with a tag."""

    name = "RIS"
    by_line = False

    def sniff(self, page: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """1 for a page that begins with a record, else the share of lines that have a tag, if it is large."""
        return detect_dialect(lines)[1]

    def parse(self, page: SourceFile, lines: Sequence[SourceLine], told: Told) -> ParseResult:
        """Read every record; all lines are claimed."""
        problems: list[Diagnostic] = []
        drafts: list[Record] = []
        clutter: list[tuple[int, str]] = []
        dialect = detect_dialect(lines)[0] or RIS
        wholes = _of_wholes(page, dialect)
        for record in parse_tagged(page, dialect, problems):
            if len(drafts) > RECORD_LIMIT:
                break
            told(record.line)
            note = sorted_note("\n\n".join("\n".join(rows).strip("\n") for rows in record.rows("note")))
            clutter += [(record.line, line) for line in note.clutter[:1]]
            draft = to_record(page.name, _reference(record, note, wholes), problems)
            drafts += [draft] if draft else []
        problems += clutter_problem(page.name, clutter)
        if not drafts and not problems:
            problems.append(Diagnostic(page.name, 0, "The file holds no record.", HINT))
        return ParseResult(tuple(drafts), tuple(problems), frozenset(line.number for line in lines))


def _of_wholes(page: SourceFile, dialect: TagDialect) -> frozenset[str]:
    """The DOIs that several records link to: those of a book or of an issue, and of none of them."""
    tags = dialect.fields.get("links", ())
    found: set[tuple[int, str]] = set()
    record = 0
    for line in page.lines:
        tagged = dialect.line.match(line)
        record += tagged is not None and tagged[1] == dialect.start
        if tagged is not None and tagged[1] in tags and "10." in line:
            found |= {
                (record, doi.lower()) for link in _ADDRESSES.split(tagged[2] or "") if (doi := _linked_doi(link))
            }
    counted = Counter(doi for _, doi in found)
    return frozenset(doi for doi, records in counted.items() if records > 1)


def _reference(record: TaggedRecord, note: SortedNote, wholes: Container[str]) -> BibliographyRecord:
    people, truncated = tagged_names(_people(record), initials_last_always=record.dialect is MEDLINE)
    numbers = [text for tag in record.dialect.fields.get("numbers", ()) for text in record.at(tag)]
    links = [text for tag in record.dialect.fields.get("links", ()) for text in record.at(tag)]
    links = [link for text in links for link in _ADDRESSES.split(text) if not _QUALIFIER.search(link)]
    linked = filter(None, map(_linked_doi, links))
    return BibliographyRecord(
        record.line,
        title=_title(record),
        authors=tuple(people),
        truncated=truncated,
        date=_date(record),
        abstract=" ".join(dict.fromkeys(record.of("abstract"))),
        note=note.own,
        keywords=tuple(_keywords(record)),
        links=tuple(links),
        free_text=(*numbers, *note.identifiers),
        doi=_doi(record, [*numbers, *note.identifiers], [doi for doi in linked if doi.lower() not in wholes]),
        key=next((key for key in record.of("key") if _KEY.match(key)), ""),
        repairs=(*record.repairs, *_repeated(record)),
        details=_details(record, [*numbers, *note.identifiers]),
    )


def _details(record: TaggedRecord, numbers: Sequence[str]) -> PublicationDetails:
    """Where it was published."""

    def of(name: str) -> list[str]:
        return [text for tag in _DETAILS[record.dialect.name].get(name, ()) for text in record.at(tag)]

    given = {name: next(iter(of(name)), "") for name in ("container", "volume", "number", "pages", "pmid", "key")}
    kind = next(iter(of("kind")), "")
    return details_of(kind, **given, isbn=of("isbn"), named=numbers)


def _doi(record: TaggedRecord, elsewhere: Sequence[str], linked: Sequence[str]) -> str:
    """The DOI of its own tag, or else one that stands among numbers or in a note, or that it links to."""
    given = record.of("doi")
    marked = [text for text in given if "10." in text and not text.endswith("[pii]")]
    return next(iter((*marked, *(text for text in elsewhere if "10." in text), *linked)), next(iter(given), ""))


def _linked_doi(link: str) -> str:
    """The DOI of which a link is the address, or that its query names; empty where there is none."""
    if "10." not in link:
        return ""
    found = _DOI_IN_QUERY.search(link)
    return doi_of(link) or (unquote(found[1]) if found else "")


def _title(record: TaggedRecord) -> str:
    titles = [text for text in record.of("title") if not _NO_TITLE.match(text)]
    title = next(iter(titles or [text for tag in record.dialect.fields["title"][1:] for text in record.at(tag)]), "")
    # PubMed ends every title with a full stop, and has brackets round a translated one.
    if record.dialect is MEDLINE and title.endswith(".") and not title.endswith(".."):
        title = title[:-1]
    translated = _BRACKETED.match(title)
    return translated[1].removesuffix(".").strip() if translated else title


def _repeated(record: TaggedRecord) -> Iterator[str]:
    """What to say of a tag that comes more than once where a record has one value."""
    for name in ("title", "doi") if record.dialect is not MEDLINE else ():
        tag = next(filter(record.at, record.dialect.fields[name]), "")
        values = list(dict.fromkeys(record.at(tag)))
        if len(values) > 1 and (name == "title" or len({doi_of(value) or value for value in values}) > 1):
            times = "twice" if len(values) == 2 else f"{len(values)} times"
            yield f"the field {tag} comes {times}, the first was taken"
    if (
        record.dialect is RIS
        and record.at("AB")
        and any(text not in " ".join(record.at("AB")) for text in record.at("N2"))
    ):
        yield "its field N2 holds another text than AB, and was left out"


def _keywords(record: TaggedRecord) -> list[str]:
    if record.dialect is not MEDLINE:
        return tagged_keywords(record.rows("keywords"), wrapped=record.dialect is WEB_OF_SCIENCE)
    return [*single_keywords(record.at("OT")), *headings(record.at("MH"))]


def _people(record: TaggedRecord) -> list[list[str]]:
    """The values of the authors' tags.

    Web of Science and PubMed give them twice, in short and in full. In RIS, ``A1`` in front of ``AU`` is the first
    author, and behind it what Web of Science knows besides: the authors of the whole book, a sponsor.
    """
    if record.dialect is RIS:
        tags = [tag for tag in record.values if tag in ("AU", "A1")]
        if tags == ["A1", "AU"] and record.values["A1"][0] in record.values["AU"]:
            tags = [max(tags, key=lambda tag: len(record.values[tag]))]  # the same authors twice
        return [rows for tag in (tags if tags[:1] == ["A1"] else tags[:1]) for rows in record.values[tag]]
    full, short = (_names(record, tag) for tag in (*record.dialect.fields["authors"], "AU")[:2])
    groups = [rows for tag in record.dialect.fields.get("groups", ()) for rows in record.values.get(tag, ())]
    groups = [
        [f"{name},"] if "," not in name else [name] for rows in groups if (name := " ".join(filter(None, rows)))
    ]
    return [*(full if len(full) >= len(short) else short), *groups]


def _names(record: TaggedRecord, tag: str) -> list[list[str]]:
    """The names of a tag: in Web of Science each on a line of its own, everywhere else each with a tag of its own."""
    values = record.values.get(tag, [])
    if record.dialect is WEB_OF_SCIENCE:
        return [[row] for rows in values for row in rows if row]
    return [rows for rows in values if any(rows)]


def _date(record: TaggedRecord) -> PartialDate | str | None:
    """The most complete date that agrees with the year; what is none comes back as it is printed."""
    given = [_shortened(text) for tag in record.dialect.fields["date"] for text in record.at(tag)]
    given = [text for text in given if text]
    year = next((found[0] for text in given if (found := _YEAR.search(text))), None)
    if year is None:
        return next(iter(given), None)
    days = [text for text in record.of("day") if _WORD.search(text) or _YEAR.search(text)]
    texts = [text if _YEAR.search(text) else f"{text} {year}" for text in (*given, *days)]
    read = [_read_date(text) for text in texts]
    fitting = [date for date in read if isinstance(date, PartialDate) and date.year == int(year)]
    best = max(fitting, key=lambda date: (date.month is not None) + (date.day is not None), default=None)
    if best is not None and best.month is not None:
        return best
    return next((date for date in read if isinstance(date, str) and year in date), best)


def _shortened(text: str) -> str:
    """A date without what RIS puts after its third slash, unless that is all that there is besides the year."""
    parts = [part.strip() for part in text.split("/")]
    if len(parts) > 3 and parts[0].isdecimal():
        text = "/".join(parts[:3]) if any(part.strip("0") for part in parts[1:3]) else f"{parts[3]} {parts[0]}"
    return _NO_PARTS.sub("", text).strip()


def _read_date(text: str) -> PartialDate | str:
    with suppress(ValueError):
        return parse_date(text)
    if _WORD.search(text) and not read_phrase(text).whole:
        return text
    return partial_date(text) or text
