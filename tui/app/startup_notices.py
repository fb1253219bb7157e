"""Messages shown after the list was opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.session.note_drafts import NoteDrafts

if TYPE_CHECKING:
    from tui.app.hints import Hints
    from tui.app.workspace import Workspace


def repeated_notice(workspace: Workspace, hints: Hints) -> str | None:
    """The message that the next start will show; None if that cannot be told."""
    notices = workspace.session.repeated_notices()
    if notices is None or workspace.settings.errors:
        return None
    return ", ".join(notices) or workspace.query.result.explanation.whole or hints.next_hint()[1]


def startup_notice(workspace: Workspace, hints: Hints) -> None:
    """Show what happened since the last run; the most important message comes last and stays visible."""
    session = workspace.session
    if session.notices:
        workspace.show_message(", ".join(session.notices))
    for paper_id in NoteDrafts(session).unfinished():
        workspace.papers.go_to(paper_id)
        if paper_id in session.ids():
            title = session.entry(paper_id).paper.display_title
            workspace.show_message(f"unsaved note on {title} ({workspace.keys.key('mark.note')}: continue)")
    errors = workspace.settings.errors
    if errors:
        first, *more = errors
        workspace.show_message(f"{first}{f' (and {len(more)} more: `readlist check`)' if more else ''}", error=True)
    if session.read_only:
        workspace.show_message("the store is read-only; changes are disabled", error=True)
    hints.begin()
