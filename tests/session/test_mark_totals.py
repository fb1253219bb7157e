"""Triage progress, tags in use, and changes that are planned over many marks."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tui.errors import NothingMatchedError, UsageError
from tui.model.edit import Edit
from tui.model.mark import Status
from tui.session.mark_totals import read_views
from tui.session.session import Session

if TYPE_CHECKING:
    from tui.paths import Paths


def test_progress_counts_papers_that_have_left_unread(session: Session, home: Paths) -> None:
    first, second, third = session.ids()
    assert session.totals.progress() == (0, 3)
    session.edits.mark([first], Edit(status=Status.SKIPPED))
    session.edits.mark([second, third], Edit(starred=True))
    assert session.totals.progress() == (1, 3)
    session.edits.mark([third], Edit(status=Status.READ))
    assert session.totals.progress() == (2, 3)
    session.edits.mark([first], Edit(status=Status.UNREAD))
    assert session.totals.progress() == (1, 3)
    session.edits.undo()
    assert session.totals.progress() == (2, 3)
    with closing(Session.open(home)) as other:
        assert other.totals.progress() == (2, 3)
        other.edits.mark([second], Edit(status=Status.READ))
    session.poll()
    assert session.totals.progress() == (3, 3)


def test_progress_of_a_list_that_is_opened_again_is_the_same(session: Session, home: Paths) -> None:
    first, second, third = session.ids()
    session.edits.mark([first, second], Edit(status=Status.READ))
    session.edits.mark([second], Edit(removed=True))
    session.edits.mark([third], Edit(starred=True))
    assert session.totals.progress() == (1, 2)
    with closing(Session.open(home)) as other:
        assert other.totals.progress() == (1, 2)


def test_the_latest_step_is_that_of_the_history(session: Session) -> None:
    assert session.edits.latest == 0
    session.edits.mark(session.ids(), Edit(starred=True))
    session.edits.undo()
    assert session.edits.latest == session.edits.history(1)[0].number == 2


def test_tags_are_sorted_by_use_and_then_by_name(session: Session) -> None:
    first, second, third = session.ids()
    session.edits.mark([first, second, third], Edit(add_tags=("Zebra",)))
    session.edits.mark([first, second], Edit(add_tags=("beta", "Alpha")))
    session.edits.mark([third], Edit(add_tags=("gamma",)))
    assert session.totals.tags() == (("Zebra", 3), ("Alpha", 2), ("beta", 2), ("gamma", 1))


def test_nested_tags_are_renamed_and_deleted_with_theirs(session: Session) -> None:
    first, second, _ = session.ids()
    session.edits.mark([first], Edit(add_tags=("ice/thin", "ice")))
    session.edits.mark([second], Edit(add_tags=("iceland",)))
    session.edits.rename_tag("ice", "frost")
    assert dict(session.totals.tags()) == {"frost": 1, "frost/thin": 1, "iceland": 1}
    session.edits.delete_tag("frost")
    assert dict(session.totals.tags()) == {"iceland": 1}


@pytest.mark.parametrize("new", ["", " ", "a,b"])
def test_a_name_that_is_no_tag_is_refused(session: Session, new: str) -> None:
    session.edits.mark(session.ids(), Edit(add_tags=("ice",)))
    with pytest.raises(UsageError):
        session.edits.rename_tag("ice", new)
    assert dict(session.totals.tags()) == {"ice": 3}


def test_a_tag_that_no_paper_has_is_an_error(session: Session) -> None:
    with pytest.raises(NothingMatchedError, match="ice"):
        session.edits.delete_tag("ice")
    assert session.edits.history() == ()


def test_an_earlier_step_is_reverted_for_some_papers_and_later_changes_stay(session: Session) -> None:
    first, second, third = session.ids()
    step = session.edits.mark([first, second, third], Edit(status=Status.READ, add_tags=("ice",)))
    assert step is not None
    session.edits.mark([first], Edit(status=Status.QUEUED, add_tags=("later",)))
    reverted = session.edits.revert([step.number], "revert", {first, second})
    assert reverted is not None
    marks = [session.entry(paper_id).mark for paper_id in (first, second, third)]
    assert [mark.status for mark in marks] == [Status.QUEUED, Status.UNREAD, Status.READ]
    assert [mark.tags for mark in marks] == [("later",), (), ("ice",)]
    session.edits.undo()
    assert session.entry(second).mark.status is Status.READ


def test_several_steps_are_reverted_from_the_newest_back(session: Session) -> None:
    first, *_ = session.ids()
    steps = [session.edits.mark([first], Edit(note=text)) for text in ("one", "two", "three")]
    session.edits.revert([step.number for step in steps[1:] if step], "revert", {first})
    assert session.entry(first).mark.note == "one"


def test_saved_views_come_before_those_of_the_settings_and_override_them() -> None:
    stored = [["mine", "tag:a"], ["both", "tag:b"]]
    configured = {"both": "tag:c", "theirs": "tag:d"}
    assert list(read_views(stored, configured).items()) == [("mine", "tag:a"), ("both", "tag:b"), ("theirs", "tag:d")]
    assert read_views(None) == read_views("damaged") == {}
    assert read_views(None, configured) == configured
