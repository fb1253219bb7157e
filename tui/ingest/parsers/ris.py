"""RIS in the dialects of Zotero, EndNote, Scopus and others, and its relatives.

The relatives are the tagged formats of Web of Science, PubMed (MEDLINE), RefWorks and EndNote.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.ingest.author_format import from_family_first, is_et_al
from tui.ingest.bibliography_record import BibliographyRecord, partial_date, to_record
from tui.ingest.publication_details import PublicationDetails, details_of
from tui.ingest.record import RECORD_LIMIT, ParseResult
from tui.ingest.source_file import Diagnostic
from tui.ingest.tagged_format import HINT, MEDLINE, RIS, WEB_OF_SCIENCE, detect_dialect, parse_tagged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.parsers.source_parser import Told
    from tui.ingest.record import Record, SourceLine
    from tui.ingest.source_file import SourceFile
    from tui.ingest.tagged_format import TaggedRecord
    from tui.model.partial_date import PartialDate

_DATE = re.compile(r"(\d{4})(?:[/-](\d{0,2})(?:[/-](\d{0,2}))?)?")
_WORDED = re.compile(r"(\d{4})\s+([A-Za-z]{3})[A-Za-z]*(?:\s+(\d{1,2})\b)?")
_DAY = re.compile(r"([A-Za-z]{3})[A-Za-z]*\.?(?:\s+(\d{1,2})\b)?")
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
        dialect = detect_dialect(lines)[0] or RIS
        for record in parse_tagged(page, dialect, problems):
            if len(drafts) > RECORD_LIMIT:
                break
            told(record.line)
            draft = to_record(page.name, _reference(record), problems)
            drafts += [draft] if draft else []
        if not drafts and not problems:
            problems.append(Diagnostic(page.name, 0, "The file holds no record.", HINT))
        return ParseResult(tuple(drafts), tuple(problems), frozenset(line.number for line in lines))


def _reference(record: TaggedRecord) -> BibliographyRecord:
    people = _people(record)
    cut = [name for name in people if is_et_al(name)]
    numbers = [text for tag in record.dialect.fields.get("numbers", ()) for text in record.at(tag)]
    links = [text for tag in record.dialect.fields.get("links", ()) for text in record.at(tag)]
    return BibliographyRecord(
        record.line,
        title=_title(record),
        authors=tuple(filter(None, (from_family_first(name) for name in people if name not in cut))),
        truncated=bool(cut),
        date=_date(record),
        abstract=" ".join(record.of("abstract")),
        note="\n\n".join(
            "\n".join(rows).strip("\n")
            for tag in record.dialect.fields.get("note", ())
            for rows in record.values.get(tag, ())
        ),
        keywords=tuple(record.rows("keywords")),
        links=tuple(link for text in links for link in _ADDRESSES.split(text) if not _QUALIFIER.search(link)),
        free_text=tuple(numbers),
        doi=_doi([*record.of("doi"), *links] if record.dialect is MEDLINE else [*record.of("doi"), *numbers]),
        key=next((key for key in record.of("key") if _KEY.match(key)), ""),
        repairs=tuple(record.repairs),
        details=_details(record, numbers),
    )


def _details(record: TaggedRecord, numbers: Sequence[str]) -> PublicationDetails:
    """Where it was published."""

    def of(name: str) -> list[str]:
        return [text for tag in _DETAILS[record.dialect.name].get(name, ()) for text in record.at(tag)]

    given = {name: next(iter(of(name)), "") for name in ("container", "volume", "number", "pages", "pmid", "key")}
    kind = next(iter(of("kind")), "")
    return details_of(kind, **given, isbn=of("isbn"), named=numbers)


def _doi(given: Sequence[str]) -> str:
    return next((text for text in given if "10." in text and not text.endswith("[pii]")), next(iter(given), ""))


def _title(record: TaggedRecord) -> str:
    title = next(iter(record.of("title")), "")
    # PubMed ends every title with a full stop.
    return title[:-1] if record.dialect is MEDLINE and title.endswith(".") and not title.endswith("..") else title


def _people(record: TaggedRecord) -> list[str]:
    """The authors.

    Web of Science and PubMed give them twice, in short and in full. In RIS, ``A1`` in front of ``AU`` is the first
    author, and behind it what Web of Science knows besides: the authors of the whole book, a sponsor.
    """
    if record.dialect is RIS:
        tags = [tag for tag in record.values if tag in ("AU", "A1")]
        return [name for tag in (tags if tags[:1] == ["A1"] else tags[:1]) for name in record.at(tag)]
    full, short = ([*_names(record, tag)] for tag in (*record.dialect.fields["authors"], "AU")[:2])
    groups = [name for tag in record.dialect.fields.get("groups", ()) for name in record.at(tag)]
    return [*(full if len(full) >= len(short) else short), *groups]


def _names(record: TaggedRecord, tag: str) -> list[str]:
    """The names of a tag: in Web of Science each on a line of its own, everywhere else each with a tag of its own."""
    if record.dialect is WEB_OF_SCIENCE:
        return [row for rows in record.values.get(tag, ()) for row in rows if row]
    return record.at(tag)


def _date(record: TaggedRecord) -> PartialDate | str | None:
    """The most complete date that agrees with the year."""
    given = [text for tag in record.dialect.fields["date"] for text in record.at(tag)]
    if not given:
        return None
    if (worded := _WORDED.match(given[0])) is not None:
        return partial_date(worded[1], worded[2], worded[3] or "")
    if (day := next(filter(None, map(_DAY.match, record.of("day"))), None)) is not None:
        return partial_date(given[0], day[1], day[2] or "")
    dates = [found for text in given if (found := _DATE.match(text))]
    fitting = [found for found in dates if found[1] == dates[0][1]]
    best = max(fitting, key=lambda found: sum(map(bool, found.groups())), default=None)
    return partial_date(given[0]) if best is None else partial_date(best[1], best[2] or "", best[3] or "")
