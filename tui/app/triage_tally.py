"""What a triage session has come to: decisions by kind, pace, what is left. Pure; knows no screen and no clock."""

from __future__ import annotations

from typing import NamedTuple

_SECONDS = 60


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


class Tally(NamedTuple):
    """The decisions so far.

    Attributes:
        total: papers there were to decide on.
        decisions: in the order they were made; a decision taken back is gone from it.
    """

    total: int
    decisions: tuple[Decision, ...] = ()

    @property
    def left(self) -> int:
        """Papers not decided on."""
        return self.total - len(self.decisions)

    def with_decision(self, decision: Decision) -> Tally:
        """One decision more."""
        return self._replace(decisions=(*self.decisions, decision))

    def without(self, step: int) -> Tally:
        """The tally after a step was taken back."""
        return self._replace(decisions=tuple(made for made in self.decisions if made.step != step))

    def summary(self) -> str:
        """The decisions by kind: ``10 kept, 18 skipped, 2 later``."""
        verbs = dict.fromkeys(made.verb for made in self.decisions)
        counts = {verb: sum(made.verb == verb for made in self.decisions) for verb in verbs}
        return ", ".join(f"{count} {verb}" for verb, count in counts.items()) or "nothing decided"

    def pace(self, seconds: float) -> str:
        """Papers a minute and the time the rest will take, once there is enough to tell by.

        Args:
            seconds: since the session began.
        """
        if len(self.decisions) < 3 or seconds <= 0:
            return ""
        a_minute = len(self.decisions) * _SECONDS / seconds
        minutes = self.left / a_minute
        rest = "under a minute" if minutes < 1 else f"{round(minutes)} min"
        return f"{a_minute:.0f} a minute, {rest} to go"
