"""Counts over the reading list. Knows values only, neither store nor screen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.paper.mark import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.paper.entry import Entry


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
        tags: (tag, papers), the most used first.
        categories: (category, papers), the most frequent first.
        years: (year, papers), the latest first; papers without a year are left out.
        read_by_month: (month as ``2026-11``, papers read in it), the latest first.
    """

    papers: int
    statuses: tuple[tuple[str, int], ...]
    starred: int
    noted: int
    tagged: int
    untitled: int
    tags: tuple[tuple[str, int], ...]
    categories: tuple[tuple[str, int], ...]
    years: tuple[tuple[int, int], ...]
    read_by_month: tuple[tuple[str, int], ...]


def stats(entries: Iterable[Entry]) -> Stats:
    """Count over some entries."""
    every = tuple(entries)
    statuses = Counter(entry.mark.status for entry in every)
    months = Counter(entry.mark.read_at[:7] for entry in every if entry.mark.read_at)
    years = Counter(entry.paper.date.year for entry in every if entry.paper.date and entry.paper.date.year)
    return Stats(
        papers=len(every),
        statuses=tuple((str(status), statuses[status]) for status in Status),
        starred=sum(entry.mark.starred for entry in every),
        noted=sum(bool(entry.mark.note) for entry in every),
        tagged=sum(bool(entry.mark.tags) for entry in every),
        untitled=sum(entry.paper.title is None for entry in every),
        tags=_most_first(tag for entry in every for tag in entry.mark.tags),
        categories=_most_first(entry.paper.category for entry in every if entry.paper.category),
        years=tuple(sorted(years.items(), reverse=True)),
        read_by_month=tuple(sorted(months.items(), reverse=True)),
    )


def _most_first(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))
