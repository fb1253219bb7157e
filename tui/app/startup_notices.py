"""What is said when the list has just been opened: what a person should know before they go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.session.note_drafts import NoteDrafts

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen


def startup_notice(screen: MainScreen) -> None:
    """Say what happened since the last time, the most pressing last, so that it stays in sight."""
    session = screen.session
    if session.notices:
        screen.notify_status("; ".join(session.notices))
    for paper_id in NoteDrafts(session).unfinished():
        screen.papers.go_to(paper_id)
        if paper_id in session.ids():
            heading = session.entry(paper_id).paper.display_title
            screen.notify_status(f"{screen.keys.key('mark.note')} goes on with the unfinished note of {heading}")
    if screen.settings.errors:
        first, *more = screen.settings.errors
        screen.notify_status(f"{first}{f' (and {len(more)} more: readlist check)' if more else ''}", fault=True)
    if session.read_only:
        screen.notify_status("the store is read-only: nothing can be changed", fault=True)
    screen.hints.begin()
