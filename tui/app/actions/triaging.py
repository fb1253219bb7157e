"""Triage: which papers there are to decide on, where to begin, and what is kept of an interrupted session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import selecting
from tui.app.triage_tally import Tally
from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.screens.desk import Desk

_SESSION = "triage"  # the fact that keeps an interrupted session


def begin(desk: Desk) -> None:
    """Decide on the unread papers of the selection or the list, one by one, from the cursor on."""
    from tui.app.screens.triage import Triage  # noqa: PLC0415 - a screen that a start-up does not need

    undecided = _undecided(desk)
    if not undecided:
        desk.tell(f"no unread paper in this {'selection' if desk.selected else 'list'}")
        return
    tally = Tally.resumed(desk.session.get_value(_SESSION), _asked(desk), frozenset(undecided))
    ids = (*(made.paper for made in tally.decisions), *undecided)
    back = desk.keys.key("triage.take_back")
    going_on = f"going on with the session of {len(tally.decisions)}: {back} would take back all of it"
    desk.tell(going_on if tally.decisions else "")
    desk.put_selection(frozenset())
    desk.app.push_screen(Triage(desk, ids, tally))


def stop(desk: Desk, tally: Tally, steps: tuple[int, int]) -> None:
    """Keep an interrupted session, and say what it came to.

    Args:
        desk: the desk.
        tally: what was decided.
        steps: the first and the last step of the history that this sitting took.
    """
    desk.session.set_value(_SESSION, tally.kept(_asked(desk), steps))
    if tally.decisions or tally.left:
        desk.tell(f"triage: {tally.summary()}, {f'{tally.left} left: T goes on' if tally.left else 'none left'}")


def _undecided(desk: Desk) -> Sequence[str]:
    """The unread papers, those put off until a later day left out: from the cursor on, then those above it."""
    papers = desk.papers
    ids = selecting.in_order(desk) if desk.selected else (*papers.ids[papers.cursor :], *papers.ids[: papers.cursor])
    today = desk.session.today().isoformat()
    marks = ((paper_id, desk.session.entry(paper_id).mark) for paper_id in ids)
    return [
        paper_id for paper_id, mark in marks if mark.status is Status.UNREAD and (mark.snoozed_until or "") <= today
    ]


def _asked(desk: Desk) -> str:
    return desk.listing.query.text.strip()
