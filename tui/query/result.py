"""The answer to a query, as a value. Knows not how it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.query.frozen import frozen

if TYPE_CHECKING:
    from datetime import date

    from tui.query.syntax_tree import Node, Query


@frozen
class QueryResult:
    """The answer to a query.

    Attributes:
        ids: papers, in order.
        query: what was asked, as parsed.
        sort: the order in force, as written behind ``sort:``.
        terms: folded words and phrases to highlight.
        explanation: why the list is empty, or which word was put in the place of a mistyped one; otherwise empty.
        answered: the syntax tree that was answered: views looked up, mistyped words replaced.
        today: the day that relative dates counted from.
    """

    ids: tuple[str, ...]
    query: Query
    sort: str
    terms: tuple[str, ...]
    explanation: str
    executed_query: Node
    today: date


@frozen
class TermEffect:
    """One of the terms that must all match.

    Attributes:
        text: as written.
        alone: papers that match it alone.
        without: papers that match all other terms.
        rest: the text of the query without it; None where it does not stand there by itself.
    """

    text: str
    alone: int
    without: int
    rest: str | None
