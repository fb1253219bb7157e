"""Papers that were merged wrongly are split, by sources or by hand, as one undoable step."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tui.errors import UsageError
from tui.model.edit import Edit
from tui.session.session import Session

if TYPE_CHECKING:
    from tui.paths import Paths

RIVERS = {"title": "Rivers Under Glass", "authors": ["Ida Moor"], "abstract": "We watch rivers freeze. " * 9}


@pytest.fixture
def twice(home: Paths) -> Paths:
    """The same paper in two listings, with different years."""
    for name, date in (("one.txt", "2022-01-01"), ("two.txt", "2023-01-01")):
        (home.seeds / name).write_text(json.dumps([RIVERS | {"date": date}]), encoding="utf-8")
    (home.seeds / "page.txt").unlink()
    return home


def test_records_merged_by_sources_are_split_and_stay_so(twice: Paths) -> None:
    with closing(Session.open(twice)) as session:
        (paper_id,) = session.ids()
        splits = session.imports.splits
        records = splits.records(paper_id)
        assert [(record.number, record.owner, record.year) for record in records] == [
            (1, paper_id, 2022),
            (2, paper_id, 2023),
        ]
        assert [record.source.page for record in records if record.source] == ["one.txt", "two.txt"]
        assert records[1].line == "2  2023  Rivers Under Glass  Ida Moor  two.txt:1"
        assert splits.suggested_records(records) == {2}
        change, other = splits.split(paper_id, {2})
        assert change is not None
        assert set(session.ids()) == {paper_id, other}
        assert [len(splits.records(each)) for each in (paper_id, other)] == [1, 1]
    (twice.seeds / "more.txt").write_text('[{"title": "Mills", "abstract": "Wind."}]', encoding="utf-8")
    with closing(Session.open(twice)) as session:
        assert {paper_id, other} < set(session.ids())
        session.undo()
        assert session.find("rivers").ids == (paper_id,)
        assert len(session.imports.splits.records(paper_id)) == 2
        session.redo()
        assert set(session.find("rivers").ids) == {paper_id, other}


def test_papers_merged_by_hand_are_parted_with_their_marks(session: Session) -> None:
    (rivers,), (mills,) = session.find("rivers").ids, session.find("mills").ids
    session.mark([rivers], Edit(add_tags=("ice",)))
    session.mark([mills], Edit(add_tags=("wind",), note="theirs"))
    session.curation.merge(rivers, mills)
    session.mark([rivers], Edit(starred=True))
    splits = session.imports.splits
    records = splits.records(rivers)
    assert [record.owner for record in records] == [rivers, mills]
    change, other = splits.split(rivers, splits.suggested_records(records))
    assert change is not None
    assert other == mills
    ours, theirs = session.entry(rivers).mark, session.entry(mills).mark
    assert (ours.tags, ours.starred, ours.note) == (("ice",), True, "")
    assert (theirs.tags, theirs.starred, theirs.note) == (("wind",), False, "theirs")
    assert session.curation.pairs() == ()


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [(set(), "some of the records"), ({1, 2}, "some of the records"), ({3}, "no record 3"), ({1}, None), ({2}, None)],
)
def test_which_records_can_be_split_off(twice: Paths, numbers: set[int], reason: str | None) -> None:
    with closing(Session.open(twice)) as session:
        (paper_id,) = session.ids()
        splits = session.imports.splits
        if reason is None:
            assert [record.number for record in splits.check(splits.records(paper_id), numbers)] == [*numbers]
            return
        with pytest.raises(UsageError, match=reason):
            splits.split(paper_id, numbers)
        assert session.history() == ()


def test_the_paper_that_others_were_merged_into_is_not_split_off(session: Session) -> None:
    (rivers,), (mills,), (harbours,) = (session.find(word).ids for word in ("rivers", "mills", "harbours"))
    session.curation.merge(rivers, mills)
    session.curation.merge(rivers, harbours)
    splits = session.imports.splits
    for numbers, reason in (({1}, "split off the others"), ({2, 3}, "merged by hand")):
        with pytest.raises(UsageError) as error:
            splits.check(splits.records(rivers), numbers)
        assert reason in f"{error.value.message} {error.value.hint}"


def test_a_paper_of_one_record_cannot_be_split(session: Session) -> None:
    with pytest.raises(UsageError, match="only one record"):
        session.imports.splits.split(session.ids()[0], {1})


def test_identical_records_cannot_be_told_apart(twice: Paths) -> None:
    (twice.seeds / "two.txt").write_bytes((twice.seeds / "one.txt").read_bytes())
    (twice.seeds / "three.txt").write_text(json.dumps([RIVERS | {"date": "2023-01-01"}]), encoding="utf-8")
    with closing(Session.open(twice)) as session:
        (paper_id,) = session.ids()
        splits = session.imports.splits
        records = splits.records(paper_id)
        (different,) = [record.number for record in records if record.year == 2023]
        same = [record.number for record in records if record.year == 2022]
        assert len(same) == 2
        with pytest.raises(UsageError, match="identical"):
            splits.check(records, {same[0]})
        assert [record.number for record in splits.check(records, {different})] == [different]
