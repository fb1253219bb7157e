"""A small set of papers, and a naive evaluation of queries to compare results with."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED, Mark, Status
from tui.model.paper import Paper, SourceLocation
from tui.model.partial_date import PartialDate
from tui.query.match_all import MatchAll
from tui.query.search import Search
from tui.query.syntax_tree import (
    And,
    Compare,
    Exact,
    Field,
    Fuzzy,
    Node,
    Not,
    OnDate,
    Or,
    Phrase,
    Prefix,
    Range,
    Regex,
    RelativeDate,
    Word,
)
from tui.text.fold import fold_for_search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

TODAY = date(2026, 11, 20)


class Shelf:
    """A corpus in memory, with a search over it."""

    def __init__(self, entries: Iterable[Entry], views: Mapping[str, str] | None = None) -> None:
        self.entries = {entry.id: entry for entry in entries}
        self.saved = dict(views or {})
        self.read: list[str] = []
        self.search = Search(self, self.views)

    def ids(self) -> Sequence[str]:
        return tuple(self.entries)

    def entry(self, id: str) -> Entry:  # noqa: A002
        self.read.append(id)
        return self.entries[id]

    def mark(self, id: str) -> Mark:  # noqa: A002
        return self.entries[id].mark

    def marked_ids(self) -> Sequence[str]:
        return [paper for paper, entry in self.entries.items() if entry.mark != UNTOUCHED]

    def views(self) -> Mapping[str, str]:
        return self.saved

    def find(self, text: str, sort: str | None = None) -> list[str]:
        return list(self.search.find(text, sort=sort, today=TODAY).ids)

    def set_mark(self, paper: str, mark: Mark) -> None:
        self.entries[paper] = self.entries[paper]._replace(mark=mark)
        self.search.mark_changed([paper])


@pytest.fixture(scope="session")
def shelf_of() -> Callable[..., Shelf]:
    return Shelf


def _shelf() -> Shelf:
    papers = [
        Paper(
            "aa01",
            title="NeRF: Neural Radiance Fields",
            authors=("Ben Mildenhall", "Pratul Srinivasan"),
            abstract="We render views of scenes.",
            date=PartialDate(2020, 3, 19),
            category="cs.CV",
            has_code=True,
            sources=(SourceLocation("first.txt", 1),),
            added="2026-11-19T12:00:00Z",
        ),
        Paper(
            "aa02",
            title="Waves of Matter",
            authors=("Erwin Schrödinger",),
            abstract="Eigenvalues of a wave equation; no nerf in the title.",
            date=PartialDate(1926),
            category="quant-ph",
            sources=(SourceLocation("first.txt", 4), SourceLocation("other page.txt", 2)),
            added="2026-11-19T12:00:00Z",
        ),
        Paper(
            "bb03",
            title="Efficient Diffusion",
            authors=("Li Wang", "Schmidt, Anna"),
            abstract="Diffusion models are slow.\nWe make them faster by 40% (on GPUs).",
            date=PartialDate(2023, 10, 26),
            category="cs.LG",
            links=("https://example.org/b",),
            sources=(SourceLocation("other page.txt", 9),),
            added="2026-11-01T12:00:00Z",
        ),
        Paper(
            "bb04",
            title=None,
            abstract="An abstract about relighting with latent intrinsics.",
            date=PartialDate(None, 6, 2),
            category="stat.ML",
            sources=(SourceLocation("third.txt", 1),),
            aliases=("cc99",),
            added="2026-11-20T12:00:00Z",
        ),
        Paper("bb05", title="Efficient diffusion!", authors=("Wei Liu",), added="2026-11-20T12:00:00Z"),
    ]
    marks = {
        "aa01": Mark(Status.READ, starred=True, tags=("ml/vision", "Classic"), read_at="2026-11-18T12:00:00Z"),
        "aa02": Mark(Status.SKIPPED, tags=("ml",), note="Ask Bohr\n\nabout  the cat."),
        "bb03": Mark(Status.QUEUED, tags=("mlops",), snoozed_until="2026-12-01"),
        "bb04": Mark(snoozed_until="2026-11-20"),
    }
    return Shelf(Entry(paper, marks.get(paper.id, UNTOUCHED)) for paper in papers)


@pytest.fixture
def shelf() -> Shelf:
    return _shelf()


def plain(text: str) -> str:
    return " ".join(fold_for_search(text).split())


def texts_of(entry: Entry, field: str) -> list[str]:
    paper, mark = entry.paper, entry.mark
    found = {
        "title": [paper.title] if paper.title else [],
        "author": list(paper.authors),
        "tag": list(mark.tags),
        "note": [mark.note] if mark.note else [],
        "abstract": [paper.abstract] if paper.abstract else [],
        "cat": [paper.category] if paper.category else [],
        "source": [source.page for source in paper.sources],
        "id": [paper.id],
        "status": [mark.status.value],
    }
    if field == "any":
        return [text for part in ("title", "author", "tag", "note", "abstract") for text in found[part]]
    return found[field]


def count_typos(one: str, other: str) -> int:
    """Optimal string alignment distance, by its definition."""
    if not one or not other:
        return len(one) + len(other)
    best = min(typos_between(one[1:], other) + 1, typos_between(one, other[1:]) + 1)
    best = min(best, typos_between(one[1:], other[1:]) + (one[0] != other[0]))
    if len(one) > 1 and len(other) > 1 and one[0] == other[1] and one[1] == other[0]:
        best = min(best, typos_between(one[2:], other[2:]) + 1)
    return best


CACHE: dict[tuple[str, str], int] = {}


def typos_between(one: str, other: str) -> int:
    if (one, other) not in CACHE:
        CACHE[one, other] = count_typos(one, other)
    return CACHE[one, other]


def value_matches(value: object, field: str, text: str) -> bool:
    if isinstance(value, Regex):
        return re.search(value.pattern, text, re.IGNORECASE) is not None
    folded = plain(text)
    if isinstance(value, Fuzzy):
        wanted = plain(value.text)
        allowed = 0 if len(wanted) < 4 else 1 if len(wanted) < 6 else 2
        pieces = re.findall(r"[^\W_]+(?:'[^\W_]+)*", folded)
        return any(typos_between(wanted, piece) <= allowed for piece in pieces)
    assert isinstance(value, Word | Phrase | Prefix | Exact)
    wanted = plain(value.text)
    if isinstance(value, Exact):
        return folded == wanted
    if isinstance(value, Prefix):
        return any(
            folded.startswith(wanted, place) and not folded[place - 1 : place].isalnum()
            for place in range(len(folded))
        )
    return {
        "tag": (folded + "/").startswith(wanted + "/"),
        "cat": wanted in (folded, *folded.split(".")),
        "id": folded.startswith(wanted),
        "status": folded == wanted,
    }.get(field, wanted in folded)


def ends(moment: PartialDate | RelativeDate) -> tuple[date, date]:
    if isinstance(moment, PartialDate):
        assert moment.year is not None
        first = date(moment.year, moment.month or 1, moment.day or 1)
        if moment.day:
            return first, first
        month = moment.month or 12
        after = date(moment.year + month // 12, month % 12 + 1, 1)
        return first, after - timedelta(days=1)
    if moment.unit in "dw":
        day = TODAY - timedelta(days=moment.count * {"d": 1, "w": 7}[moment.unit])
        return day, day
    month, year = TODAY.month, TODAY.year
    for _ in range(moment.count * {"m": 1, "y": 12}[moment.unit]):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    return date(year, month, TODAY.day), date(year, month, TODAY.day)


def is_within(days: tuple[date, date] | None, value: object) -> bool:
    if days is None:
        return False
    if isinstance(value, OnDate):
        first, last = ends(value.date)
        last = TODAY if isinstance(value.date, RelativeDate) else last
        return first <= days[0] <= days[1] <= last
    if isinstance(value, Compare):
        first, last = ends(value.date)
        return {">": days[0] > last, ">=": days[0] >= first, "<": days[1] < first, "<=": days[1] <= last}[
            value.operator
        ]
    assert isinstance(value, Range)
    low = ends(value.low) if value.low else (date.min, date.min)
    high = ends(value.high) if value.high else (date.max, date.max)
    return min(low[0], high[0]) <= days[0] and days[1] <= max(low[1], high[1])


def days_of(entry: Entry, field: str) -> tuple[date, date] | None:
    if field in ("date", "year"):
        known = entry.paper.date
        return ends(known) if known and known.year else None
    instant = entry.paper.added if field == "added" else entry.mark.read_at
    return (date.fromisoformat(instant[:10]),) * 2 if instant else None


def flagged(entry: Entry, name: str) -> bool:
    mark, paper = entry.mark, entry.paper
    return {
        "starred": mark.starred,
        "snoozed": mark.snoozed_until == "2026-11-21",
        "note": mark.note != "",
        "tag": mark.tags != (),
        "date": paper.date is not None,
        "title": paper.title is not None,
        "author": paper.authors != (),
        "abstract": paper.abstract not in (None, ""),
        "code": paper.has_code,
        "link": paper.links != (),
    }.get(name, mark.status.value == name)


def matches(node: object, entry: Entry) -> bool:
    match node:
        case And(parts):
            return all(matches(part, entry) for part in parts)
        case Or(parts):
            return any(matches(part, entry) for part in parts)
        case Not(part):
            return not matches(part, entry)
        case Field("is" | "has", (Word(name),)):
            return flagged(entry, name)
        case Field("no", (Word(name),)):
            return not flagged(entry, name)
        case Field("date" | "added" | "read" | "year" as name, (value,)):
            return is_within(days_of(entry, name), value)
        case Field(name, values):
            return any(value_matches(value, name, text) for value in values for text in texts_of(entry, name))
    return isinstance(node, MatchAll) or any(value_matches(node, "any", text) for text in texts_of(entry, "any"))


@pytest.fixture(scope="session")
def naive() -> Callable[[Node, Iterable[Entry]], list[str]]:
    """Ids of the entries that a tree matches, each tested by itself, without index or cache."""
    return lambda where, entries: [entry.id for entry in entries if matches(where, entry)]
