"""Statistics of the reading list: counts, and their history by week."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tui.model.mark import Status
from tui.model.paper_categories import paper_categories

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.model.change import Change
    from tui.model.entry import Entry

WEEKS = 26
_PACE_WEEKS = 4  # whole weeks that the pace is averaged over


class Week(NamedTuple):
    """One week of the reader's calendar.

    Attributes:
        monday: its first day, ISO.
        added: papers imported.
        triaged: papers that left the inbox, minus those that returned to it.
        read: papers marked read, by the latest date.
        inbox: unread papers at the end of the week, or now.
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
        papers: the number of papers.
        statuses: (status, papers), in the order of ``Status``.
        starred: papers with a star.
        noted: papers with a note.
        tagged: papers with at least one tag.
        untitled: papers without a title.
        snoozed: papers snoozed to a future date.
        tags: (tag, papers), the most frequent first.
        categories: (category, papers), the most frequent first; a cross-listed paper counts for each of its own.
        years: (year, papers), the latest first; papers without a year are left out.
        read_by_month: (month as ``2026-11``, papers read in it), the latest first.
        weeks: the latest weeks, the current one last.
        pace: papers triaged per week, over the last four weeks and the current one.
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
        """The number of unread papers."""
        return dict(self.statuses)[str(Status.UNREAD)]


def compute_stats(entries: Iterable[Entry], history: Iterable[Change], today: date) -> Stats:
    """Compute the statistics of some papers.

    Args:
        entries: the papers.
        history: all changes, in any order, from which the inbox of earlier weeks is derived.
        today: the local date.
    """
    papers = tuple(entries)
    statuses = Counter(entry.mark.status for entry in papers)
    months = Counter(day.isoformat()[:7] for entry in papers if (day := _day(entry.mark.read_at)))
    years = Counter(entry.paper.date.year for entry in papers if entry.paper.date and entry.paper.date.year)
    weeks = tuple(_weeks(papers, history, today))
    return Stats(
        papers=len(papers),
        statuses=tuple((str(status), statuses[status]) for status in Status),
        starred=sum(entry.mark.starred for entry in papers),
        noted=sum(bool(entry.mark.note) for entry in papers),
        tagged=sum(bool(entry.mark.tags) for entry in papers),
        untitled=sum(entry.paper.title is None for entry in papers),
        snoozed=sum((entry.mark.snoozed_until or "") > today.isoformat() for entry in papers),
        tags=_by_frequency(tag for entry in papers for tag in entry.mark.tags),
        categories=_by_frequency(name for entry in papers for name in paper_categories(entry.paper)),
        years=tuple(sorted(years.items(), reverse=True)),
        read_by_month=tuple(sorted(months.items(), reverse=True)),
        weeks=weeks,
        pace=_pace(weeks, today),
    )


def _weeks(entries: Sequence[Entry], history: Iterable[Change], today: date) -> Iterator[Week]:
    """The latest weeks; the inbox is computed back from its current size, so that the last number is exact."""
    added = Counter(_monday(day) for entry in entries if (day := _day(entry.paper.added)))
    read = Counter(_monday(day) for entry in entries if (day := _day(entry.mark.read_at)))
    triaged_by_week = _triaged_by_week(history, {entry.id for entry in entries})
    inbox = sum(entry.mark.status is Status.UNREAD for entry in entries)
    current = _monday(today)
    found: list[Week] = []
    for back in range(WEEKS):
        monday = current - timedelta(weeks=back)
        triaged = triaged_by_week[monday]
        found.append(Week(monday.isoformat(), added[monday], max(0, triaged), read[monday], inbox))
        inbox = max(0, inbox + triaged - added[monday])
    return reversed(found)


def _triaged_by_week(history: Iterable[Change], ids: set[str]) -> Counter[date]:
    """By week, the number of papers that left the inbox minus those that returned to it."""
    left: Counter[date] = Counter()
    for change in history:
        day = _day(change.at)
        for paper, fields in change.marks if day else ():
            for field in fields:
                if field.field == "status" and paper in ids and day:
                    left[_monday(day)] += (field.old == Status.UNREAD) - (field.new == Status.UNREAD)
    return left


def _pace(weeks: Sequence[Week], today: date) -> float:
    """Papers triaged per week, from the first week with any."""
    latest = list(weeks[-_PACE_WEEKS - 1 :])
    while latest and not latest[0].triaged:
        del latest[0]
    days = 7 * (len(latest) - 1) + today.weekday() + 1
    return round(7 * sum(week.triaged for week in latest) / max(7, days), 1) if latest else 0.0


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@lru_cache(maxsize=4096)
def _day(instant: str | None) -> date | None:
    """The local date of an ISO 8601 time."""
    return datetime.fromisoformat(instant).astimezone().date() if instant else None


def _by_frequency(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))
