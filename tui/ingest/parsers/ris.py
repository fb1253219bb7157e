"""Parser of RIS in the dialects of Zotero, EndNote, Scopus and others, and of related tagged formats.

The related formats are those of Web of Science, PubMed (MEDLINE), RefWorks and EndNote.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tui.ingest.bibliography_record import BibliographyRecord, doi_of, partial_date, to_record
from tui.ingest.database_notes import clutter_diagnostics, sort_note
from tui.ingest.free_form_dates import read_phrase
from tui.ingest.keywords import single_keywords, subject_headings, tagged_keywords
from tui.ingest.parsers.tagged_publication import publication_of
from tui.ingest.plain_dates import parse_date
from tui.ingest.publication_details import PublicationDetails, details_of
from tui.ingest.record import RECORD_LIMIT, ParseResult
from tui.ingest.source_file import Diagnostic
from tui.ingest.tagged_authors import tagged_names
from tui.ingest.tagged_format import HINT, MEDLINE, RIS, WEB_OF_SCIENCE, detect_dialect, parse_tagged
from tui.model.arxiv import find_arxiv_id
from tui.model.partial_date import PartialDate

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from tui.ingest.database_notes import SortedNote
    from tui.ingest.parsers.source_parser import OnLine
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

# The tags of the publication details in each dialect.
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
    """Records of lines that start with a tag."""

    name = "RIS"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """1 for a source that starts with a record, else the share of tagged lines if it is large."""
        return detect_dialect(lines)[1]

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
        """Parse every record; all lines are consumed."""
        diagnostics: list[Diagnostic] = []
        records: list[Record] = []
        clutter: list[tuple[int, str]] = []
        dialect = detect_dialect(lines)[0] or RIS
        wholes = _shared_dois(source, dialect)
        for entry in parse_tagged(source, dialect, diagnostics):
            if len(records) > RECORD_LIMIT:
                break
            on_line(entry.line)
            note = sort_note("\n\n".join("\n".join(rows).strip("\n") for rows in entry.rows("note")))
            clutter += [(entry.line, line) for line in note.clutter[:1]]
            record = to_record(source.name, _reference(entry, note, wholes), diagnostics)
            records += [record] if record else []
        diagnostics += clutter_diagnostics(source.name, clutter)
        if not records and not diagnostics:
            diagnostics.append(Diagnostic(source.name, 0, "the file has no records", HINT))
        return ParseResult(tuple(records), tuple(diagnostics), frozenset(line.number for line in lines))


def _shared_dois(source: SourceFile, dialect: TagDialect) -> frozenset[str]:
    """The DOIs that several records link to, which belong to a book or issue, not to the records."""
    tags = dialect.fields.get("links", ())
    found: set[tuple[int, str]] = set()
    entry = 0
    for line in source.lines:
        tagged = dialect.line.match(line)
        entry += tagged is not None and tagged[1] == dialect.start
        if tagged is not None and tagged[1] in tags and "10." in line:
            found |= {
                (entry, doi.lower()) for link in _ADDRESSES.split(tagged[2] or "") if (doi := _linked_doi(link))
            }
    counted = Counter(doi for _, doi in found)
    return frozenset(doi for doi, entries in counted.items() if entries > 1)


def _reference(entry: TaggedRecord, note: SortedNote, wholes: Container[str]) -> BibliographyRecord:
    people, truncated = tagged_names(_people(entry), initials_last_always=entry.dialect is MEDLINE)
    numbers = [text for tag in entry.dialect.fields.get("numbers", ()) for text in entry.at(tag)]
    links = [text for tag in entry.dialect.fields.get("links", ()) for text in entry.at(tag)]
    links = [link for text in links for link in _ADDRESSES.split(text) if not _QUALIFIER.search(link)]
    linked = filter(None, map(_linked_doi, links))
    keywords = _keywords(entry)
    return BibliographyRecord(
        entry.line,
        title=_title(entry),
        authors=tuple(people),
        truncated=truncated,
        date=_date(entry),
        abstract=" ".join(dict.fromkeys(entry.of("abstract"))),
        note=note.own,
        keywords=tuple(keywords),
        links=tuple(links),
        free_text=(*numbers, *note.identifiers),
        doi=_doi(entry, [*numbers, *note.identifiers], [doi for doi in linked if doi.lower() not in wholes]),
        key=next((key for key in entry.of("key") if _KEY.match(key)), ""),
        repairs=(*entry.repairs, *_repeated_tags(entry)),
        details=_details(entry, [*numbers, *note.identifiers]),
        publication=publication_of(
            entry,
            eprint=any(map(find_arxiv_id, (*numbers, *links, *note.identifiers))),
            keywords=keywords,
            other_notes=note.clutter,
        ),
    )


def _details(entry: TaggedRecord, numbers: Sequence[str]) -> PublicationDetails:
    """The publication details of a record."""

    def of(name: str) -> list[str]:
        return [text for tag in _DETAILS[entry.dialect.name].get(name, ()) for text in entry.at(tag)]

    given = {name: next(iter(of(name)), "") for name in ("container", "volume", "number", "pages", "pmid", "key")}
    kind = next(iter(of("kind")), "")
    return details_of(kind, **given, isbn=of("isbn"), named=numbers)


def _doi(entry: TaggedRecord, elsewhere: Sequence[str], linked: Sequence[str]) -> str:
    """The DOI of the DOI tag, or else one among the numbers, in the note, or in a link."""
    given = entry.of("doi")
    marked = [text for text in given if "10." in text and not text.endswith("[pii]")]
    return next(iter((*marked, *(text for text in elsewhere if "10." in text), *linked)), next(iter(given), ""))


def _linked_doi(link: str) -> str:
    """The DOI in a link or in its query string; empty if there is none."""
    if "10." not in link:
        return ""
    found = _DOI_IN_QUERY.search(link)
    return doi_of(link) or (unquote(found[1]) if found else "")


def _title(entry: TaggedRecord) -> str:
    titles = [text for text in entry.of("title") if not _NO_TITLE.match(text)]
    title = next(iter(titles or [text for tag in entry.dialect.fields["title"][1:] for text in entry.at(tag)]), "")
    # PubMed ends every title with a full stop, and puts translated titles in brackets.
    if entry.dialect is MEDLINE and title.endswith(".") and not title.endswith(".."):
        title = title[:-1]
    translated = _BRACKETED.match(title)
    return translated[1].removesuffix(".").strip() if translated else title


def _repeated_tags(entry: TaggedRecord) -> Iterator[str]:
    """Messages for repeated tags of single-valued fields."""
    for name in ("title", "doi") if entry.dialect is not MEDLINE else ():
        tag = next(filter(entry.at, entry.dialect.fields[name]), "")
        values = list(dict.fromkeys(entry.at(tag)))
        if len(values) > 1 and (name == "title" or len({doi_of(value) or value for value in values}) > 1):
            times = "twice" if len(values) == 2 else f"{len(values)} times"
            yield f"the field {tag} appears {times} (the first value was used)"
    if (
        entry.dialect is RIS
        and entry.at("AB")
        and any(text not in " ".join(entry.at("AB")) for text in entry.at("N2"))
    ):
        yield "its field N2 differs from AB and was ignored"


def _keywords(entry: TaggedRecord) -> list[str]:
    if entry.dialect is not MEDLINE:
        return tagged_keywords(entry.rows("keywords"), wrapped=entry.dialect is WEB_OF_SCIENCE)
    return [*single_keywords(entry.at("OT")), *subject_headings(entry.at("MH"))]


def _people(entry: TaggedRecord) -> list[list[str]]:
    """The values of the author tags.

    Web of Science and PubMed give the authors twice, abbreviated and in full. In RIS, ``A1`` before ``AU`` is the
    first
    author; after it, Web of Science uses it for the authors of the whole book or a sponsor.
    """
    if entry.dialect is RIS:
        tags = [tag for tag in entry.values if tag in ("AU", "A1")]
        if tags == ["A1", "AU"] and entry.values["A1"][0] in entry.values["AU"]:
            tags = [max(tags, key=lambda tag: len(entry.values[tag]))]  # the same authors twice
        return [rows for tag in (tags if tags[:1] == ["A1"] else tags[:1]) for rows in entry.values[tag]]
    full, short = (_names(entry, tag) for tag in (*entry.dialect.fields["authors"], "AU")[:2])
    groups = [rows for tag in entry.dialect.fields.get("groups", ()) for rows in entry.values.get(tag, ())]
    groups = [
        [f"{name},"] if "," not in name else [name] for rows in groups if (name := " ".join(filter(None, rows)))
    ]
    return [*(full if len(full) >= len(short) else short), *groups]


def _names(entry: TaggedRecord, tag: str) -> list[list[str]]:
    """The names of a tag: one per line in Web of Science, one per tag everywhere else."""
    values = entry.values.get(tag, [])
    if entry.dialect is WEB_OF_SCIENCE:
        return [[row] for rows in values for row in rows if row]
    return [rows for rows in values if any(rows)]


def _date(entry: TaggedRecord) -> PartialDate | str | None:
    """The most complete date that agrees with the year; invalid dates are returned as text."""
    given = [_shorten(text) for tag in entry.dialect.fields["date"] for text in entry.at(tag)]
    given = [text for text in given if text]
    year = next((found[0] for text in given if (found := _YEAR.search(text))), None)
    if year is None:
        return next(iter(given), None)
    days = [text for text in entry.of("day") if _WORD.search(text) or _YEAR.search(text)]
    texts = [text if _YEAR.search(text) else f"{text} {year}" for text in (*given, *days)]
    read = [_parse_date(text) for text in texts]
    fitting = [date for date in read if isinstance(date, PartialDate) and date.year == int(year)]
    best = max(fitting, key=lambda date: (date.month is not None) + (date.day is not None), default=None)
    if best is not None and best.month is not None:
        return best
    return next((date for date in read if isinstance(date, str) and year in date), best)


def _shorten(text: str) -> str:
    """A date without the text after its third slash, unless there is only that besides the year."""
    parts = [part.strip() for part in text.split("/")]
    if len(parts) > 3 and parts[0].isdecimal():
        text = "/".join(parts[:3]) if any(part.strip("0") for part in parts[1:3]) else f"{parts[3]} {parts[0]}"
    return _NO_PARTS.sub("", text).strip()


def _parse_date(text: str) -> PartialDate | str:
    with suppress(ValueError):
        return parse_date(text)
    if _WORD.search(text) and not read_phrase(text).whole:
        return text
    return partial_date(text) or text
