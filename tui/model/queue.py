"""The order of the reading queue: priorities, and days that are given by name or relative to today."""

from __future__ import annotations

import datetime as dt
import re

PRIORITIES = ("high", "medium", "low")
NEAR = 7  # days before a due date from which lists show it
_AHEAD = re.compile(r"\+?(\d{1,4})([dwmy])\Z", re.ASCII)
_DAYS = {"d": 1, "w": 7}
_MONTHS = {"m": 1, "y": 12}
_NAMED = {"today": 0, "tomorrow": 1}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# The names and abbreviations of weekdays, in lower case, with their places in the week.
WEEKDAY_NAMES = {name[:length]: place for length in (3, None) for place, name in enumerate(WEEKDAYS)} | {
    "tues": 1, "weds": 2, "thur": 3, "thurs": 3,
}  # fmt: skip


def parse_day(text: str, today: dt.date) -> str:
    """Parse a day in the future as people type it; returns its ISO date.

    Args:
        text: ``2027-03-01``, ``today``, ``tomorrow``; a weekday, ``friday`` or ``fri`` (the first after today) or
            ``next friday`` (in the week that begins on the next Monday); or a time from today: ``10d``, ``+10d``,
            ``2w``, ``3m``, ``1y``.
        today: today's date.

    Raises:
        ValueError: it is neither; the message says so.
    """
    typed = " ".join(text.lower().split())
    try:
        if typed in _NAMED:
            return (today + dt.timedelta(days=_NAMED[typed])).isoformat()
        weekday = WEEKDAY_NAMES.get(typed.removeprefix("next "))
        if weekday is not None:
            sunday = today + dt.timedelta(days=6 - today.weekday())
            return weekday_after(sunday if typed.startswith("next ") else today, weekday).isoformat()
        if found := _AHEAD.match(typed):
            count, unit = int(found[1]), found[2]
            if unit in _DAYS:
                return (today + dt.timedelta(days=count * _DAYS[unit])).isoformat()
            return add_months(today, count * _MONTHS[unit]).isoformat()
        return dt.date.fromisoformat(typed).isoformat()
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is not a date (write 2027-03-01, tomorrow, friday, 10d, 2w, 3m or 1y)") from None


def weekday_after(day: dt.date, weekday: int) -> dt.date:
    """The first such day after a day; 0 is Monday. Raises OverflowError beyond the calendar."""
    return day + dt.timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def weekday_before(day: dt.date, weekday: int) -> dt.date:
    """The last such day before a day; 0 is Monday. Raises OverflowError before the calendar."""
    return day - dt.timedelta(days=(day.weekday() - weekday - 1) % 7 + 1)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or the last day of that month; raises ValueError beyond the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, min(day.day, last))
        except ValueError:
            if last == 28:
                raise
    raise AssertionError("every month has 28 days")


def due_text(due: str, today: dt.date) -> str:
    """A due date in words: ``due in 3 days``, ``due today``, ``overdue since 2027-03-01``.

    Args:
        due: its ISO date.
        today: today's date.
    """
    days = days_until(due, today)
    if days < 0:
        return f"overdue since {due}"
    if days <= 1:
        return "due tomorrow" if days else "due today"
    return f"due in {days} days" if days <= NEAR else f"due {due}"


def snooze_text(until: str, today: dt.date) -> str:
    """How long a paper is still snoozed, in words: ``for 1 day``; empty if it is not.

    Args:
        until: the ISO date on which the snooze ends.
        today: today's date.
    """
    days = days_until(until, today)
    return "for 1 day" if days == 1 else f"for {days} days" if days > 1 else ""


def days_until(due: str, today: dt.date) -> int:
    """The number of days from today to a due date; negative if it is over."""
    return (dt.date.fromisoformat(due) - today).days


def is_near(due: str | None, today: dt.date) -> bool:
    """Whether a due date is over, or at most a week away."""
    return due is not None and days_until(due, today) <= NEAR
