"""RIS in the dialects of Zotero, EndNote, Scopus and others, and the tagged format of Web of Science."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.ingest.draft import Reading
from tui.ingest.page import Problem
from tui.ingest.person import listed_first
from tui.ingest.reference import Reference, draft_of, partial_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.ingest.draft import Draft, Line
    from tui.ingest.page import Page
    from tui.paper.date import PartialDate

_TAGGED = re.compile(r"[ \t]*([A-Z][A-Z0-9])[ \t]{0,3}-(?:[ \t]+(.*)|[ \t]*\Z)")
_OF_SCIENCE = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|\Z)")
_FIRST_OF_SCIENCE = re.compile(r"(?:FN |VR |PT [A-Z]\Z)")
_DATE = re.compile(r"(\d{4})(?:[/-](\d{0,2})(?:[/-](\d{0,2}))?)?")
_TITLES = ("TI", "T1", "CT", "BT")
_ABSTRACTS = ("AB", "N2")
_KEY = re.compile(r"(?=.*[A-Za-z])[^\s,{}\"#%~\\]{1,100}\Z")
_LATEST_START = 200
_LEAST_SHARE = 0.3
_ADDRESSES = re.compile(r"[;\s]\s*(?=https?://)")
_HINT = "Every record begins with a line TY and ends with a line ER."


@dataclass(slots=True)
class _Record:
    """The lines of one record: tag to values, continued lines joined."""

    line: int
    of_science: bool
    values: dict[str, list[list[str]]] = field(default_factory=dict)
    repairs: list[str] = field(default_factory=list)

    def of(self, *tags: str) -> list[str]:
        """The values of the tags, those of the first tag that has one."""
        for tag in tags:
            found = [" ".join(filter(None, rows)) for rows in self.values.get(tag, ())]
            if any(found):
                return [value for value in found if value]
        return []

    def rows(self, *tags: str) -> Iterator[str]:
        """The single lines of the values of the tags."""
        for tag in tags:
            for rows in self.values.get(tag, ()):
                yield from filter(None, rows)


class Ris:
    """Lines that begin with a tag of two letters."""

    name = "RIS"
    by_line = False

    def score(self, page: Page, lines: Sequence[Line]) -> float:
        """1 for a page that begins with a record, else the share of lines that have a tag, if it is large."""
        starts = (place for place, line in enumerate(lines[:_LATEST_START]) if _is_start(line.text))
        first = next(starts, None)
        if first is None:
            return 0.0
        pattern = _pattern(page)
        share = sum(pattern.match(line.text) is not None for line in lines) / len(lines)
        return 1.0 if first == 0 else share if share >= _LEAST_SHARE else 0.0

    def read(self, page: Page, lines: Sequence[Line]) -> Reading:
        """Read every record; all lines are claimed."""
        problems: list[Problem] = []
        drafts: list[Draft] = []
        for record in _records(page, problems):
            draft = draft_of(page.name, _reference(record), problems)
            drafts += [draft] if draft else []
        return Reading(tuple(drafts), tuple(problems), frozenset(line.number for line in lines))


def _is_start(text: str) -> bool:
    found = _TAGGED.match(text)
    return (found is not None and found[1] == "TY") or _FIRST_OF_SCIENCE.match(text) is not None


def _pattern(page: Page) -> re.Pattern[str]:
    first = next((line.strip() for line in page.lines if line.strip()), "")
    return _OF_SCIENCE if _FIRST_OF_SCIENCE.match(first) else _TAGGED


def _records(page: Page, problems: list[Problem]) -> Iterator[_Record]:
    """The records of the page; what stands outside of them is a problem once in a row."""
    pattern = _pattern(page)
    start = "PT" if pattern is _OF_SCIENCE else "TY"
    record: _Record | None = None
    rows: list[str] | None = None
    outside = False
    for number, line in enumerate(page.lines, 1):
        found = pattern.match(line)
        tag = found[1] if found else ""
        text = ((found[2] or "") if found else line).strip()
        if tag == start:
            if record is not None:
                record.repairs.append("its end is missing")
                yield record
            record, rows, outside = _Record(number, pattern is _OF_SCIENCE), None, False
        elif record is None:
            if text and not outside and tag not in ("FN", "VR", "EF", "ER") and not _is_number(text):
                problems.append(Problem(page.name, number, f"This is part of no record: '{text[:60]}'.", _HINT))
                outside = True
        elif tag == "ER":
            yield record
            record = rows = None
        elif tag:
            rows = [text]
            record.values.setdefault(tag, []).append(rows)
        elif rows is not None:
            rows.append(text)
    if record is not None:
        record.repairs.append("its end is missing")
        yield record


def _is_number(text: str) -> bool:
    """Whether a line only counts the records, as some programs do."""
    return text.rstrip(".").isdigit()


def _reference(record: _Record) -> Reference:
    people = _people(record)
    cut = [name for name in people if name.casefold().strip(".") in ("et al", "others")]
    numbers = [*record.of("M3"), *record.of("AN"), *record.of("M1")]
    return Reference(
        record.line,
        title=next(iter(record.of(*_TITLES)), ""),
        authors=tuple(filter(None, (listed_first(name) for name in people if name not in cut))),
        truncated=bool(cut),
        date=_date(record),
        abstract=" ".join(record.of(*_ABSTRACTS)),
        note="\n\n".join("\n".join(rows).strip("\n") for rows in record.values.get("N1", ())),
        keywords=tuple(record.rows("KW", "DE", "ID") if record.of_science else record.rows("KW")),
        links=tuple(link for tag in ("UR", "LK", "L2") for text in record.of(tag) for link in _ADDRESSES.split(text)),
        named=tuple(numbers),
        doi=next(iter(record.of("DO", "DI")), "") or next((text for text in numbers if "10." in text), ""),
        key="" if record.of_science else next((key for key in record.of("ID") if _KEY.match(key)), ""),
        repairs=tuple(record.repairs),
    )


def _people(record: _Record) -> list[str]:
    """The authors; Web of Science gives them a line each, and once more in full."""
    if not record.of_science:
        return [*record.of("AU"), *record.of("A1")]
    short, full = list(record.rows("AU")), list(record.rows("AF"))
    return full if len(full) >= len(short) else short


def _date(record: _Record) -> PartialDate | None:
    """The most complete date that agrees with the year."""
    year = next(iter(record.of("PY", "Y1", "DA")), "")
    dates = [found for text in (year, *record.of("DA"), *record.of("Y1")) if (found := _DATE.match(text))]
    fitting = [found for found in dates if found[1] == dates[0][1]]
    best = max(fitting, key=lambda found: sum(map(bool, found.groups())), default=None)
    return partial_date(year) if best is None else partial_date(best[1], best[2] or "", best[3] or "")
