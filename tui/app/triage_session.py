"""What a triage session has come to: decisions by kind, pace, what is left. Pure; knows no screen and no clock.

A session that was interrupted is kept as a fact, and goes on with the tally it had.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Collection

_SECONDS = 60
_ENOUGH = 3  # decisions that a pace can be told by


class Decision(NamedTuple):
    """One decision of a session.

    Attributes:
        paper: id of the paper.
        verb: ``kept``, ``skipped``, ``later`` or ``read``.
        step: number of the step in the history.
    """

    paper: str
    verb: str
    step: int


class TriageSession(NamedTuple):
    """The decisions so far.

    Attributes:
        total: papers there were to decide on.
        decisions: in the order they were made; a decision taken back is gone from it.
        steps: steps of the history that the session took, first and last of each sitting but this one.
        earlier: how many of the decisions are from earlier sittings.
    """

    total: int
    decisions: tuple[Decision, ...] = ()
    steps: tuple[tuple[int, int], ...] = ()
    earlier: int = 0

    @classmethod
    def resume(cls, stored: object, query: str, undecided: Collection[str]) -> Self:
        """Go on with a session that was kept; a new one where there was none, or one over another list.

        Args:
            fact: what ``kept`` returned.
            query: what the list answers now.
            undecided: the papers there are to decide on now.
        """
        match stored:
            case {"query": asked, "decisions": list(decisions), "steps": list(steps)} if asked == query:
                made = [Decision(*each) for each in decisions if len(each) == len(Decision._fields)]
                standing = tuple(each for each in made if each.paper not in undecided)
                if standing:
                    spans = tuple((first, last) for first, last in steps)
                    return cls(len(undecided) + len(standing), standing, spans, len(standing))
        return cls(len(undecided))

    def to_stored(self, query: str, steps: tuple[int, int]) -> dict[str, object] | None:
        """What is to be kept of an interrupted session; None of one that is over, or was not begun.

        Args:
            query: what the list answers.
            steps: first and last step of this sitting.
        """
        if not self.left or not self.decisions:
            return None
        spans = [span for span in (*self.steps, steps) if span[0] <= span[1]]
        return {"query": query, "decisions": list(map(list, self.decisions)), "steps": list(map(list, spans))}

    @property
    def left(self) -> int:
        """Papers not decided on."""
        return self.total - len(self.decisions)

    def with_decision(self, decision: Decision) -> TriageSession:
        """One decision more; another one on the same paper takes the place of the first."""
        others = tuple(made for made in self.decisions if made.paper != decision.paper)
        return self._replace(decisions=(*others, decision))

    def without(self, step: int) -> TriageSession:
        """The tally after a step was taken back."""
        left = tuple(made for made in self.decisions if made.step != step)
        earlier = sum(made.step != step for made in self.decisions[: self.earlier])
        return self._replace(decisions=left, earlier=earlier)

    def summary(self) -> str:
        """The decisions by kind: ``10 kept, 18 skipped, 2 later``."""
        verbs = dict.fromkeys(made.verb for made in self.decisions)
        counts = {verb: sum(made.verb == verb for made in self.decisions) for verb in verbs}
        return ", ".join(f"{count} {verb}" for verb, count in counts.items()) or "nothing decided"

    def pace(self, seconds: float) -> str:
        """Papers a minute and the time the rest will take, once there is enough to tell by.

        Args:
            seconds: since this sitting began.
        """
        made = len(self.decisions) - self.earlier
        if made < _ENOUGH or seconds <= 0:
            return ""
        a_minute = made * _SECONDS / seconds
        minutes = self.left / a_minute
        rest = "under a minute" if minutes < 1 else f"{round(minutes)} min"
        return f"{a_minute:.0f} a minute, {rest} to go"
