"""What is said when the list has just been opened: what a person should know before they go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.session.note_drafts import NoteDrafts

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen


def startup_notice(desk: MainScreen) -> None:
    """Say what happened since the last time, the most pressing last, so that it stays in sight."""
    session = desk.session
    if session.notices:
        desk.notify_status("; ".join(session.notices))
    for paper_id in NoteDrafts(session).unfinished():
        desk.papers.go_to(paper_id)
        if paper_id in session.ids():
            heading = session.entry(paper_id).paper.display_title
            desk.notify_status(f"{desk.keys.key('mark.note')} goes on with the unfinished note of {heading}")
    if desk.settings.errors:
        first, *more = desk.settings.errors
        desk.notify_status(f"{first}{f' (and {len(more)} more: readlist check)' if more else ''}", fault=True)
    if session.read_only:
        desk.notify_status("the store is read-only: nothing can be changed", fault=True)
    desk.hints.begin()
