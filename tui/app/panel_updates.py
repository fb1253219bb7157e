"""Deferred updates of the detail and filter panes.

A key updates the list first; the other panes, which take longer to draw, follow when no key came for a moment. The
search index of a long list is built in slices between the keys.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.timer import Timer

    from tui.app.screens.main_screen import MainScreen
    from tui.query.query_completion import Candidate

_POLLS = 5  # frames to wait for the list to be drawn
_SHORT = 3_000  # papers of a list whose facets are counted immediately
_PAUSE = 0.04  # seconds without a change of the list until the panes are updated
_PAUSE_FOR_VIEWS = 0.15  # the same for the counts of saved views, each a search of its own
_SLICE = 8.0  # milliseconds of building the index
_BETWEEN = 0.012  # seconds between slices


class SidePanels:
    """Updates the detail and filter panes of the main screen.

    Args:
        screen: the main screen.
    """

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._timer: Timer | None = None
        self._index_timer: Timer | None = None
        self._is_scheduled = False
        self._counts_changed = False

    def update_soon(self, *, at_once: bool = False) -> None:
        """Update both panes when no key came for a moment.

        Args:
            at_once: update now if the list is short.
        """
        if at_once and self._is_quick:
            self._stop()
            self._show()
        else:
            self._soon(_PAUSE, self._show)

    def update_after_frame(self, *, counts: bool = False) -> None:
        """Update the detail pane after the next frame.

        Args:
            counts: update the counts of the facets as well.
        """
        self._counts_changed |= counts
        if not self._is_scheduled:
            self._is_scheduled = True
            self._screen.call_after_refresh(self._update, _POLLS)

    def _update(self, polls: int) -> None:
        # The list may not be drawn yet; a hidden list never is, hence the limit.
        if polls and self._screen.papers.is_waiting:
            self._screen.call_after_refresh(self._update, polls - 1)
            return
        self._is_scheduled = False
        self._screen.show_detail()
        if self._counts_changed:
            self._counts_changed = False
            self.refresh_counts()

    def complete(self, budget_ms: float) -> bool:
        """Show both panes with all counts now; returns whether the index needed for that is built.

        Args:
            budget_ms: milliseconds to build it.
        """
        search = self._screen.session.search
        if not (self._is_quick or search.is_counted):
            search.prebuild(budget_ms)
            if not search.is_counted:
                return False
        self._stop()
        self._screen.show_detail()
        self._count_views()
        return True

    @property
    def _is_quick(self) -> bool:
        """Whether the list is short enough to count facets immediately."""
        return len(self._screen.session.ids()) <= _SHORT

    def _show(self) -> None:
        self._screen.show_detail()
        if self._is_quick or self._screen.session.search.is_counted:
            self._count()
        elif self._index_timer is None:
            gc.disable()  # the index lives on; collections would delay keys
            self._index_timer = self._screen.set_interval(_BETWEEN, self._build_index)

    def completions(self, text: str, cursor: int) -> Sequence[Candidate]:
        """Completions of a query; none until the facets are counted."""
        screen = self._screen
        if screen.is_opening or not (self._is_quick or screen.session.search.is_counted):
            return ()
        return screen.session.search.completions(text, cursor)

    def refresh_counts(self) -> None:
        """Update the counts of the facets."""
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
        screen.filters.show(screen.session.search.facets(screen.result, views=bool(screen.session.views())))

    def _soon(self, pause: float, work: Callable[[], None]) -> None:
        self._stop()
        self._timer = self._screen.set_timer(pause, work)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()

    def _build_index(self) -> None:
        session = self._screen.session
        was_counted = session.search.is_counted
        is_built = session.search.prebuild(_SLICE)
        if session.search.is_counted and not was_counted:
            self._count()
        if is_built and self._index_timer is not None:
            self._index_timer.stop()
            self._index_timer = None
            gc.freeze()
            gc.enable()
