"""Action: start triage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.triage import SESSION_KEY
from tui.app.triage_session import TriageSession
from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.ui import Ui
    from tui.app.workspace import Workspace


def start(workspace: Workspace, ui: Ui) -> None:
    """Start triage of the unread papers of the selection or the list, from the cursor on."""
    from tui.app.screens.triage import TriageScreen  # noqa: PLC0415 - not needed at start-up

    undecided = _undecided(workspace)
    if not undecided:
        workspace.show_message(f"no unread papers in this {'selection' if workspace.selection.ids else 'list'}")
        return
    stored = workspace.session.values.get(SESSION_KEY)
    progress = TriageSession.resume(stored, workspace.query.result.query.text.strip(), frozenset(undecided))
    count = len(progress.decisions)
    decisions = f"{count} decision{'' if count == 1 else 's'}"
    message = f"resumed a session with {decisions}; {workspace.keys.key('triage.take_back')} undoes the whole session"
    workspace.show_message(message if count else "")
    workspace.selection.put(())
    workspace.begin_triage((*(decision.paper for decision in progress.decisions), *undecided), progress)
    ui.open(TriageScreen(workspace, ui))


def _undecided(workspace: Workspace) -> Sequence[str]:
    """The unread papers that are not snoozed: from the cursor on, then those above it."""
    papers = workspace.papers
    ids = workspace.selection.in_order() or (*papers.ids[papers.cursor :], *papers.ids[: papers.cursor])
    today = workspace.session.today().isoformat()
    marks = ((paper_id, workspace.session.entry(paper_id).mark) for paper_id in ids)
    return [
        paper_id for paper_id, mark in marks if mark.status is Status.UNREAD and (mark.snoozed_until or "") <= today
    ]
