"""Corrections, merged papers, and pairs that are not duplicates."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tui.errors import ConflictError, UsageError
from tui.model.edit import Edit
from tui.model.mark import Status
from tui.session.session import Session

if TYPE_CHECKING:
    from tui.paths import Paths

TWINS = [
    {"title": "Learning to Fold Paper Cranes", "authors": ["Ida Moor"], "abstract": "We fold cranes. " * 9},
    {"title": "Learning to Fold Paper Cranes!", "authors": ["Ida Moor"], "abstract": "Robots fold paper. " * 9},
]


def by_word(session: Session, word: str) -> str:
    (found,) = session.find(word).ids
    return found


def test_a_correction_is_one_step_and_can_be_taken_back_to_the_sources(session: Session) -> None:
    mills = by_word(session, "mills")
    change = session.curation.correct(mills, {"date": "2024", "authors": "Ann Lee; Bo Li"})
    assert change is not None
    assert len(session.history()) == 1
    paper = session.entry(mills).paper
    assert (str(paper.date), paper.authors) == ("2024", ("Ann Lee", "Bo Li"))
    session.curation.correct(mills, {"date": None})
    assert str(session.entry(mills).paper.date) == "2023-09-30"
    assert session.entry(mills).paper.authors == ("Ann Lee", "Bo Li")


def test_a_correction_to_what_is_there_changes_nothing(session: Session) -> None:
    mills = by_word(session, "mills")
    assert session.curation.correct(mills, {"title": "Mills of the North"}) is None
    assert session.history() == ()


def test_a_text_that_is_invalid_for_its_field_is_refused(session: Session) -> None:
    mills = by_word(session, "mills")
    with pytest.raises(UsageError):
        session.curation.correct(mills, {"date": "soon"})
    assert session.history() == ()


def test_a_field_that_another_program_corrected_is_not_overwritten(session: Session, home: Paths) -> None:
    mills = by_word(session, "mills")
    seen = session.entry(mills)
    with closing(Session.open(home)) as other:
        other.curation.correct(mills, {"title": "Theirs"})
    with pytest.raises(ConflictError, match="Theirs"):
        session.curation.correct(mills, {"title": "Mine"}, seen)
    session.poll()
    assert session.entry(mills).paper.title == "Theirs"
    assert session.curation.correct(mills, {"date": "2024"}, seen) is not None


def test_the_marks_of_both_papers_are_kept(session: Session) -> None:
    rivers, harbours = by_word(session, "rivers"), by_word(session, "harbours")
    session.mark([rivers], Edit(status=Status.QUEUED, add_tags=("ice",), note="one"))
    session.mark([harbours], Edit(status=Status.READ, add_tags=("lamps",), note="other", starred=True))
    session.curation.merge(rivers, harbours)
    mark = session.entry(rivers).mark
    assert (mark.status, mark.starred, set(mark.tags)) == (Status.READ, True, {"ice", "lamps"})
    assert "one" in mark.note
    assert "other" in mark.note


@pytest.mark.parametrize(
    ("ours", "theirs", "most"),
    [
        (Status.UNREAD, Status.SKIPPED, Status.SKIPPED),
        (Status.QUEUED, Status.SKIPPED, Status.QUEUED),
        (Status.READING, Status.QUEUED, Status.READING),
        (Status.READING, Status.READ, Status.READ),
    ],
)
def test_the_more_advanced_status_is_kept(session: Session, ours: Status, theirs: Status, most: Status) -> None:
    rivers, harbours = by_word(session, "rivers"), by_word(session, "harbours")
    session.mark([rivers], Edit(status=ours))
    session.mark([harbours], Edit(status=theirs))
    session.curation.merge(rivers, harbours)
    assert session.entry(rivers).mark.status is most


def test_a_correction_of_the_other_paper_fills_a_gap_only(session: Session) -> None:
    rivers, harbours = by_word(session, "rivers"), by_word(session, "harbours")
    session.curation.correct(harbours, {"title": "Ports at Night", "doi": "10.1234/ports"})
    session.curation.merge(rivers, harbours)
    paper = session.entry(rivers).paper
    assert (paper.title, paper.doi) == ("Rivers Under Glass", "10.1234/ports")


def test_a_paper_is_not_merged_with_itself(session: Session) -> None:
    rivers, harbours = by_word(session, "rivers"), by_word(session, "harbours")
    session.curation.merge(rivers, harbours)
    for other in (rivers, harbours):
        with pytest.raises(UsageError, match="same paper"):
            session.curation.merge(rivers, other)
        with pytest.raises(UsageError, match="same paper"):
            session.curation.mark_distinct(rivers, other)
    assert len(session.history()) == 1


def test_a_pair_is_found_until_it_is_merged_or_marked_as_no_duplicate(home: Paths) -> None:
    (home.seeds / "page.txt").write_text(json.dumps(TWINS), encoding="utf-8")
    with closing(Session.open(home)) as session:
        (pair,) = session.curation.pairs()
        assert {pair.one, pair.other} == set(session.ids())
        assert session.curation.is_open(pair)
        assert session.curation.mark_distinct(pair.one, pair.other) is not None
        assert session.curation.mark_distinct(pair.other, pair.one) is None
        assert not session.curation.is_open(pair)
        session.undo()
        assert session.curation.is_open(pair)
        session.curation.merge(pair.one, pair.other)
        assert not session.curation.is_open(pair)
        assert session.curation.pairs() == ()


def test_the_paper_with_a_key_or_a_mark_is_kept(home: Paths) -> None:
    (home.seeds / "page.txt").write_text(json.dumps(TWINS), encoding="utf-8")
    with closing(Session.open(home)) as session:
        (pair,) = session.curation.pairs()
        usual, less = session.curation.in_order(pair)
        session.mark([less], Edit(starred=True))
        assert session.curation.in_order(pair) == (less, usual)
        session.export([usual], "bibtex")
        assert session.curation.in_order(pair) == (usual, less)
