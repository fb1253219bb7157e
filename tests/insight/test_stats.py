"""Counts and weeks; the weeks are computed back from now."""

from __future__ import annotations

from datetime import date

from tui.insight.stats import WEEKS, Stats, Week, compute_stats
from tui.insight.stats_report import activity_lines, collection_lines
from tui.model.change import Change, ChangeKind, FieldChange
from tui.model.entry import Entry
from tui.model.mark import Mark, Status
from tui.model.paper import Paper
from tui.model.publication import Publication

TODAY = date(2026, 11, 24)  # a Tuesday


def entry(id: str, added: str, mark: Mark | None = None) -> Entry:  # noqa: A002
    return Entry(Paper(id, title=id, added=f"{added}T12:00:00Z"), mark or Mark())


def step(number: int, day: str, paper: str, old: Status, new: Status, kind: ChangeKind = ChangeKind.EDIT) -> Change:
    return Change(number, f"{day}T12:00:00Z", "", ((paper, (FieldChange("status", old, new),)),), kind=kind)


ENTRIES = [
    entry("a", "2026-11-03", Mark(Status.READ, tags=("ml",), read_at="2026-11-12T12:00:00Z")),
    entry("b", "2026-11-03", Mark(snoozed_until="2026-11-30")),
    entry("c", "2026-11-24", Mark(Status.SKIPPED)),
    entry("d", "2026-11-24", Mark(snoozed_until="2026-11-24")),
]
HISTORY = [
    step(1, "2026-11-05", "a", Status.UNREAD, Status.QUEUED),
    step(2, "2026-11-12", "a", Status.QUEUED, Status.READ),
    step(3, "2026-11-12", "b", Status.UNREAD, Status.SKIPPED),
    step(4, "2026-11-18", "b", Status.SKIPPED, Status.UNREAD, ChangeKind.UNDO),
    step(5, "2026-11-24", "c", Status.UNREAD, Status.SKIPPED),
    step(6, "2026-11-24", "gone", Status.UNREAD, Status.SKIPPED),
]


def counted() -> Stats:
    return compute_stats(ENTRIES, HISTORY, TODAY)


def test_the_inbox_of_earlier_weeks_is_computed_from_the_history() -> None:
    weeks = counted().weeks
    assert len(weeks) == WEEKS
    assert weeks[-4:] == (
        Week("2026-11-02", 2, 1, 0, 1),
        Week("2026-11-09", 0, 1, 1, 0),
        Week("2026-11-16", 0, 0, 0, 1),
        Week("2026-11-23", 2, 1, 0, 2),
    )
    assert {week.inbox for week in weeks[:-4]} == {0}


def test_the_pace_counts_from_the_first_week_of_triage_and_a_snooze_ends_on_its_date() -> None:
    found = counted()
    assert found.pace == round(7 * 3 / (3 * 7 + 2), 1)
    assert found.snoozed == 1
    assert found.inbox == 2


def test_a_cross_listed_paper_counts_for_every_category() -> None:
    keywords = ("cs.CV", "harbours", "Computer Science - Robotics")
    papers = [
        Paper("a", category="cs.CV", publication=Publication(keywords=keywords)),
        Paper("b", category="cs.RO"),
        Paper("c", publication=Publication(keywords=("arXiv:cs.CV",))),
    ]
    found = compute_stats([Entry(paper, Mark()) for paper in papers], [], TODAY)
    assert found.categories == (("cs.CV", 2), ("cs.RO", 2))


def test_an_empty_list_has_a_report_too() -> None:
    bare = compute_stats([], [], TODAY)
    assert bare.pace == 0
    text = report(bare, 80, unicode=True)
    assert "0 papers" in text
    assert "no papers triaged" in text


def test_the_report_fits_its_width_and_can_be_ascii() -> None:
    wide = report(counted(), 80, unicode=True)
    assert "unread  2 ━" in wide
    assert "0.9 papers triaged per week" in wide
    narrow = report(counted(), 36, unicode=False)
    assert narrow.isascii()
    assert max(map(len, narrow.splitlines())) <= 48
    assert "unread  2 #" in narrow


def report(found: Stats, width: int, *, unicode: bool) -> str:
    lines = (*activity_lines(found, width, unicode=unicode), *collection_lines(found, width, unicode=unicode))
    return "\n".join("".join(piece.text for piece in line) for line in lines)
