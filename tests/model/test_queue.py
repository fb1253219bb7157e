"""Days ahead as people type them, and due dates in words."""

from __future__ import annotations

from datetime import date

import pytest

from tui.model.queue import due_text, is_near, parse_day

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
        ("2030-02-01", "2030-02-01"),
    ],
)
def test_a_day_is_a_date_or_a_time_from_today(text: str, day: str) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["", "soon", "2027-02-30", "9999y", "9999w9", "-3d", "3", "2027", "1 w"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a day"):
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
