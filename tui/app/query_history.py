"""The way through the queries: what was asked before, and on which paper the cursor stood. Pure; knows no widget."""

from __future__ import annotations

from typing import NamedTuple

_KEPT = 100


class QueryHistoryStep(NamedTuple):
    """A query, and the paper under the cursor when it was left."""

    query: str
    paper: str | None


class QueryHistory:
    """The queries that were kept, the latest last, and the place among them.

    Like the jump list of vi: a new query goes to the end and stands there once, and nothing in front of it is lost.
    """

    def __init__(self, kept: object = None) -> None:
        """Go on from what an earlier run kept."""
        pairs = kept if isinstance(kept, list) else []
        self._steps = [QueryHistoryStep(str(query), paper) for query, paper in pairs][-_KEPT:]
        self._at = len(self._steps)

    def to_stored(self) -> list[list[str | None]]:
        """What is to be kept for the next run."""
        return [list(step) for step in self._steps]

    def texts(self) -> list[str]:
        """The queries but for the empty one, the latest first."""
        return [step.query for step in reversed(self._steps) if step.query]

    def visit(self, query: str, before: QueryHistoryStep) -> None:
        """Another query is asked.

        Args:
            query: the new one.
            before: what is being left.
        """
        if query == before.query:
            return
        self._remember(before)
        self._steps = [*(step for step in self._steps if step.query != query), QueryHistoryStep(query, before.paper)][
            -_KEPT:
        ]
        self._at = len(self._steps) - 1

    def back(self, now: QueryHistoryStep) -> QueryHistoryStep | None:
        """The step before, where there is one."""
        return self._go(-1, now)

    def forward(self, now: QueryHistoryStep) -> QueryHistoryStep | None:
        """The step behind, where there is one."""
        return self._go(1, now)

    def _go(self, way: int, now: QueryHistoryStep) -> QueryHistoryStep | None:
        self._remember(now)
        at = self._at + way
        if not 0 <= at < len(self._steps):
            return None
        self._at = at
        return self._steps[at]

    def _remember(self, now: QueryHistoryStep) -> None:
        """Remember where the cursor stands in the query of now."""
        for place, step in enumerate(self._steps):
            if step.query == now.query:
                self._steps[place] = now
                self._at = place
                return
        self._steps.append(now)
        self._at = len(self._steps) - 1
