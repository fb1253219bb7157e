"""What stands beside the rows and may come behind them: counts of facets, and what is built ahead for queries.

A short list is counted with the rows. For a long one the rows come first, and counting waits until no key came for a
moment; what queries and facets need is built in slices between the keys.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.timer import Timer

    from tui.app.screens.desk import Desk
    from tui.query.complete import Candidate

_SHORT = 3_000  # papers of a list that is counted at once
_PAUSE = 0.06  # seconds without another list until a long one is counted
_PAUSE_FOR_VIEWS = 0.15  # the same for the saved views, each of which is a search of its own
_SLICE = 8.0  # milliseconds of building ahead
_BETWEEN = 0.012  # seconds from slice to slice


class Sides:
    """The facets of one desk.

    Args:
        desk: the desk.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._counting: Timer | None = None
        self._warming: Timer | None = None

    def show(self) -> None:
        """Show the counts for the list, at once or as soon as it is quiet."""
        session = self._desk.session
        if len(session.ids()) <= _SHORT:
            self._count()
        elif session.search.is_counted:
            self._soon(_PAUSE, self._count)
        elif self._warming is None:
            gc.disable()  # what is built stays, and looking through it for rubbish would hold up the keys
            self._warming = self._desk.set_interval(_BETWEEN, self._warm)

    def completions(self, text: str, cursor: int) -> Sequence[Candidate]:
        """Ways to go on with a query; none while the list is still being counted."""
        desk = self._desk
        if desk.is_opening or (not desk.session.search.is_counted and len(desk.session.ids()) > _SHORT):
            return ()
        return desk.session.search.completions(text, cursor)

    def renew(self) -> None:
        """Show the counts after a mark changed; they are kept by difference."""
        if self._desk.session.search.is_counted or len(self._desk.session.ids()) <= _SHORT:
            self._count()

    def _count(self) -> None:
        desk = self._desk
        desk.filters.show(desk.session.search.facets(desk.listing))
        if desk.session.views():
            self._soon(_PAUSE_FOR_VIEWS, self._count_views)

    def _count_views(self) -> None:
        desk = self._desk
        desk.filters.show(desk.session.search.facets(desk.listing, views=True))

    def _soon(self, pause: float, work: Callable[[], None]) -> None:
        if self._counting is not None:
            self._counting.stop()
        self._counting = self._desk.set_timer(pause, work)

    def _warm(self) -> None:
        session = self._desk.session
        was_counted = session.search.is_counted
        is_warm = session.search.warm(_SLICE)
        if session.search.is_counted and not was_counted:
            self._count()
        if is_warm and self._warming is not None:
            self._warming.stop()
            self._warming = None
            gc.freeze()
            gc.enable()
