"""Partial dates: which are valid, how they are written, and that nothing is invented."""

from __future__ import annotations

import calendar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.model.partial_date import PartialDate


@settings(max_examples=200, deadline=None)
@given(st.dates())
def test_every_day_is_written_in_iso_8601(day: object) -> None:
    assert str(PartialDate.parse(str(day))) == str(day)


@pytest.mark.parametrize(
    "text", ["2023", "2023-10", "2023-10-11", "XXXX-06-02", "XXXX-06", "0001-01-01", "XXXX-02-29"]
)
def test_every_format_is_parsed_back(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "23", "2023-13", "2023-00", "2023-02-29", "1900-02-29", "2023-04-31", "2023-1-1", "XXXX", "0000", "soon"],
)
def test_an_invalid_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        PartialDate.parse(text)


def test_a_day_needs_a_month_and_a_date_needs_a_year_or_month() -> None:
    with pytest.raises(ValueError, match="month"):
        PartialDate(2023, None, 3)
    with pytest.raises(ValueError, match="year or a month"):
        PartialDate(None)


def test_months_have_the_number_of_days_of_the_calendar() -> None:
    for month in range(1, 13):
        last = calendar.monthrange(2024, month)[1]
        assert PartialDate(2024, month, last).day == last
        for year in (2024, None):
            with pytest.raises(ValueError, match=str(last + 1)):
                PartialDate(year, month, last + 1)


def test_leap_days_agree_with_the_calendar() -> None:
    for year in range(1, 10_000):
        if calendar.isleap(year):
            assert PartialDate(year, 2, 29).completeness == 3
        else:
            with pytest.raises(ValueError, match="29"):
                PartialDate(year, 2, 29)


def test_completeness_counts_the_known_parts() -> None:
    assert [PartialDate.parse(text).completeness for text in ("2023", "2023-10", "XXXX-06", "2023-10-11")] == [
        1,
        2,
        1,
        3,
    ]


@pytest.mark.parametrize(
    ("month", "last"), list(zip(range(1, 13), (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True))
)
def test_a_month_has_its_days(month: int, last: int) -> None:
    assert PartialDate(2023, month, last).day == last
    with pytest.raises(ValueError, match="day"):
        PartialDate(2023, month, last + 1)
