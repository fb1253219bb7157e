"""Actions of several lists, of removing papers and of the queue, without a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.paths import MAIN_LIST
from tui.session.reading_lists import new_list

if TYPE_CHECKING:
    from tests.app.actions.conftest import Run
    from tests.app.recording_ui import RecordingUi
    from tui.app.workspace import Workspace


def test_another_list_is_opened_and_the_open_one_is_not(workspace: Workspace, ui: RecordingUi, run: Run) -> None:
    other = new_list(workspace.session.paths, "thesis")
    run("app.lists")
    assert [option.value for option in ui.options] == [MAIN_LIST, "thesis", ""]
    assert [option.detail.partition(" ·")[0] for option in ui.options] == ["open", ui.options[1].detail, ""]
    assert "open" not in ui.options[1].detail
    ui.pick(MAIN_LIST)
    assert not ui.host.switched
    ui.pick("thesis")
    assert ui.host.switched == [other]


def test_a_new_list_is_created_and_opened(ui: RecordingUi, run: Run) -> None:
    run("app.lists")
    ui.pick("")
    ui.answer(" ideas ")
    assert [paths.name for paths in ui.host.switched] == ["ideas"]
    assert ui.host.switched[0].data.is_dir()


def test_removed_papers_are_no_longer_selected(workspace: Workspace, run: Run) -> None:
    first, second, *rest = workspace.papers.ids
    run("select.toggle", "select.toggle", "mark.remove")
    assert list(workspace.papers.ids) == rest
    assert not workspace.selection.ids
    run("mark.undo")
    assert list(workspace.papers.ids) == [first, second, *rest]


def test_a_due_date_is_set_and_cleared(workspace: Workspace, ui: RecordingUi, run: Run) -> None:
    run("mark.due")
    paper = workspace.current
    assert paper is not None
    ui.answer("2099-03-01")
    assert workspace.entry(paper).mark.due == "2099-03-01"
    run("mark.due")
    ui.answer("")
    assert not workspace.entry(paper).mark.due


def test_a_priority_is_picked(workspace: Workspace, ui: RecordingUi, run: Run) -> None:
    run("mark.priority")
    ui.pick("high")
    entry = workspace.current_entry()
    assert entry is not None
    assert entry.mark.priority == "high"
