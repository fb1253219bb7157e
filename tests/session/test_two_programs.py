"""Two programs on one paper: whatever the other one did concurrently, no text is lost and every edit is in the list."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tui.errors import ConflictError
from tui.model.edit import Edit
from tui.model.mark import Status
from tui.paths import Paths
from tui.session import note_drafts
from tui.session.note_drafts import NoteDraft, NoteDrafts
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = """\
CVOct 26, 2023
Radiance Fields from Single ViewsSudarshan Babu, Richard Liu
We reconstruct radiance fields from one photograph each, with a network that learns shape priors.
LGJun 22, 2021
Growing Networks with Variance TransferXin Yuan, Pedro Savarese
Training cost falls when a network grows while it learns; momentum statistics carry over to new neurons.
ROJan 9, 2024
Grasping Transparent ObjectsWei Chen
Depth cameras fail on glass. We train grasping policies on polarised images instead.
"""
BIB = "@article{k, title={Grasping Transparent Objects Again}, author={Chen, Wei}, note={from the file}, year={2024}}"


@pytest.fixture
def home(tmp_path: Path) -> Paths:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "page.txt").write_text(PAGE, encoding="utf-8")
    return Paths(data=tmp_path / "data", seeds=tmp_path / "seeds")


@pytest.fixture
def sessions(home: Paths) -> Iterator[tuple[Session, Session]]:
    with closing(Session.open(home)) as here, closing(Session.open(home)) as there:
        yield here, there


def seen(session: Session, query: str) -> tuple[str, ...]:
    session.poll()
    return session.find(query).ids


@pytest.mark.parametrize(
    ("edit", "query"),
    [
        (Edit(note="my thoughts", note_before=""), 'note:"my thoughts"'),
        (Edit(append_note="one more thought"), "note:thought"),
        (Edit(add_tags=("glass",)), "tag:glass"),
        (Edit(status=Status.READ), "is:read"),
        (Edit(starred=True), "is:starred"),
    ],
)
def test_an_edit_of_a_paper_merged_concurrently_is_seen(
    sessions: tuple[Session, Session], edit: Edit, query: str
) -> None:
    here, there = sessions
    kept, other, third = here.ids()
    there.curation.merge(kept, other)
    there.curation.merge(third, kept)  # a chain: the first is part of the second, which is part of the third
    change = here.edits.mark([other], edit)
    assert change is not None
    assert change.ids == (third,)
    assert seen(here, query) == seen(there, query) == (third,)
    here.edits.undo()
    assert seen(there, query) == ()


def test_a_bulk_edit_of_two_parts_of_one_paper_is_done_once(sessions: tuple[Session, Session]) -> None:
    here, there = sessions
    kept, other, third = here.ids()
    there.curation.merge(kept, other)
    change = here.edits.mark([other, kept, third], Edit(append_note="once"))
    assert change is not None
    assert sorted(change.ids) == sorted((kept, third))
    assert here.entry(kept).mark.note == "once"


def test_a_correction_of_a_paper_merged_concurrently_is_seen(sessions: tuple[Session, Session]) -> None:
    here, there = sessions
    kept, other, _ = here.ids()
    there.curation.merge(kept, other)
    here.curation.correct(other, {"affiliation": "Somewhere"})
    here.poll()
    assert here.entry(kept).paper.affiliation == "Somewhere"


def test_a_merge_with_a_paper_merged_concurrently_hides_no_paper(sessions: tuple[Session, Session]) -> None:
    here, there = sessions
    one, two, three = here.ids()
    here.edits.mark([three], Edit(note="of the third"))
    there.poll()
    there.curation.merge(one, two)
    here.curation.merge(two, three)
    assert seen(here, "") == seen(there, "") == (one,)
    assert here.entry(one).mark.note == "of the third"


def test_a_merge_the_other_way_round_changes_nothing(sessions: tuple[Session, Session]) -> None:
    here, there = sessions
    one, two, three = here.ids()
    there.curation.merge(one, two)
    assert here.curation.merge(two, one) is None
    assert here.curation.mark_distinct(two, one) is None
    assert seen(here, "") == (one, three)


def test_a_note_written_concurrently_is_kept_with_the_new_one(sessions: tuple[Session, Session]) -> None:
    here, there = sessions
    paper = here.ids()[0]
    there.edits.mark([paper], Edit(note="written there"))
    here.edits.mark([paper], Edit(note="written here", note_before=""))
    note = here.entry(paper).mark.note
    assert note.index("written there") < note.index("saved by another program") < note.index("written here")
    here.edits.undo()
    assert here.entry(paper).mark.note == "written there"


def test_a_correction_written_concurrently_is_not_overwritten(sessions: tuple[Session, Session]) -> None:
    here, there = sessions
    paper = here.ids()[0]
    before = here.entry(paper)
    there.curation.correct(paper, {"title": "Theirs", "affiliation": "There"})
    with pytest.raises(ConflictError, match="title is now 'Theirs'") as raised:
        here.curation.correct(paper, {"title": "Mine"}, before)
    assert raised.value.paper == paper
    here.poll()
    assert here.entry(paper).paper.title == "Theirs"
    here.curation.correct(paper, {"date": "2019"}, before)
    assert (here.entry(paper).paper.title, str(here.entry(paper).paper.date)) == ("Theirs", "2019")
    here.curation.correct(paper, {"title": "Mine"}, here.entry(paper))
    assert here.entry(paper).paper.title == "Mine"


def test_the_same_correction_twice_is_not_a_conflict(sessions: tuple[Session, Session]) -> None:
    here, there = sessions
    paper = here.ids()[0]
    before = here.entry(paper)
    there.curation.correct(paper, {"title": "The Same"})
    assert here.curation.correct(paper, {"title": "The  Same"}, before) is None


def test_a_correction_is_not_applied_to_the_paper_it_was_merged_into(sessions: tuple[Session, Session]) -> None:
    here, there = sessions
    kept, other, _ = here.ids()
    before = here.entry(other)
    there.curation.merge(kept, other)
    with pytest.raises(ConflictError) as raised:
        here.curation.correct(other, {"title": "Growing Networks"}, before)
    assert raised.value.paper == kept


def test_a_view_saved_concurrently_is_kept(sessions: tuple[Session, Session]) -> None:
    here, there = sessions
    shown = here.views()
    there.saved_views.save("week", "tag:theirs")
    assert here.saved_views.save("Week", "tag:mine", shown) is False
    assert dict(here.views()) == {"week": "tag:theirs", "week-2": "tag:mine"}
    assert here.saved_views.save("week", "tag:now", here.views()) is True
    assert here.views()["week"] == "tag:now"


def test_a_view_changed_concurrently_is_not_deleted(sessions: tuple[Session, Session]) -> None:
    here, there = sessions
    here.saved_views.save("week", "tag:old")
    there.poll()
    there.saved_views.save("week", "tag:new")
    with pytest.raises(ConflictError, match="to tag:new"):
        here.saved_views.delete("week", "tag:old")
    assert here.views()["week"] == "tag:new"


def test_marks_that_an_import_brings_go_to_the_paper_merged_concurrently(
    sessions: tuple[Session, Session], tmp_path: Path
) -> None:
    here, there = sessions
    (tmp_path / "one.bib").write_text(BIB.replace(", note={from the file}", ""), encoding="utf-8")
    (tmp_path / "two.bib").write_text(BIB.replace("note", "annote"), encoding="utf-8")
    here.imports.carry_out(here.imports.plan([tmp_path / "one.bib"]))
    there.poll()
    (kept,), (other,) = here.find("radiance").ids, here.find("again").ids
    plan = here.imports.plan([tmp_path / "two.bib"])
    there.curation.merge(kept, other)
    here.imports.carry_out(plan)
    assert seen(here, 'note:"from the file"') == (kept,)


def test_each_screen_has_its_own_draft(sessions: tuple[Session, Session]) -> None:
    here, there = sessions
    paper, other = here.ids()[:2]
    dead, alive = _ended_process(), f"{os.getpid()}"
    first, second = NoteDrafts(here, dead), NoteDrafts(there, alive)
    first.keep(NoteDraft(paper, "never finished", "old"))
    second.keep(NoteDraft(paper, "finished"))
    second.keep(NoteDraft(other, "finished, too"))
    there.values.set(f"draft-{alive}", None)  # as its screen does when the note is saved
    here.poll()
    assert NoteDrafts(here).unfinished() == {paper: NoteDraft(paper, "never finished", "old")}
    NoteDrafts(here).discard(paper)
    assert NoteDrafts(here).unfinished() == {}


def test_a_draft_being_edited_by_a_running_screen_is_not_offered(sessions: tuple[Session, Session]) -> None:
    here, there = sessions
    paper = here.ids()[0]
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        NoteDrafts(there, str(other.pid)).keep(NoteDraft(paper, "being written"))
        here.poll()
        assert NoteDrafts(here).unfinished() == {}
        NoteDrafts(here).discard(paper)
        other.communicate(b"\n")
    assert NoteDrafts(here).unfinished() == {paper: NoteDraft(paper, "being written")}


def test_without_a_folder_of_processes_a_draft_has_the_number_of_its_process(
    sessions: tuple[Session, Session], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = sessions
    paper = here.ids()[0]
    monkeypatch.setattr(note_drafts, "_STATUS", tmp_path / "missing")
    NoteDrafts(there).keep(NoteDraft(paper, "being written"))
    assert there.values.get(f"draft-{os.getpid()}")
    here.poll()
    assert NoteDrafts(here, _ended_process()).unfinished() == {}, "the process is running"


def test_a_draft_of_an_earlier_version_is_offered(sessions: tuple[Session, Session]) -> None:
    here, _ = sessions
    paper = here.ids()[0]
    here.values.set("draft", {"paper": paper, "text": "half"})
    assert NoteDrafts(here).unfinished() == {paper: NoteDraft(paper, "half")}
    NoteDrafts(here).discard(paper)
    assert here.values.get("draft") is None


def _ended_process() -> str:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    return str(ended.pid)
