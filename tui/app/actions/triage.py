"""Actions: start triage, and store an interrupted session to resume it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import selection
from tui.app.triage_session import TriageSession
from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.screens.main_screen import MainScreen

_SESSION = "triage"  # of the store: an interrupted session


def start(screen: MainScreen) -> None:
    """Start triage of the unread papers of the selection or the list, from the cursor on."""
    from tui.app.screens.triage import TriageScreen  # noqa: PLC0415 - not needed at start-up

    undecided = _undecided(screen)
    if not undecided:
        screen.notify_status(f"no unread papers in this {'selection' if screen.selected else 'list'}")
        return
    triage = TriageSession.resume(screen.session.get_value(_SESSION), _query(screen), frozenset(undecided))
    ids = (*(decision.paper for decision in triage.decisions), *undecided)
    count = len(triage.decisions)
    decisions = f"{count} decision{'' if count == 1 else 's'}"
    message = f"resumed a session with {decisions}, {screen.keys.key('triage.take_back')} undoes them all"
    screen.notify_status(message if count else "")
    screen.put_selection(frozenset())
    screen.app.push_screen(TriageScreen(screen, ids, triage))


def stop(screen: MainScreen, triage: TriageSession, steps: tuple[int, int]) -> None:
    """Store an interrupted session, and report its decisions.

    Args:
        screen: the main screen.
        triage: the session.
        steps: the numbers of the first and the last change made since it was started or resumed.
    """
    screen.session.set_value(_SESSION, triage.to_stored(_query(screen), steps))
    if triage.decisions or triage.left:
        left = f"{triage.left} left, {screen.keys.key('mark.triage')} resumes" if triage.left else "none left"
        screen.notify_status(f"triage: {triage.summary()}, {left}")


def _undecided(screen: MainScreen) -> Sequence[str]:
    """The unread papers that are not snoozed: from the cursor on, then those above it."""
    papers = screen.papers
    ids = (
        selection.selected_in_order(screen)
        if screen.selected
        else (*papers.ids[papers.cursor :], *papers.ids[: papers.cursor])
    )
    today = screen.session.today().isoformat()
    marks = ((paper_id, screen.session.entry(paper_id).mark) for paper_id in ids)
    return [
        paper_id for paper_id, mark in marks if mark.status is Status.UNREAD and (mark.snoozed_until or "") <= today
    ]


def _query(screen: MainScreen) -> str:
    return screen.result.query.text.strip()
