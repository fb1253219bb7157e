"""The door to the reading list: what it does, tested where it stands."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.session.conftest import RECORDS
from tui.errors import NothingMatchedError, QueryError, UsageError
from tui.model.edit import Edit
from tui.model.mark import Status
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tui.paths import Paths


def write(home: Paths, name: str, *records: Mapping[str, object]) -> None:
    (home.seeds / name).write_text(json.dumps(records), encoding="utf-8")


def titles(session: Session, query: str) -> list[str]:
    return [str(session.entry(paper_id).paper.title).partition(" ")[0] for paper_id in session.find(query).ids]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("has:cat", ["Rivers"]),
        ("no:cat", ["Harbours", "Mills"]),
        ("has:link", ["Harbours"]),
        ("has:date", ["Mills"]),
        ("has:author", ["Rivers"]),
        ("date:2023-09-30", ["Mills"]),
    ],
)
def test_papers_are_found_by_the_fields_they_have(session: Session, query: str, found: list[str]) -> None:
    assert sorted(titles(session, query)) == sorted(found)


def test_an_invalid_query_is_refused_with_its_position(session: Session) -> None:
    with pytest.raises(QueryError) as error:
        session.find("rivers nosuch:x")
    assert error.value.position == 7


def test_an_edit_is_one_step_that_can_be_undone_and_redone(session: Session) -> None:
    ids = session.find("").ids
    assert session.edits.preview(ids, Edit(status=Status.READ)) == 3
    change = session.edits.mark(ids, Edit(status=Status.READ))
    assert change is not None
    assert session.edits.undoable() == change
    assert {session.entry(paper_id).mark.status for paper_id in ids} == {Status.READ}
    assert session.edits.mark(ids, Edit(status=Status.READ)) is None
    assert len(session.edits.history()) == 1
    session.edits.undo()
    assert {session.entry(paper_id).mark.status for paper_id in ids} == {Status.UNREAD}
    assert session.edits.undoable() is None
    session.edits.redo()
    assert {session.entry(paper_id).mark.status for paper_id in ids} == {Status.READ}


def test_tags_are_renamed_merged_and_deleted_as_one_step_each(session: Session) -> None:
    first, second, third = session.ids()
    session.edits.mark([first, second], Edit(add_tags=("ice",)))
    session.edits.mark([second, third], Edit(add_tags=("lamps",)))
    session.edits.rename_tag("ice", "frost")
    assert session.totals.tags() == (("frost", 2), ("lamps", 2))
    session.edits.merge_tags(["frost", "lamps"], "cold")
    assert session.totals.tags() == (("cold", 3),)
    session.edits.delete_tag("cold")
    assert session.totals.tags() == ()
    for expected in ((("cold", 3),), (("frost", 2), ("lamps", 2)), (("ice", 2), ("lamps", 2))):
        session.edits.undo()
        assert session.totals.tags() == expected


def test_changes_of_another_session_are_visible_after_polling(session: Session, home: Paths) -> None:
    paper_id = session.ids()[1]
    with closing(Session.open(home)) as other:
        other.edits.mark([paper_id], Edit(note="from elsewhere"))
    assert session.poll() == {paper_id}
    assert session.entry(paper_id).mark.note == "from elsewhere"
    assert session.poll() == frozenset()


def test_papers_merged_by_sources_keep_their_marks_without_a_step_in_the_history(home: Paths) -> None:
    link = "https://arxiv.org/abs/2301.00001"
    other = {"title": "Streams Below Ice", "abstract": "Quite another text on streams and ice. " * 9}
    write(home, "page.txt", {**RECORDS[0], "links": [link]})
    write(home, "second.txt", other)
    with closing(Session.open(home)) as session:
        [first], [second] = session.find("rivers").ids, session.find("streams").ids
        session.edits.mark([first], Edit(starred=True))
        session.edits.mark([second], Edit(add_tags=("ice",), note="kept"))
    write(home, "second.txt", {**other, "links": [link]})
    with closing(Session.open(home)) as session:
        [whole] = session.ids()
        mark = session.entry(whole).mark
        assert (mark.starred, mark.tags, mark.note) == (True, ("ice",), "kept")
        assert len(session.edits.history()) == 2
        session.edits.undo()
        session.edits.undo()
        assert session.edits.undoable() is None
        assert [*session.ids()] == [whole]


def test_parts_of_a_paper_are_copied_as_text(session: Session) -> None:
    [rivers], [harbours] = session.find("rivers").ids, session.find("harbours").ids
    assert session.exports.copy_text([rivers], "title")[0] == "Rivers Under Glass"
    assert session.exports.copy_text([harbours], "link")[0] == "https://papers.example/2"
    with pytest.raises(NothingMatchedError, match="has no link"):
        session.exports.copy_text([rivers], "link")[0]
    assert session.exports.copy_text([rivers], "bibtex")[0].startswith("@")


def test_an_export_is_saved_outside_of_the_data_folder_and_over_no_file(
    session: Session, home: Paths, tmp_path: Path
) -> None:
    export = session.exports.export(session.ids(), "ris")
    assert export.papers == 3
    target = tmp_path / "out.ris"
    session.exports.save(export, target, force=False)
    assert target.read_bytes().decode() == export.text
    with pytest.raises(UsageError, match="already exists"):
        session.exports.save(export, target, force=False)
    for inside in (home.data / "out.ris", home.data / "marks.json"):
        with pytest.raises(UsageError, match="is in the data folder"):
            session.exports.save(export, inside, force=True)


def test_stored_values_survive_the_session(home: Paths) -> None:
    with closing(Session.open(home)) as session:
        session.values.set("draft", {"paper": "x", "text": "half"})
        session.values.set("gone", 1)
        session.values.set("gone", None)
    with closing(Session.open(home)) as session:
        assert session.values.get("draft") == {"paper": "x", "text": "half"}
        assert session.values.get("gone") is None
        assert session.edits.history() == ()


def test_changed_sources_are_read_on_request(session: Session, home: Paths) -> None:
    assert not session.sources.changed()
    write(home, "new.txt", {"title": "Lighthouses in Fog", "abstract": "We look for lighthouses in fog. " * 9})
    assert session.sources.changed()
    session.sources.synchronise()
    assert titles(session, "lighthouses") == ["Lighthouses"]
    assert not session.sources.changed()
