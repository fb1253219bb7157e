"""What the statistics say, word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tui.insight.stats import Stats, Week, compute_stats
from tui.insight.stats_report import ReportLine, activity_lines, collection_lines

MONDAY = date(2026, 9, 28)


def week(number: int, added: int = 0, triaged: int = 0, read: int = 0, inbox: int = 0) -> Week:
    return Week((MONDAY + timedelta(weeks=number)).isoformat(), added, triaged, read, inbox)


def counted(**known: object) -> Stats:
    return replace(compute_stats([], [], date(2026, 11, 24)), **known)  # type: ignore[arg-type]


def texts(lines: list[ReportLine]) -> list[str]:
    return ["".join(piece.text for piece in line) for line in lines]


def test_the_counts_come_first_without_zeros() -> None:
    found = counted(papers=9, starred=1, noted=2, tagged=3, snoozed=4, untitled=5)
    assert texts(activity_lines(found, 80, unicode=True))[:2] == [
        "Papers",
        "9 papers, 1 starred, 2 with a note, 3 tagged, 4 snoozed, 5 without a title",
    ]
    assert texts(activity_lines(counted(papers=9, noted=2), 80, unicode=True))[1] == "9 papers, 2 with a note"
    assert texts(activity_lines(found, 40, unicode=True))[1:4] == [
        "9 papers, 1 starred, 2 with a note,",
        "3 tagged, 4 snoozed, 5 without a title",
        "",
    ]


def test_the_weeks_start_with_the_first_activity_and_its_date() -> None:
    weeks = (week(0), week(1), *(week(number, inbox=1) for number in range(2, 12)))
    assert (
        texts(activity_lines(counted(weeks=weeks), 80, unicode=True))[-4] == "      10 weeks, from 2026-10-12 to now"
    )
    few = (*(week(number) for number in range(11)), week(11, added=3))
    assert texts(activity_lines(counted(weeks=few), 80, unicode=True))[-4] == "      8 weeks, from 2026-10-26 to now"
    assert (
        texts(activity_lines(counted(weeks=weeks), 33, unicode=True))[-4] == "      9 weeks, from 2026-10-19 to now"
    )


@pytest.mark.parametrize("unicode", [True, False])
def test_the_columns_are_drawn_to_scale(*, unicode: bool) -> None:
    lines = texts(
        activity_lines(
            counted(weeks=(week(0, added=4), *(week(number) for number in range(1, 8)))), 80, unicode=unicode
        )
    )
    at = lines.index("Added each week")
    plot = [line.split("┤" if unicode else "|") for line in lines[at + 1 : at + 5]]
    assert [scale for scale, _ in plot] == ["   4 ", "     ", "     ", "   0 "]
    assert [column for _, column in plot] == (["██"] if unicode else ["##"]) * 4
    assert lines[lines.index("Read each week") + 1] == "      none"


@pytest.mark.parametrize(
    ("pace", "inbox", "lines_of_pace"),
    [
        (0.0, 5, ["no papers triaged in recent weeks"]),
        (2.0, 0, ["2 papers triaged per week, 3 this week"]),
        (2.0, 2, ["2 papers triaged per week, 3 this week,", "inbox empty in a week at this pace"]),
        (2.0, 3, ["2 papers triaged per week, 3 this week,", "inbox empty in 2 weeks at this pace"]),
        (2.5, 100, ["2.5 papers triaged per week, 3 this week,", "inbox empty in 40 weeks at this pace"]),
    ],
)
def test_the_pace_says_when_the_inbox_is_empty(pace: float, inbox: int, lines_of_pace: list[str]) -> None:
    weeks = tuple(week(number, triaged=3) for number in range(8))
    statuses = (("unread", inbox), ("read", 1))
    lines = texts(activity_lines(counted(weeks=weeks, pace=pace, statuses=statuses), 50, unicode=True))
    assert lines[lines.index("Pace") + 1 :] == lines_of_pace


def test_bars_are_proportional_and_long_names_are_cut() -> None:
    tags = (("seventeen-letters", 8), ("sixteen--letters", 4), ("b", 2), ("c", 1))
    lines = texts(collection_lines(counted(tags=tags), 60, unicode=False))
    assert lines[:5] == [
        "Tags",
        "seventeen-lette~ 8 " + "#" * 41,
        "sixteen--letters 4 " + "#" * 20,
        "b                2 " + "#" * 10,
        "c                1 " + "#" * 5,
    ]
    assert texts(collection_lines(counted(tags=tags), 60, unicode=True))[1].startswith("seventeen-lette… 8 ")
    longest = texts(collection_lines(counted(tags=tags), 200, unicode=False))[1]
    assert longest == "seventeen-lette~ 8 " + "#" * 48


def test_ten_of_each_are_listed_and_the_rest_is_counted() -> None:
    years = tuple((2026 - number, 10 + number) for number in range(12))
    lines = texts(collection_lines(counted(years=years), 60, unicode=True))
    assert lines[-12].startswith("2026 10 ")
    assert lines[-3].startswith("2017 19 ")
    assert lines[-2] == "and 2 more"
    assert lines[:3] == ["Tags", "none", ""]
