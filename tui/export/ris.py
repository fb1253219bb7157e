"""RIS: tagged lines, as reference managers exchange them. One line per value, so that no value can forge a tag.

RIS has no notation for "et al.", so a truncated author list is written without it, with a warning.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from tui.export import format_limitations
from tui.export.verified_format import VerifiedFormat
from tui.latex import transliterate
from tui.model.arxiv import category_keyword
from tui.model.author_name import parse_name
from tui.model.publication import NO_PUBLICATION, PUBLICATION_FIELDS
from tui.model.publication_types import TYPES
from tui.model.value_kind import ENTRY_TYPE
from tui.text import cleanup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.export.verified_format import Fields
    from tui.model.entry import Entry
    from tui.model.partial_date import PartialDate
    from tui.model.publication import Publication

LIMITATIONS = (
    format_limitations.UNTITLED,
    format_limitations.NO_YEAR,
    format_limitations.ET_AL,
    format_limitations.PARAGRAPHS,
    format_limitations.AFFILIATION,
    format_limitations.CODE,
    format_limitations.EARLIER_ABSTRACTS,
    format_limitations.TRIAGE,
    format_limitations.UNREADABLE_CHARACTERS,
)
_SOURCE = "ris"  # the format of extra fields
_PREPRINT = "MANSCPT"  # in Zotero and EndNote; Zotero imports UNPB and GEN as journal articles
_WHOLES = frozenset(("book", "thesis", "report"))
_DATES = (("accessed", "Y2"), ("original_date", "OP"))
_OTHERWISE = frozenset((*dict(_DATES), "publisher"))  # not the text of one field
_TEXTS = (
    *((row.name, row.ris[0]) for row in PUBLICATION_FIELDS if row.ris and row.name not in _OTHERWISE),
    ("page_count", "M2"),
)
_TAG = re.compile(r"[A-Z][A-Z0-9]")
_KIND_OF = re.compile(r"[A-Z]{2,8}")
_LINE = re.compile(r"([A-Z][A-Z0-9])  - (.*)")


class Ris(VerifiedFormat):
    """The format; its only field are the lines of a record, as tags and values in order.

    Args:
        ascii: whether to write the nearest ASCII letters, because RIS has no commands for others.
    """

    def __init__(self, *, ascii: bool = False) -> None:  # noqa: A002 - the word for it
        self._ascii = ascii

    def fields(self, entry: Entry, key: str | None) -> Fields:
        """The tags and values of an entry."""
        rows = _values(entry, key)
        return {"lines": [(tag, transliterate.to_ascii(value)) for tag, value in rows] if self._ascii else list(rows)}

    def render(self, written: Iterable[Fields]) -> Iterator[str]:
        """Write the records, a blank line between them."""
        between = ""
        for fields in written:
            rows = [f"{tag}  - {value}\r\n" for tag, value in cast("list[tuple[str, str]]", fields["lines"])]
            yield f"{between}{''.join(rows)}ER  - \r\n"
            between = "\r\n"

    def read(self, text: str) -> Iterator[Fields]:
        """Read the records back.

        Raises:
            ValueError: a line has no tag, or a record does not begin with its type or does not end.
        """
        rows: list[tuple[str, str]] = []
        for number, line in enumerate(text.removesuffix("\r\n").split("\r\n") if text else (), start=1):
            found = _LINE.fullmatch(line)
            if found is None and not (line == "" and not rows):
                raise ValueError(f"line {number} has no tag")
            if found is None:
                continue
            if (found[1] == "TY") != (not rows):
                raise ValueError(f"unexpected start or end of a record at line {number}")
            if found[1] == "ER":
                yield {"lines": rows}
                rows = []
            else:
                rows.append((found[1], found[2]))
        if rows:
            raise ValueError("the end of the last record is missing")


def _values(entry: Entry, key: str | None) -> Iterator[tuple[str, str]]:
    """Tags and values in order, each value on one line; empty ones are omitted."""
    paper, mark = entry.paper, entry.mark
    publication = paper.publication
    category = (category_keyword(paper.category),) if paper.category else ()
    words = dict.fromkeys(map(cleanup.clean_line, (*mark.tags, *publication.keywords, *category)))
    values = [
        ("TY", _kind(publication)),
        ("ID", key or ""),
        ("TI", paper.title or ""),
        *(("AU", _person(author)) for author in paper.authors),
        *_date(paper.date),
        *_publication(publication),
        ("AB", paper.abstract or ""),
        *(("KW", word) for word in words),
        ("N1", mark.note),
        ("DO", paper.doi or ""),
        ("AN", f"arXiv:{paper.eprint}" if paper.eprint else ""),
        *(("UR", link) for link in paper.links),
        *(("L1", file) for file in publication.files),
    ]
    written: set[tuple[str, str]] = set()
    for tag, value in values:
        if line := cleanup.clean_line(value):
            written.add((tag, line))
            yield tag, line
    for tag, value in _extra(publication):  # some are also in a field of ours
        line = cleanup.clean_line(value)
        if line and (tag, line) not in written:
            yield tag, line


def _kind(publication: Publication) -> str:
    own = next((value for source, name, value in publication.extra if (source, name) == (_SOURCE, ENTRY_TYPE)), "")
    if _KIND_OF.fullmatch(own):
        return own
    row = TYPES.get(publication.type or "")
    return _PREPRINT if row is None or row.name == "article" else row.ris


def _publication(publication: Publication) -> Iterator[tuple[str, str]]:
    """The tags of the publication; in a book itself, the tag of the book is that of its series."""
    if publication is NO_PUBLICATION:
        return
    is_whole = publication.type in _WHOLES
    yield "JF" if is_whole else "T2", publication.container_title or ""
    yield "T2" if is_whole else "T3", publication.series or ""
    for attribute, tag in _TEXTS:
        yield tag, getattr(publication, attribute) or ""
    row = TYPES.get(publication.type or "")
    yield "IS", getattr(publication, row.number if row else "issue") or publication.issue or ""
    first, dash, last = (publication.pages or "").partition("\u2013")
    if dash and not ("\u2013" in last or "," in last):
        yield from (("SP", first), ("EP", last))
    else:
        yield "SP", publication.pages or ""
    yield "C7", publication.article_number or ""
    yield "M3", publication.genre or ""
    yield "PB", publication.issuer
    yield from (("SN", number) for number in (*publication.isbn, *publication.issn))
    yield from (("ED", _person(name)) for name in publication.editors)
    yield from (("A4", _person(name)) for name in publication.translators)
    yield from (("A3", _person(name)) for role, name in publication.contributors if role == "collection-editor")
    yield from (
        (tag, text.replace("-", "/")) for attribute, tag in _DATES if (text := getattr(publication, attribute))
    )


def _extra(publication: Publication) -> Iterator[tuple[str, str]]:
    """The tags that readlist has no place for, as they came."""
    for source, name, value in publication.extra:
        if source == _SOURCE and _TAG.fullmatch(name) and name not in ("TY", "ER"):
            yield name, value


def _date(date: PartialDate | None) -> list[tuple[str, str]]:
    """Year, and the date as ``YYYY/MM/DD/`` with unknown parts empty."""
    if date is None or date.year is None:
        return []
    month = "" if date.month is None else f"{date.month:02d}"
    day = "" if date.day is None else f"{date.day:02d}"
    return [("PY", f"{date.year:04d}"), ("DA", f"{date.year:04d}/{month}/{day}/")]


def _person(printed: str) -> str:
    """``Family, Given, Suffix``; the name of an organisation that looks like a person's ends in a comma."""
    name = parse_name(cleanup.clean_line(printed))
    if name.literal:
        return name.literal if parse_name(name.literal).literal or "," in name.literal else f"{name.literal},"
    return ", ".join(part for part in (name.surname, name.given, name.suffix) if part)
