"""Triage: which papers there are to decide on, where to begin, and what is kept of an interrupted session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import selection
from tui.app.triage_session import TriageSession
from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.screens.main_screen import MainScreen

_SESSION = "triage"  # the fact that keeps an interrupted session


def begin(desk: MainScreen) -> None:
    """Decide on the unread papers of the selection or the list, one by one, from the cursor on."""
    from tui.app.screens.triage import TriageScreen  # noqa: PLC0415 - a screen that a start-up does not need

    undecided = _undecided(desk)
    if not undecided:
        desk.notify_status(f"no unread paper in this {'selection' if desk.selected else 'list'}")
        return
    tally = TriageSession.resumed(desk.session.get_value(_SESSION), _asked(desk), frozenset(undecided))
    ids = (*(made.paper for made in tally.decisions), *undecided)
    back = desk.keys.key("triage.take_back")
    going_on = f"going on with the session of {len(tally.decisions)}: {back} would take back all of it"
    desk.notify_status(going_on if tally.decisions else "")
    desk.put_selection(frozenset())
    desk.app.push_screen(TriageScreen(desk, ids, tally))


def stop(desk: MainScreen, tally: TriageSession, steps: tuple[int, int]) -> None:
    """Keep an interrupted session, and say what it came to.

    Args:
        desk: the desk.
        tally: what was decided.
        steps: the first and the last step of the history that this sitting took.
    """
    desk.session.set_value(_SESSION, tally.kept(_asked(desk), steps))
    if tally.decisions or tally.left:
        desk.notify_status(
            f"triage: {tally.summary()}, {f'{tally.left} left: T goes on' if tally.left else 'none left'}"
        )


def _undecided(desk: MainScreen) -> Sequence[str]:
    """The unread papers, those put off until a later day left out: from the cursor on, then those above it."""
    papers = desk.papers
    ids = selection.in_order(desk) if desk.selected else (*papers.ids[papers.cursor :], *papers.ids[: papers.cursor])
    today = desk.session.today().isoformat()
    marks = ((paper_id, desk.session.entry(paper_id).mark) for paper_id in ids)
    return [
        paper_id for paper_id, mark in marks if mark.status is Status.UNREAD and (mark.snoozed_until or "") <= today
    ]


def _asked(desk: MainScreen) -> str:
    return desk.result.query.text.strip()
