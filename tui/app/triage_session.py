"""The state of a triage session: decisions, pace, papers left.

An interrupted session is stored and resumed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Collection

_SECONDS = 60
_MIN_DECISIONS = 3  # for a pace


class Decision(NamedTuple):
    """One decision of a session.

    Attributes:
        paper: id of the paper.
        verb: ``kept``, ``skipped``, ``later`` or ``read``.
        step: number of the change in the history.
    """

    paper: str
    verb: str
    step: int


class TriageSession(NamedTuple):
    """A triage session.

    Attributes:
        total: papers to decide on, including those decided.
        decisions: in the order they were made, without undone ones.
        steps: first and last change of each earlier run of the session.
        earlier: the number of decisions from earlier runs.
    """

    total: int
    decisions: tuple[Decision, ...] = ()
    steps: tuple[tuple[int, int], ...] = ()
    earlier: int = 0

    @classmethod
    def resume(cls, stored: object, query: str, undecided: Collection[str]) -> Self:
        """Resume a stored session; returns a new one if there is none for this query.

        Args:
            stored: the result of ``to_stored``.
            query: the current query.
            undecided: the papers still to decide on.
        """
        match stored:
            case {"query": stored_query, "decisions": list(decisions), "steps": list(steps)} if stored_query == query:
                made = [Decision(*each) for each in decisions if len(each) == len(Decision._fields)]
                valid = tuple(each for each in made if each.paper not in undecided)
                if valid:
                    spans = tuple((first, last) for first, last in steps)
                    return cls(len(undecided) + len(valid), valid, spans, len(valid))
        return cls(len(undecided))

    def to_stored(self, query: str, steps: tuple[int, int]) -> dict[str, object] | None:
        """An interrupted session as JSON; None if it is finished or not started.

        Args:
            query: the current query.
            steps: first and last change of this run.
        """
        if not self.left or not self.decisions:
            return None
        spans = [span for span in (*self.steps, steps) if span[0] <= span[1]]
        return {"query": query, "decisions": list(map(list, self.decisions)), "steps": list(map(list, spans))}

    @property
    def left(self) -> int:
        """Papers left to decide on."""
        return self.total - len(self.decisions)

    def with_decision(self, decision: Decision) -> TriageSession:
        """The session with one more decision; it replaces an earlier one on the same paper."""
        others = tuple(made for made in self.decisions if made.paper != decision.paper)
        return self._replace(decisions=(*others, decision))

    def without(self, step: int) -> TriageSession:
        """The session after a change was undone."""
        left = tuple(made for made in self.decisions if made.step != step)
        earlier = sum(made.step != step for made in self.decisions[: self.earlier])
        return self._replace(decisions=left, earlier=earlier)

    def summary(self) -> str:
        """The decisions by kind: ``10 kept, 18 skipped, 2 later``."""
        verbs = dict.fromkeys(made.verb for made in self.decisions)
        counts = {verb: sum(made.verb == verb for made in self.decisions) for verb in verbs}
        return ", ".join(f"{count} {verb}" for verb, count in counts.items()) or "nothing decided"

    def pace(self, seconds: float) -> str:
        """Papers per minute and the remaining time; empty after too few decisions.

        Args:
            seconds: since this run of the session began.
        """
        made = len(self.decisions) - self.earlier
        if made < _MIN_DECISIONS or seconds <= 0:
            return ""
        per_minute = made * _SECONDS / seconds
        minutes = self.left / per_minute
        rest = "under a minute" if minutes < 1 else f"{round(minutes)} min"
        return f"{per_minute:.0f}/min, {rest} left"
