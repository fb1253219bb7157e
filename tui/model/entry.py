"""A paper together with what the user did to it: what lists show, queries ask about and exports write."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.model.mark import Mark
    from tui.model.paper import Paper


class Entry(NamedTuple):
    """One line of the reading list.

    Attributes:
        paper: the paper as it counts: with the user's corrections, and with the papers they joined to it.
        mark: what the user did to it.
        printed: the paper without the corrections; None where there are none.
    """

    paper: Paper
    mark: Mark
    printed: Paper | None = None

    @property
    def id(self) -> str:
        """The paper's id."""
        return self.paper.id


def marked_distinct(one: Entry, other: Entry) -> bool:
    """Whether the user said that two papers are two, however alike they look."""
    return any(
        not {left.paper.id, *left.paper.aliases}.isdisjoint(right.mark.apart_from)
        for left, right in ((one, other), (other, one))
        if right.mark.apart_from
    )
