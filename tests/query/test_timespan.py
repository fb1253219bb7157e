"""What relative dates span: ends of months, leap days, turns of the year."""

from __future__ import annotations

from datetime import date

import pytest

from tui.query.query_parser import parse
from tui.query.syntax_tree import Compare, Field, OnDate, Range, to_text
from tui.query.timespan import span

EVER = 9999_99_99


@pytest.mark.parametrize(
    ("text", "today", "first", "last"),
    [
        ("today", "2026-03-10", 20260310, 20260310),
        ("yesterday", "2026-03-01", 20260228, 20260228),
        ("yesterday", "2026-01-01", 20251231, 20251231),
        ("<=yesterday", "2026-03-10", 0, 20260309),
        ("yesterday..today", "2026-03-10", 20260309, 20260310),
        # 2026-03-10 is a Tuesday
        ("monday", "2026-03-10", 20260309, 20260309),
        ("Tuesday", "2026-03-10", 20260303, 20260303),
        ("wed..", "2026-03-10", 20260304, EVER),
        # counted back, a span reaches up to today; a month ago has no 31st, and most years no leap day
        ("7d", "2026-03-10", 20260303, 20260310),
        ("1m", "2026-03-31", 20260228, 20260331),
        ("1m", "2024-03-31", 20240229, 20240331),
        ("1y", "2024-02-29", 20230228, 20240229),
        ("4y", "2024-02-29", 20200229, 20240229),
        ("13m", "2026-01-15", 20241215, 20260115),
        ("9999y", "2026-03-10", 10101, 20260310),
        # ranges and comparisons mean the very day
        ("7d..", "2026-03-10", 20260303, EVER),
        ("..7d", "2026-03-10", 0, 20260303),
        (">7d", "2026-03-10", 20260304, EVER),
        ("<7d", "2026-03-10", 0, 20260302),
        ("1w..2w", "2026-03-01", 20260215, 20260222),
        ("2024-02", "2026-03-10", 20240201, 20240229),
        ("2023..2022-06", "2026-03-10", 20220601, 20231231),
    ],
)
def test_the_days_a_date_spans(text: str, today: str, first: int, last: int) -> None:
    field = parse(f"added:{text}").where
    assert isinstance(field, Field)
    (value,) = field.values
    assert isinstance(value, OnDate | Compare | Range)
    assert span(value, date.fromisoformat(today)) == (first, last)


@pytest.mark.parametrize(
    ("text", "today", "first", "last"),
    [
        ("today", "2026-03-10", 20260310, 20260310),
        ("tomorrow", "2026-02-28", 20260301, 20260301),
        ("yesterday", "2026-03-01", 20260228, 20260228),
        ("monday", "2026-03-10", 20260316, 20260316),
        ("TUE", "2026-03-10", 20260317, 20260317),
        ("..friday", "2026-03-10", 0, 20260313),
        ("<=thurs", "2026-03-10", 0, 20260312),
        ("friday", "9999-12-31", 99991231, 99991231),
        # counted forward, a span reaches from today; what is overdue needs a comparison
        ("7d", "2026-03-10", 20260310, 20260317),
        ("<=7d", "2026-03-10", 0, 20260317),
        ("<today", "2026-03-10", 0, 20260309),
        (">1m", "2026-01-31", 20260229, EVER),
        ("1w..2w", "2026-03-01", 20260308, 20260315),
        ("2026-04", "2026-03-10", 20260401, 20260430),
        ("9999y", "2026-03-10", 20260310, 99991231),
    ],
)
def test_dates_ahead_are_counted_forward(text: str, today: str, first: int, last: int) -> None:
    where = parse(f"due:{text}").where
    assert isinstance(where, Field)
    [value] = where.values
    assert isinstance(value, OnDate | Compare | Range)
    assert span(value, date.fromisoformat(today)) == (first, last)


@pytest.mark.parametrize(
    "text", ["7d", "today", "tomorrow", "yesterday", "<=2w", "yesterday..tomorrow", "..1m", "friday", "..monday"]
)
@pytest.mark.parametrize("field", ["due", "added"])
def test_relative_dates_are_written_as_they_are_parsed(field: str, text: str) -> None:
    where = parse(f"{field}:{text}").where
    assert parse(to_text(where)).where == where
