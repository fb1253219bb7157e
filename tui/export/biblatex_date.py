"""The date of a paper for biblatex, which has one field for what BibTeX says in year, month and day.

Ranges of days, months and years, and seasons, are verbatim in the fields of the source; a paper has only their start.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from tui.bibtex.syntax import MONTHS
from tui.export.bib_publication import SOURCE
from tui.latex.decode import decode_field
from tui.model.partial_date import PartialDate
from tui.model.value_kind import DATE_FIELDS

if TYPE_CHECKING:
    from tui.model.paper import Paper

_YEARS = re.compile(r"(?P<start>\d{4})\s*[-–—/]+\s*(?P<end>\d{4}|\d\d)\Z")
_JOINED = re.compile("[#\"\\s]|''|``")  # a concatenation inside braces
_TOKEN = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\w])|(?P<word>[a-z]+)\.?|(?P<to>[-–—/&+]+)|[\s,]+|(?P<other>.)"
)
_TO = frozenset(("to", "and"))
# ISO 8601-2, as biblatex has them.
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_MONTHS_IN_FULL = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                  "november", "december")  # fmt: skip
_LAST_MONTH = 12


class _Day(NamedTuple):
    """A month or season, and perhaps a day."""

    month: int
    day: int


def biblatex_date(paper: Paper) -> str:
    """The date in ISO 8601, as a range or a season if the source says so; empty without a year."""
    date = paper.date
    if date is None or date.year is None:
        return ""
    given = {name: text for source, name, text in paper.publication.extra if source == SOURCE and name in DATE_FIELDS}
    if not given:
        return str(date)
    words = {name: _JOINED.sub(" ", decode_field(text)).strip() for name, text in given.items()}
    year, month, day = (words.get(name, "") for name in ("year", "month", "day"))
    if day and not month and date.month is not None:
        month = MONTHS[date.month - 1]
    texts = (f"{year} {month} {day}", words.get("date", ""))
    ranges = (_days(date, text.replace(str(date.year), " ", 1)) for text in texts)
    return _years(date, year) or next(filter(None, ranges), str(date))


def _years(date: PartialDate, text: str) -> str:
    """The range of years, ``1972/73``, that begins with a date; empty if it is none."""
    found = _YEARS.match(text)
    if found is None or date.month is not None or int(found["start"]) != date.year:
        return ""
    end = int(found["start"][: -len(found["end"])] + found["end"])
    return f"{date.year:04d}/{end:04d}" if end > int(found["start"]) else ""


def _days(date: PartialDate, text: str) -> str:
    """The season, or the range of months or days, that begins with a date; empty if it is neither."""
    sides = _sides(text.lower())
    if not 0 < len(sides) <= 2:
        return ""
    start, end = sides[0], sides[-1]
    is_season = start.month > _LAST_MONTH
    begins = is_season and date.month is None
    begins |= start.month == date.month and date.day in (None, start.day)
    if not begins or (len(sides) == 1 and not is_season):
        return ""
    if len(sides) == 1:
        return _written(date, start)
    valid = start < end and bool(start.day) == bool(end.day) and is_season == (end.month > _LAST_MONTH)
    if valid and end.day:
        with suppress(ValueError):
            PartialDate(date.year, *end)
            return f"{_written(date, start)}/{_written(date, end)}"
        return ""
    return f"{_written(date, start)}/{_written(date, end)}" if valid else ""


def _written(date: PartialDate, day: _Day) -> str:
    return f"{date.year:04d}-{day.month:02d}" + (f"-{day.day:02d}" if day.day else "")


def _sides(text: str) -> list[_Day]:
    """The parts of a range, which a word or a sign separates; empty if there is anything else in the text."""
    months, days = [0], [0]
    for token in _TOKEN.finditer(text):
        if token["other"]:
            return []
        if token["to"] or token["word"] in _TO:
            months.append(0)
            days.append(0)
        elif token["day"] and not days[-1]:
            days[-1] = int(token["day"])
        elif token["word"] and not months[-1] and (number := _month(token["word"])):
            months[-1] = number
        elif token["day"] or token["word"]:
            return []
    if len(months) == 2 and not all(months) and all(days):  # 2-6 May, May 2-6
        months = [max(months)] * 2
    return [_Day(month, day) for month, day in zip(months, days, strict=True)] if all(months) else []


def _month(word: str) -> int:
    """The number of a month or season; 0 if it is none."""
    if word[:3] in MONTHS and _MONTHS_IN_FULL[MONTHS.index(word[:3])].startswith(word):
        return MONTHS.index(word[:3]) + 1
    return _SEASONS.get(word, 0)
