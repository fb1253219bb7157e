"""Messages shown after the list was opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.session.note_drafts import NoteDrafts

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen


def repeated_notice(screen: MainScreen) -> str | None:
    """The message that the next start will show; None if that cannot be told."""
    session = screen.session
    notices = session.repeated_notices()
    if notices is None or screen.settings.errors:
        return None
    return ", ".join(notices) or screen.result.explanation or screen.hints.next_hint()[1]


def startup_notice(screen: MainScreen) -> None:
    """Show what happened since the last run; the most important message comes last and stays visible."""
    session = screen.session
    if session.notices:
        screen.notify_status(", ".join(session.notices))
    for paper_id in NoteDrafts(session).unfinished():
        screen.papers.go_to(paper_id)
        if paper_id in session.ids():
            title = session.entry(paper_id).paper.display_title
            screen.notify_status(f"unsaved note on {title} ({screen.keys.key('mark.note')}: continue)")
    if screen.settings.errors:
        first, *more = screen.settings.errors
        screen.notify_status(f"{first}{f' (and {len(more)} more: readlist check)' if more else ''}", error=True)
    if session.read_only:
        screen.notify_status("the store is read-only, changes are disabled", error=True)
    screen.hints.begin()
