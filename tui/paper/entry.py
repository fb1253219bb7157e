"""A paper together with what the user did to it: what lists show, queries ask about and exports write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.paper.mark import Mark
    from tui.paper.paper import Paper


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the reading list."""

    paper: Paper
    mark: Mark

    @property
    def id(self) -> str:
        """The paper's id."""
        return self.paper.id
