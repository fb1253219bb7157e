"""RIS: tagged lines, as reference managers exchange them. One line per value, so that no value can forge a tag.

RIS has no notation for "et al.", so a truncated author list is written without it, with a warning.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.export import format_limitations, text_cleanup, transliterate
from tui.model.author_name import parse_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.model.entry import Entry
    from tui.model.partial_date import PartialDate

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
_KIND = "MANSCPT"  # the type for preprints in Zotero and EndNote; Zotero imports UNPB and GEN as journal articles
_LINE = re.compile(r"([A-Z][A-Z0-9])  - (.*)")


def write(entries: Sequence[Entry], keys: Mapping[str, str]) -> Iterator[str]:
    """Write the records, a blank line between them."""
    for index, entry in enumerate(entries):
        rows = [f"{tag}  - {value}\r\n" for tag, value in _values(entry, keys.get(entry.id))]
        yield ("\r\n" if index else "") + "".join(rows) + "ER  - \r\n"


def write_ascii(entries: Sequence[Entry], keys: Mapping[str, str]) -> Iterator[str]:
    """Write the records with the nearest ASCII letters, because RIS has no commands for others."""
    return map(transliterate.to_ascii, write(entries, keys))


def expected_ascii(entry: Entry, key: str | None) -> dict[str, object]:
    """The values of an entry in ASCII."""
    rows = ((tag, transliterate.to_ascii(value)) for tag, value in _values(entry, key))
    return {"rows": tuple(rows)}


def read(text: str) -> list[dict[str, object]]:
    """Read back what was written, as ``expected`` returns it.

    Raises:
        ValueError: a line has no tag, or a record does not begin with its type or does not end.
    """
    records: list[dict[str, object]] = []
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
            records.append({"rows": tuple(rows)})
            rows = []
        else:
            rows.append((found[1], found[2]))
    if rows:
        raise ValueError("the last record has no end")
    return records


def expected(entry: Entry, key: str | None) -> dict[str, object]:
    """The values of an entry that ``read`` returns for it."""
    return {"rows": tuple(_values(entry, key))}


def _values(entry: Entry, key: str | None) -> Iterator[tuple[str, str]]:
    """Tags and values in order, each value on one line; empty ones are omitted."""
    paper, mark = entry.paper, entry.mark
    values = [
        ("TY", _KIND),
        ("ID", key or ""),
        ("TI", paper.title or ""),
        *(("AU", _person(author)) for author in paper.authors),
        *_date(paper.date),
        ("AB", paper.abstract or ""),
        *(("KW", tag) for tag in mark.tags),
        ("KW", text_cleanup.category_keyword(paper.category) if paper.category else ""),
        ("N1", mark.note),
        ("DO", paper.doi or ""),
        ("AN", f"arXiv:{paper.eprint}" if paper.eprint else ""),
        *(("UR", link) for link in paper.links),
    ]
    for tag, value in values:
        line = text_cleanup.clean_line(value)
        if line:
            yield tag, line


def _date(date: PartialDate | None) -> list[tuple[str, str]]:
    """Year, and the date as ``YYYY/MM/DD/`` with unknown parts empty."""
    if date is None or date.year is None:
        return []
    month = "" if date.month is None else f"{date.month:02d}"
    day = "" if date.day is None else f"{date.day:02d}"
    return [("PY", f"{date.year:04d}"), ("DA", f"{date.year:04d}/{month}/{day}/")]


def _person(printed: str) -> str:
    """``Family, Given, Suffix``; the name of an organisation that looks like a person's ends in a comma."""
    name = parse_name(text_cleanup.clean_line(printed))
    if name.literal:
        return name.literal if parse_name(name.literal).literal or "," in name.literal else f"{name.literal},"
    return ", ".join(part for part in (name.surname, name.given, name.suffix) if part)
