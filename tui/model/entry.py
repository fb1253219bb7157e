"""A paper together with its mark: the unit that lists show, queries match and exports write."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.model.mark import Mark
    from tui.model.paper import Paper


class Entry(NamedTuple):
    """One line of the reading list.

    Attributes:
        paper: the paper with the user's corrections, and with the papers merged into it.
        mark: its mark.
        printed: the paper without the corrections; None if there are none.
    """

    paper: Paper
    mark: Mark
    printed: Paper | None = None

    @property
    def id(self) -> str:
        """The paper's id."""
        return self.paper.id


def marked_distinct(one: Entry, other: Entry) -> bool:
    """Whether the user marked two papers as not duplicates."""
    return any(
        not {left.paper.id, *left.paper.aliases}.isdisjoint(right.mark.apart_from)
        for left, right in ((one, other), (other, one))
        if right.mark.apart_from
    )
