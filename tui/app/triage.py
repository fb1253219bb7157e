"""A triage: unread papers one at a time, a decision on each, and undo within the session."""

from __future__ import annotations

from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from tui.app.change_signal import Aspect
from tui.app.message_text import REDO_HINT
from tui.app.triage_session import Decision, TriageSession
from tui.model.edit import Edit
from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.change_signal import ChangeSignal
    from tui.app.paper_edits import PaperEdits
    from tui.app.status_messages import StatusMessages
    from tui.model.change import Change
    from tui.session.session import Session
    from tui.settings.settings import TriageAction

SESSION_KEY = "triage"  # of the store: an interrupted session
GONE = "this paper is no longer in the list"
NOTHING_TO_UNDO = "nothing to undo in this session"
_QUICK_TAGS = 9


class Triage:
    """The papers of a triage, and the current one of them.

    Args:
        session: the reading list.
        edits: makes the decisions.
        messages: shows what was done.
        signal: is told when the current paper or the progress changes.
        ids: the papers: first those decided before the session was interrupted, then the undecided ones.
        progress: the decisions made before it was interrupted.
    """

    def __init__(
        self,
        session: Session,
        edits: PaperEdits,
        messages: StatusMessages,
        signal: ChangeSignal,
        ids: tuple[str, ...],
        progress: TriageSession,
    ) -> None:
        self._session, self._edits, self._messages, self._signal = session, edits, messages, signal
        self._ids = ids
        self._progress = progress
        self._index = len(progress.decisions)
        self._last_before = self._last_step()  # the last history step before this sitting
        # The progress before each step that was undone, or that reverted the session.
        self._undone: dict[int, TriageSession] = {}
        self._started_at = monotonic()

    @property
    def progress(self) -> TriageSession:
        """The decisions made so far."""
        return self._progress

    @property
    def current(self) -> str | None:
        """The current paper; None after the last."""
        return self._ids[self._index] if self._index < len(self._ids) else None

    @property
    def last(self) -> str | None:
        """The current paper or, after the last, that one."""
        return self.current or (self._ids[-1] if self._ids else None)

    @property
    def is_gone(self) -> bool:
        """Whether the current paper is no longer in the reading list."""
        return self.current is not None and self.current not in self._session.ids()

    @property
    def steps(self) -> tuple[int, int]:
        """The numbers of the first and the last change made in this sitting."""
        return self._last_before + 1, self._last_step()

    def pace(self) -> str:
        """Papers per minute and the remaining time; empty after too few decisions."""
        return self._progress.pace(monotonic() - self._started_at)

    def move(self, papers: int) -> None:
        """Go on by some papers, or back where negative; not from the end."""
        if self.current is not None:
            self._go(max(self._index + papers, 0))

    def decide(self, action: TriageAction) -> bool:
        """Make a decision on the current paper; returns whether it was stored."""
        paper_id = self.current
        if paper_id is None or self._refuses():
            return False
        before = self._last_step()
        if not self._edits.submit((paper_id,), self._edit(action)):
            return False
        step = self._last_step()
        if step > before and (action.status or action.snooze):  # star, tags and note alone are no decision
            self._progress = self._progress.with_decision(Decision(paper_id, action.past_tense, step))
        return True

    def remove(self) -> bool:
        """Remove the current paper from the list; returns whether that was stored."""
        paper_id = self.current
        if paper_id is None or self._refuses():
            return False
        if not self._edits.submit((paper_id,), Edit(removed=True)):
            return False
        self._progress = self._progress.with_decision(Decision(paper_id, "removed", self._last_step()))
        return True

    def quick_tags(self) -> list[str]:
        """The tags that digits toggle: the most used ones."""
        return [tag for tag, _ in self._session.totals.tags()[:_QUICK_TAGS]]

    def toggle_quick_tag(self, digit: int) -> bool:
        """Add or remove the tag of a digit; returns whether there is one."""
        tags = self.quick_tags()
        if not 0 < digit <= len(tags):
            return False
        paper_id, tag = self.current, tags[digit - 1]
        if paper_id is not None and not self._refuses():
            has_tag = tag.casefold() in {each.casefold() for each in self._session.entry(paper_id).mark.tags}
            self._edits.submit((paper_id,), Edit(remove_tags=(tag,)) if has_tag else Edit(add_tags=(tag,)))
        return True

    def has_made(self, change: Change) -> bool:
        """Whether a change was made in this session."""
        spans = self._progress.steps
        return change.number > self._last_before or any(first <= change.number <= last for first, last in spans)

    def undone(self, change: Change) -> None:
        """Take note that a change was undone, and go to its paper."""
        if change.number in self._undone:
            self._set_progress(self._undone.pop(change.number))
        else:
            self._undone[change.number] = self._progress
            self._set_progress(self._progress.without(change.number))
        self._go_to(change.ids)

    def redone(self, change: Change) -> None:
        """Take note that a change was redone, and go to the paper after it."""
        self._set_progress(self._undone.pop(change.number, self._progress))
        self._go_to(change.ids)
        if any(decision.step == change.number for decision in self._progress.decisions):
            self._go(self._index + 1)

    def revert(self) -> None:
        """Revert everything the session did to its papers, as one step of the history."""
        spans = (*self._progress.steps, self.steps)
        steps = {step for first, last in spans for step in range(first, last + 1)}
        decided = len(self._progress.decisions)
        label = f"revert the triage of {decided} paper{'' if decided == 1 else 's'}"
        change = self._session.edits.revert(steps, label, frozenset(self._ids))
        if change is None:
            self._messages.show(NOTHING_TO_UNDO)
            return
        self._undone[change.number] = self._progress
        self._set_progress(TriageSession(len(self._ids)))
        self._edits.show(change, "reverted the whole session", REDO_HINT)
        self._go(0)

    def _refuses(self) -> bool:
        """Whether the current paper is gone; says so."""
        if self.is_gone:
            self._messages.show(GONE)
        return self.is_gone

    def _last_step(self) -> int:
        return self._session.edits.latest

    def _edit(self, action: TriageAction) -> Edit:
        until = self._session.today() + timedelta(days=action.snooze)
        return Edit(
            status=Status(action.status) if action.status else None,
            starred=True if action.star else None,
            add_tags=action.tags,
            append_note=action.note or None,
            snoozed_until=until.isoformat() if action.snooze else None,
            priority=action.priority or None,
            due=(self._session.today() + timedelta(days=action.due)).isoformat() if action.due else None,
        )

    def _set_progress(self, progress: TriageSession) -> None:
        self._progress = progress._replace(steps=self._progress.steps or progress.steps)

    def _go_to(self, papers: Sequence[str]) -> None:
        """Go to the paper of a step or, if the step has several papers, to the first undecided paper."""
        if len(papers) == 1 and papers[0] in self._ids:
            self._go(self._ids.index(papers[0]))
        else:
            decided = {decision.paper for decision in self._progress.decisions}
            undecided = (index for index, paper_id in enumerate(self._ids) if paper_id not in decided)
            self._go(next(undecided, len(self._ids)))

    def _go(self, index: int) -> None:
        self._index = index
        self._signal.add(Aspect.TRIAGE)
