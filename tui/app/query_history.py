"""The query history: earlier queries, and the paper under the cursor in each."""

from __future__ import annotations

from typing import NamedTuple

_MAX_STEPS = 100


class QueryHistoryStep(NamedTuple):
    """A query, and the paper under the cursor in it."""

    query: str
    paper: str | None


class QueryHistory:
    """The queries, oldest first, and the position among them.

    Like the jump list of vi: a new query is moved to the end, and later queries are not lost by going back.
    """

    def __init__(self, stored: object = None) -> None:
        """Restore the history of an earlier run."""
        pairs = stored if isinstance(stored, list) else []
        self._steps = [QueryHistoryStep(str(query), paper) for query, paper in pairs][-_MAX_STEPS:]
        self._at = len(self._steps)

    def to_stored(self) -> list[list[str | None]]:
        """The history as JSON, for the next run."""
        return [list(step) for step in self._steps]

    def texts(self) -> list[str]:
        """The queries without the empty one, newest first."""
        return [step.query for step in reversed(self._steps) if step.query]

    def visit(self, query: str, before: QueryHistoryStep) -> None:
        """Append a query.

        Args:
            query: the new query.
            before: the previous query and the paper under its cursor.
        """
        if query == before.query:
            return
        self._remember(before)
        self._steps = [*(step for step in self._steps if step.query != query), QueryHistoryStep(query, before.paper)][
            -_MAX_STEPS:
        ]
        self._at = len(self._steps) - 1

    def back(self, now: QueryHistoryStep) -> QueryHistoryStep | None:
        """The previous step, or None."""
        return self._go(-1, now)

    def forward(self, now: QueryHistoryStep) -> QueryHistoryStep | None:
        """The next step, or None."""
        return self._go(1, now)

    def _go(self, offset: int, now: QueryHistoryStep) -> QueryHistoryStep | None:
        self._remember(now)
        at = self._at + offset
        if not 0 <= at < len(self._steps):
            return None
        self._at = at
        return self._steps[at]

    def _remember(self, now: QueryHistoryStep) -> None:
        """Store the paper under the cursor with the current query."""
        for index, step in enumerate(self._steps):
            if step.query == now.query:
                self._steps[index] = now
                self._at = index
                return
        self._steps.append(now)
        self._at = len(self._steps) - 1
