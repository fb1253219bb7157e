"""What the list says about itself, and what it suggests: asked now and then, worked out when it is asked.

Nothing of it is ever applied by itself. Stands beside the door because it needs the store and the reckoning, which do
not know each other.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tui.insight.stats import stats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.entries import Entries
    from tui.insight.report import Line
    from tui.insight.stats import Stats
    from tui.library.library import Library


class Advice:
    """The advice on one reading list.

    Args:
        library: the open store.
        entries: its papers and marks, put together.
    """

    def __init__(self, library: Library, entries: Entries) -> None:
        self._library = library
        self._entries = entries

    def stats(self) -> Stats:
        """Counts over the whole list."""
        entries = (self._entries.entry(paper_id) for paper_id in self._entries.ids())
        return stats(entries, self._library.history(), datetime.now().astimezone().date())

    @staticmethod
    def report(stats: Stats, width: int, *, unicode: bool) -> tuple[Sequence[Line], Sequence[Line]]:
        """The counts as lines to be shown: what the list is, and what is in it.

        Args:
            stats: the counts.
            width: cells of a line.
            unicode: signs beyond ASCII can be shown.
        """
        from tui.insight.report import contents, state  # noqa: PLC0415 - JSON has no plots

        return state(stats, width, unicode=unicode), contents(stats, width, unicode=unicode)
