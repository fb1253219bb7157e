"""What commands do to the workspace, and what they ask of the user, without a terminal."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from tests.reliability.shim import Shim
from tui.app.actions import bulk_confirmation
from tui.app.change_signal import Aspect, Changes
from tui.model.edit import Edit
from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.app.recording_ui import RecordingUi
    from tests.reliability.shim import OsCall
    from tui.app.workspace import Workspace
    from tui.model.mark import Mark
    from tui.paths import Paths

    Run = Callable[..., None]


def marks(workspace: Workspace) -> list[Mark]:
    return [workspace.entry(paper_id).mark for paper_id in workspace.papers.ids]


def read_rows(workspace: Workspace) -> list[int]:
    return [row for row, mark in enumerate(marks(workspace)) if mark.status is Status.READ]


def message(workspace: Workspace) -> str:
    return workspace.messages.current.text


def test_read_marks_the_paper_and_tells_each_view_once(workspace: Workspace, run: Run) -> None:
    told: list[Changes] = []
    workspace.observe(told.append)
    paper = workspace.papers.current
    run("mark.read", key="r")
    assert read_rows(workspace) == [0]
    assert workspace.papers.cursor == 1
    assert told == [Changes(Aspect.ENTRIES | Aspect.CURSOR | Aspect.MESSAGE, frozenset({str(paper)}))]


def test_a_command_that_changes_nothing_tells_only_its_message(workspace: Workspace, run: Run) -> None:
    told: list[Changes] = []
    workspace.observe(told.append)
    run("mark.undo")
    assert message(workspace) == "nothing to undo"
    assert told == [Changes(Aspect.MESSAGE)]


def test_a_view_that_left_is_told_nothing_more(workspace: Workspace, run: Run) -> None:
    told: list[Changes] = []
    workspace.observe(told.append)
    workspace.unobserve(told.append)
    run("mark.star")
    assert told == []


def test_undo_goes_back_to_the_paper(workspace: Workspace, run: Run) -> None:
    run("mark.read", "mark.read", "mark.undo")
    assert read_rows(workspace) == [0]
    assert workspace.papers.cursor == 1
    run("mark.redo")
    assert read_rows(workspace) == [0, 1]


def test_a_selection_is_changed_as_one_step(workspace: Workspace, run: Run) -> None:
    run("select.toggle", "select.toggle", "mark.star")
    assert [mark.starred for mark in marks(workspace)] == [True, True, False, False, False, False]
    assert len(workspace.session.edits.history()) == 1
    assert workspace.papers.cursor == 2


def test_a_range_grows_with_the_cursor_and_ends_with_a_command(workspace: Workspace, run: Run) -> None:
    run("select.range")
    workspace.papers.move(2)
    assert len(workspace.selection.ids) == 3
    run("mark.star")
    assert not workspace.selection.has_range
    workspace.papers.move(1)
    assert len(workspace.selection.ids) == 3


def test_a_status_is_chosen_for_the_papers_of_that_moment(workspace: Workspace, ui: RecordingUi, run: Run) -> None:
    run("mark.status")
    workspace.papers.move(3)
    ui.pick("queued")
    assert [mark.status for mark in marks(workspace)][:4] == [Status.QUEUED, *[Status.UNREAD] * 3]


def test_many_papers_are_changed_only_after_a_confirmation(
    workspace: Workspace, ui: RecordingUi, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_confirmation, "CONFIRM_ABOVE", 2)
    run("select.all", "mark.read")
    assert ui.title == "Change 6 papers: mark read?"
    ui.pick("no")
    assert read_rows(workspace) == []
    run("mark.read")
    ui.pick("yes")
    assert read_rows(workspace) == [0, 1, 2, 3, 4, 5]


def test_a_paper_that_no_longer_matches_stays_until_the_query_is_rerun(workspace: Workspace, run: Run) -> None:
    workspace.query.put("is:unread")
    run("mark.read")
    assert workspace.papers.count == 6
    assert workspace.papers.stale == {workspace.papers.ids[0]}
    run("find.refresh")
    assert workspace.papers.count == 5
    assert workspace.papers.stale == frozenset()


def test_an_invalid_query_keeps_the_list(workspace: Workspace) -> None:
    workspace.query.begin_edit()
    workspace.query.edit("year:banana", is_whole=True)
    assert str(workspace.query.problem)
    assert workspace.papers.count == 6
    assert not workspace.query.keep_edit()
    workspace.query.cancel_edit()
    assert (workspace.query.problem, workspace.query.text) == (None, "")


def test_the_cursor_follows_the_paper_into_another_query_and_back(workspace: Workspace, run: Run) -> None:
    workspace.papers.cursor = 4
    paper = workspace.papers.current
    workspace.query.put("maire")
    assert workspace.papers.current == paper
    run("find.back")
    assert (workspace.query.text, workspace.papers.cursor) == ("", 4)
    run("find.forward")
    assert workspace.query.text == "maire"


def test_the_same_key_jumps_back_from_a_bookmark(workspace: Workspace, ui: RecordingUi, run: Run) -> None:
    workspace.papers.cursor = 3
    run("move.bookmark")
    ui.press("a")
    run("move.top")
    workspace.papers.cursor = 1
    run("move.to_bookmark")
    ui.press("a")
    assert workspace.papers.cursor == 3
    run("move.to_bookmark")
    ui.press("apostrophe")
    assert workspace.papers.cursor == 1


def test_a_disabled_command_says_why(workspace: Workspace, ui: RecordingUi, run: Run) -> None:
    run("mark.repeat")
    assert message(workspace) == "no change to repeat"
    run("filter.include")
    assert message(workspace) == "move the focus to the filter pane first"
    ui.host.is_web = True
    run("app.suspend")
    assert message(workspace) == "a browser has no shell to suspend to"
    workspace.query.put("nothing-has-this-word")
    run("mark.star")
    assert message(workspace) == "no paper matches the query"
    workspace.query.put("is:removed")
    run("mark.star")
    assert message(workspace) == "no paper matches the query", "none is removed"
    workspace.session.edits.mark(workspace.session.ids(), Edit(removed=True))
    for query in ("", "nothing-has-this-word"):
        workspace.query.put(query)
        run("mark.star")
        assert message(workspace) == "no papers in the list"


def test_a_term_that_empties_the_list_is_dropped_by_the_key_of_the_full_width(workspace: Workspace, run: Run) -> None:
    workspace.query.put("maire zzzz")
    assert workspace.papers.count == 0
    run("view.detail")
    assert workspace.query.text == "maire"


def test_what_the_disk_refuses_waits_and_is_saved_later(workspace: Workspace, home: Paths, run: Run) -> None:
    failing = True

    def refuse(call: OsCall) -> None:
        if failing and call.name in {"write", "pwrite", "fsync"}:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with Shim(home.data, refuse).installed():
        run("mark.read")
        assert read_rows(workspace) == []
        assert workspace.papers.cursor == 0
        assert workspace.edits.queue.count == 1
        failing = False
        run("mark.save")
    assert read_rows(workspace) == [0]
    assert message(workspace) == "everything is saved"


def test_copying_needs_no_clipboard_of_a_terminal(workspace: Workspace, ui: RecordingUi, run: Run) -> None:
    run("out.copy")
    ui.pick("title")
    assert ui.host.copied == [workspace.entry(workspace.papers.ids[0]).paper.title]


def test_one_cite_command_has_the_keys_of_the_selection(workspace: Workspace, ui: RecordingUi, run: Run) -> None:
    workspace.selection.put(workspace.papers.ids[:2])
    for what in ("citation key", r"\cite"):
        run("out.copy")
        ui.pick(what)
    keys = [workspace.entry(paper_id).mark.citation_key for paper_id in workspace.papers.ids[:2]]
    assert ui.host.copied == [f"{keys[0]}\n{keys[1]}", f"\\cite{{{keys[0]},{keys[1]}}}"]
    assert message(workspace).startswith(r"copied the \cite of 2 papers ")


def test_the_row_for_links_is_about_all_selected_papers(workspace: Workspace, ui: RecordingUi, run: Run) -> None:
    with_link, without = workspace.papers.ids[:2]
    workspace.session.edits.mark([with_link], Edit(correct=(("links", "https://papers.example/2"),)))
    reasons = []
    for selected in ((with_link,), (without,), (with_link, without)):
        workspace.selection.put(selected)
        run("out.copy")
        reasons += [option.disabled_reason for option in ui.options if option.value == "link"]
    assert reasons == ["", "no link", "not all have a link"]


def test_triage_decides_without_moving_the_list(workspace: Workspace, run: Run) -> None:
    workspace.papers.cursor = 1
    order = [*workspace.papers.ids[1:], workspace.papers.ids[0]]
    run("mark.triage")
    triage = workspace.triage
    assert triage is not None
    assert workspace.current == order[0]
    keep = next(action for action in workspace.settings.triage if action.name == "keep")
    with workspace.gesture():
        assert triage.decide(keep)
        triage.move(1)
    assert workspace.current == order[1]
    assert workspace.papers.cursor == 1, "the list is another view"
    run("triage.star")
    assert workspace.entry(order[1]).mark.starred
    run("triage.undo", "triage.undo", "triage.undo")
    assert message(workspace) == "nothing to undo in this session"
    assert workspace.current == order[0]
    assert all(mark.status is Status.UNREAD and not mark.starred for mark in marks(workspace))
    run("triage.redo")
    assert triage.progress.summary() == "1 kept"
    run("triage.take_back")
    assert triage.progress.summary() == "nothing decided"


def test_triage_tells_its_view_once_for_a_decision(workspace: Workspace, run: Run) -> None:
    run("mark.triage")
    told: list[Changes] = []
    workspace.observe(told.append)
    run("triage.leave")
    assert [changes.aspects for changes in told] == [Aspect.TRIAGE]
