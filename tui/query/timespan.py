"""The days that a date in a query spans.

Days are compared as numbers ``yyyymmdd``. A paper's date that is less precise than the query matches only if all
its days lie inside; a date without a year never matches.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tui.model.queue import weekday_after, weekday_before
from tui.query.syntax_tree import Compare, OnDate, Range, RelativeDate

if TYPE_CHECKING:
    from tui.model.partial_date import PartialDate
    from tui.query.syntax_tree import Date

_FIRST = 0
_LAST = 9999_99_99
_DAYS_IN_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def extent(date: PartialDate) -> tuple[int, int] | None:
    """The first and the last day a date may mean, or None if the year is unknown."""
    year = date.year
    if year is None:
        return None
    if date.month is None:
        return year * 1_00_00 + 1_01, year * 1_00_00 + 12_31
    month = year * 1_00_00 + date.month * 1_00
    if date.day is None:
        return month + 1, month + _days_in(year, date.month)
    return month + date.day, month + date.day


def span(value: OnDate | Compare | Range, today: dt.date) -> tuple[int, int]:
    """The first and last day that the value matches; the ends of a range may be in either order."""
    if isinstance(value, OnDate):
        first, last = _days(value.date, today)
        if not isinstance(value.date, RelativeDate):
            return first, last
        return (_number(today), last) if value.date.ahead else (first, _number(today))
    if isinstance(value, Compare):
        first, last = _days(value.date, today)
        return {
            ">": (last + 1, _LAST),
            ">=": (first, _LAST),
            "<": (_FIRST, first - 1),
            "<=": (_FIRST, last),
        }[value.operator]
    low = _days(value.low, today) if value.low else (_FIRST, _FIRST)
    high = _days(value.high, today) if value.high else (_LAST, _LAST)
    return min(low[0], high[0]), max(low[1], high[1])


def _days(date: Date, today: dt.date) -> tuple[int, int]:
    if isinstance(date, RelativeDate):
        day = _number(_day_of(date, today))
        return day, day
    days = extent(date)
    return days or (_LAST, _FIRST)


def _day_of(relative: RelativeDate, today: dt.date) -> dt.date:
    count = relative.count if relative.ahead else -relative.count
    try:
        if relative.unit == "weekday":
            return (weekday_after if relative.ahead else weekday_before)(today, relative.count)
        if relative.unit in "dw":
            return today + dt.timedelta(days=count * (7 if relative.unit == "w" else 1))
        months = today.year * 12 + today.month - 1 + count * (12 if relative.unit == "y" else 1)
        year, month = divmod(months, 12)
        return dt.date(year, month + 1, min(today.day, _days_in(year, month + 1)))
    except (OverflowError, ValueError):
        return dt.date.max if relative.ahead else dt.date.min


def _days_in(year: int, month: int) -> int:
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _DAYS_IN_MONTH[month - 1] + leap


def _number(day: dt.date) -> int:
    return day.year * 1_00_00 + day.month * 1_00 + day.day
