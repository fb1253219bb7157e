"""The result of a query, as a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from tui.query.query_value import Query
    from tui.query.syntax_tree import Node


class Explanation(NamedTuple):
    """Why a result is empty, or differs from what was asked for.

    Attributes:
        text: one line; empty if there is nothing to explain.
        counts: if one of several terms empties the list, the matches of each term alone; otherwise empty.
        is_correction: whether mistyped words were replaced.
    """

    text: str = ""
    counts: str = ""
    is_correction: bool = False

    @property
    def whole(self) -> str:
        """The text with the counts."""
        return f"{self.text}; {self.counts}" if self.counts else self.text


NO_EXPLANATION = Explanation()


class QueryResult(NamedTuple):
    """The result of a query.

    Attributes:
        ids: papers, in order.
        query: as parsed.
        sort: the order used, as written after ``sort:``.
        terms: folded words and phrases to highlight.
        explanation: why the result is empty, or how a mistyped word was corrected.
        executed_query: the syntax tree, with views expanded and spelling corrected.
        today: the date that relative dates refer to.
    """

    ids: tuple[str, ...]
    query: Query
    sort: str
    terms: tuple[str, ...]
    explanation: Explanation
    executed_query: Node
    today: date


class TermEffect(NamedTuple):
    """One of the terms that must all match.

    Attributes:
        text: as written.
        alone: papers that match it alone.
        without: papers that match all other terms.
        rest: the text of the query without it; None if it cannot be removed from the text.
    """

    text: str
    alone: int
    without: int
    rest: str | None
