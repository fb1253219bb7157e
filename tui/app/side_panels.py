"""What stands beside the rows and comes behind them: the page, the counts of facets, what is built ahead for queries.

A key is answered by the rows; the panes beside them cost twice as much to draw, and follow when no key came for a
moment. What the queries and facets of a long list need is built in slices between the keys.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.timer import Timer

    from tui.app.screens.main_screen import MainScreen
    from tui.query.completion import Candidate

_LOOKS = 5  # at most, whether the list was drawn, before what stands beside it follows
_SHORT = 3_000  # papers of a list that is counted at once
_PAUSE = 0.04  # seconds without another list until what stands beside it follows
_PAUSE_FOR_VIEWS = 0.15  # the same for the saved views, each of which is a search of its own
_SLICE = 8.0  # milliseconds of building ahead
_BETWEEN = 0.012  # seconds from slice to slice


class SidePanels:
    """The facets of one screen.

    Args:
        screen: the screen.
    """

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._counting: Timer | None = None
        self._warming: Timer | None = None
        self._is_following = False
        self._are_counts_old = False

    def update_soon(self, *, at_once: bool = False) -> None:
        """Show the page and the counts for the list as soon as no further key comes.

        Args:
            at_once: show what does not take long now.
        """
        if at_once and self._is_quick:
            self._stop()
            self._show()
        else:
            self._soon(_PAUSE, self._show)

    def update_after_frame(self, *, counts: bool = False) -> None:
        """Show the page of the paper under the cursor behind the next frame.

        Args:
            counts: show the counts of the facets, too; they are kept by difference when a mark changes.
        """
        self._are_counts_old |= counts
        if not self._is_following:
            self._is_following = True
            self._screen.call_after_refresh(self._follow, _LOOKS)

    def _follow(self, looks: int) -> None:
        # The screen may not have heard yet that the list is to be drawn; a list that is hidden never is.
        if looks and self._screen.papers.is_waiting:
            self._screen.call_after_refresh(self._follow, looks - 1)
            return
        self._is_following = False
        self._screen.show_page()
        if self._are_counts_old:
            self._are_counts_old = False
            self.refresh_counts()

    @property
    def _is_quick(self) -> bool:
        """Whether the list is short enough to be counted between two keys."""
        return len(self._screen.session.ids()) <= _SHORT

    def _show(self) -> None:
        self._screen.show_page()
        if self._is_quick or self._screen.session.search.is_counted:
            self._count()
        elif self._warming is None:
            gc.disable()  # what is built stays, and looking through it for rubbish would hold up the keys
            self._warming = self._screen.set_interval(_BETWEEN, self._warm)

    def completions(self, text: str, cursor: int) -> Sequence[Candidate]:
        """Ways to go on with a query; none while the list is still being counted."""
        screen = self._screen
        if screen.is_opening or not (self._is_quick or screen.session.search.is_counted):
            return ()
        return screen.session.search.completions(text, cursor)

    def refresh_counts(self) -> None:
        """Show the counts anew."""
        if self._is_quick or self._screen.session.search.is_counted:
            self._count()
        else:
            self.update_soon()

    def _count(self) -> None:
        screen = self._screen
        screen.filters.show(screen.session.search.facets(screen.result))
        if screen.session.views():
            self._soon(_PAUSE_FOR_VIEWS, self._count_views)

    def _count_views(self) -> None:
        screen = self._screen
        screen.filters.show(screen.session.search.facets(screen.result, views=True))

    def _soon(self, pause: float, work: Callable[[], None]) -> None:
        self._stop()
        self._counting = self._screen.set_timer(pause, work)

    def _stop(self) -> None:
        if self._counting is not None:
            self._counting.stop()

    def _warm(self) -> None:
        session = self._screen.session
        was_counted = session.search.is_counted
        is_warm = session.search.prebuild(_SLICE)
        if session.search.is_counted and not was_counted:
            self._count()
        if is_warm and self._warming is not None:
            self._warming.stop()
            self._warming = None
            gc.freeze()
            gc.enable()
