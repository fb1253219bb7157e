"""Actions of triage: decide, go on, undo within the session, save it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import history, notes
from tui.app.triage import NOTHING_TO_UNDO, SESSION_KEY

if TYPE_CHECKING:
    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.settings.settings import TriageAction


def save(workspace: Workspace) -> None:
    """Store the session, to be resumed the next time, report its decisions, and go to its paper in the list."""
    triage = workspace.triage
    if triage is None:
        return
    progress = triage.progress
    workspace.session.values.set(
        SESSION_KEY, progress.to_stored(workspace.query.result.query.text.strip(), triage.steps)
    )
    if progress.decisions or progress.left:
        left = f"{progress.left} left, {workspace.keys.key('mark.triage')} resumes" if progress.left else "none left"
        workspace.show_message(f"triage: {progress.summary()}, {left}")
    if triage.last is not None:
        workspace.papers.go_to(triage.last)


def decide(workspace: Workspace, ui: Ui, action: TriageAction) -> None:
    """Make a decision on the current paper, edit its note if the decision starts one, and go on."""
    triage = workspace.triage
    if triage is not None and triage.decide(action):
        if action.note:
            notes.edit_note(workspace, ui)
        triage.move(action.advances)


def remove(workspace: Workspace, ui: Ui) -> None:
    """Remove the current paper from the list, and go on."""
    if workspace.triage is not None and workspace.triage.remove():
        workspace.triage.move(1)


def leave(workspace: Workspace, ui: Ui) -> None:
    """Leave the paper undecided, and go to the next."""
    if workspace.triage is not None:
        workspace.triage.move(1)


def previous(workspace: Workspace, ui: Ui) -> None:
    """Go to the previous paper."""
    if workspace.triage is not None:
        workspace.triage.move(-1)


def undo(workspace: Workspace, ui: Ui) -> None:
    """Undo the last step of the session, and go to its paper."""
    triage, change = workspace.triage, workspace.session.edits.undoable()
    if triage is None or change is None or not triage.has_made(change):
        workspace.show_message(NOTHING_TO_UNDO)
        return
    history.undo(workspace, ui)
    triage.undone(change)


def redo(workspace: Workspace, ui: Ui) -> None:
    """Redo the last undone step, and go to the paper after it."""
    before = _last_step(workspace)
    history.redo(workspace, ui)
    change = workspace.session.edits.undoable()
    if workspace.triage is not None and _last_step(workspace) > before and change is not None:
        workspace.triage.redone(change)


def revert(workspace: Workspace, ui: Ui) -> None:
    """Revert everything the session did to its papers, as one step of the history."""
    if workspace.triage is not None:
        workspace.triage.revert()


def _last_step(workspace: Workspace) -> int:
    return workspace.session.edits.latest
