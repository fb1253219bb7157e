"""Counts over the reading list, and how they came about week by week. Knows values only, neither store nor screen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.model.change import Change
    from tui.model.entry import Entry

WEEKS = 26
_PACE = 4  # whole weeks that the pace is taken over


class Week(NamedTuple):
    """One week of the reader's calendar.

    Attributes:
        monday: its first day, ISO.
        added: papers that came into the list.
        triaged: papers that left the inbox and did not come back the same week.
        read: papers marked read, by their latest reading.
        inbox: unread papers at its end, or now.
    """

    monday: str
    added: int
    triaged: int
    read: int
    inbox: int


@dataclass(frozen=True, slots=True)
class Stats:
    """The state of the list.

    Attributes:
        papers: how many there are.
        statuses: number of papers for every status, in the order of the queue.
        starred: papers with a star.
        noted: papers with a note.
        tagged: papers with at least one tag.
        untitled: papers no page gives a title.
        snoozed: papers put off until a day to come.
        tags: (tag, papers), the most used first.
        categories: (category, papers), the most frequent first.
        years: (year, papers), the latest first; papers without a year are left out.
        read_by_month: (month as ``2026-11``, papers read in it), the latest first.
        weeks: the latest weeks, this one last.
        pace: papers triaged a week, over the last four weeks and this one.
    """

    papers: int
    statuses: tuple[tuple[str, int], ...]
    starred: int
    noted: int
    tagged: int
    untitled: int
    snoozed: int
    tags: tuple[tuple[str, int], ...]
    categories: tuple[tuple[str, int], ...]
    years: tuple[tuple[int, int], ...]
    read_by_month: tuple[tuple[str, int], ...]
    weeks: tuple[Week, ...]
    pace: float

    @property
    def inbox(self) -> int:
        """Papers that are unread."""
        return dict(self.statuses)[str(Status.UNREAD)]


def compute_stats(entries: Iterable[Entry], history: Iterable[Change], today: date) -> Stats:
    """Count over some entries.

    Args:
        entries: the papers.
        history: every step, in any order; the inbox of earlier weeks follows from them.
        today: the day it is where the user is.
    """
    every = tuple(entries)
    statuses = Counter(entry.mark.status for entry in every)
    months = Counter(day.isoformat()[:7] for entry in every if (day := _day(entry.mark.read_at)))
    years = Counter(entry.paper.date.year for entry in every if entry.paper.date and entry.paper.date.year)
    weeks = tuple(_weeks(every, history, today))
    return Stats(
        papers=len(every),
        statuses=tuple((str(status), statuses[status]) for status in Status),
        starred=sum(entry.mark.starred for entry in every),
        noted=sum(bool(entry.mark.note) for entry in every),
        tagged=sum(bool(entry.mark.tags) for entry in every),
        untitled=sum(entry.paper.title is None for entry in every),
        snoozed=sum((entry.mark.snoozed_until or "") > today.isoformat() for entry in every),
        tags=_most_first(tag for entry in every for tag in entry.mark.tags),
        categories=_most_first(entry.paper.category for entry in every if entry.paper.category),
        years=tuple(sorted(years.items(), reverse=True)),
        read_by_month=tuple(sorted(months.items(), reverse=True)),
        weeks=weeks,
        pace=_pace(weeks, today),
    )


def _weeks(entries: Sequence[Entry], history: Iterable[Change], today: date) -> Iterator[Week]:
    """The latest weeks; the inbox is followed back from what it is now, so that the last figure is always right."""
    added = Counter(_monday(day) for entry in entries if (day := _day(entry.paper.added)))
    read = Counter(_monday(day) for entry in entries if (day := _day(entry.mark.read_at)))
    left = _left_inbox(history, {entry.id for entry in entries})
    inbox = sum(entry.mark.status is Status.UNREAD for entry in entries)
    this = _monday(today)
    found: list[Week] = []
    for back in range(WEEKS):
        monday = this - timedelta(weeks=back)
        triaged = left[monday]
        found.append(Week(monday.isoformat(), added[monday], max(0, triaged), read[monday], inbox))
        inbox = max(0, inbox + triaged - added[monday])
    return reversed(found)


def _left_inbox(history: Iterable[Change], there: set[str]) -> Counter[date]:
    """By week, how many papers more left the inbox than came back to it."""
    left: Counter[date] = Counter()
    for change in history:
        day = _day(change.at)
        for paper, fields in change.marks if day else ():
            for field in fields:
                if field.field == "status" and paper in there and day:
                    left[_monday(day)] += (field.old == Status.UNREAD) - (field.new == Status.UNREAD)
    return left


def _pace(weeks: Sequence[Week], today: date) -> float:
    """Papers triaged a week, counting from the first week in which any was."""
    latest = list(weeks[-_PACE - 1 :])
    while latest and not latest[0].triaged:
        del latest[0]
    days = 7 * (len(latest) - 1) + today.weekday() + 1
    return round(7 * sum(week.triaged for week in latest) / max(7, days), 1) if latest else 0.0


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@lru_cache(maxsize=4096)
def _day(instant: str | None) -> date | None:
    """The day of an ISO 8601 instant by the clock of the place where the program runs."""
    return datetime.fromisoformat(instant).astimezone().date() if instant else None


def _most_first(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))
