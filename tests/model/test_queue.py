"""Days ahead as people type them, and due dates in words."""

from __future__ import annotations

from datetime import date

import pytest

from tui.model.queue import WEEKDAY_NAMES, WEEKDAYS, due_text, is_near, parse_day

TODAY = date(2027, 1, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2027-01-31"),
        ("Tomorrow ", "2027-02-01"),
        ("10d", "2027-02-10"),
        ("2w", "2027-02-14"),
        ("1m", "2027-02-28"),
        ("13m", "2028-02-29"),
        ("1y", "2028-01-31"),
        ("+3d", "2027-02-03"),
        ("2030-02-01", "2030-02-01"),
        # a weekday is never today, a Sunday; the next week begins tomorrow
        ("monday", "2027-02-01"),
        ("Thurs", "2027-02-04"),
        ("sunday", "2027-02-07"),
        ("next monday", "2027-02-01"),
        ("Next  Sun", "2027-02-07"),
    ],
)
def test_a_day_is_a_date_or_a_time_from_today(text: str, day: str) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize("place", range(7))
def test_every_weekday_by_every_name(place: int) -> None:
    wednesday = date(2026, 12, 2)
    names = [name for name, of in WEEKDAY_NAMES.items() if of == place]
    assert WEEKDAYS[place] in names
    for name in names:
        day = date.fromisoformat(parse_day(name, wednesday))
        assert (day.weekday(), 1 <= (day - wednesday).days <= 7) == (place, True)
        week = date.fromisoformat(parse_day(f"next {name}", wednesday)).isocalendar()[:2]
        assert week == (2026, wednesday.isocalendar().week + 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2027-02-30",
        "9999y",
        "9999w9",
        "-3d",
        "3",
        "2027",
        "1 w",
        "++3d",
        "next",
        "next 3d",
        "frid",
        "next next fri",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        parse_day(text, TODAY)


@pytest.mark.parametrize(
    ("due", "text", "near"),
    [
        ("2027-01-30", "overdue since 2027-01-30", True),
        ("2027-01-31", "due today", True),
        ("2027-02-01", "due tomorrow", True),
        ("2027-02-07", "due in 7 days", True),
        ("2027-02-08", "due 2027-02-08", False),
    ],
)
def test_a_due_date_in_words(due: str, text: str, near: bool) -> None:
    assert due_text(due, TODAY) == text
    assert is_near(due, TODAY) is near
