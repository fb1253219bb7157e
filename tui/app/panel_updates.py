"""Deferred updates of the detail and filter panes.

A key updates the list first; the other panes, which take longer to draw, follow when no key came for a moment. The
search index of a long list is built in slices between the keys.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from tui.app.change_signal import Aspect
from tui.app.paper_page import build_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.timer import Timer

    from tui.app.change_signal import Changes
    from tui.app.theming import Glyphs
    from tui.app.widgets.detail_pane import DetailPane
    from tui.app.widgets.filter_pane import FilterPane
    from tui.app.widgets.paper_list import PaperList
    from tui.app.workspace import Workspace
    from tui.query.query_completion import Candidate

_POLLS = 5  # frames to wait for the list to be drawn
_SHORT = 3_000  # papers of a list whose facets are counted immediately
_PAUSE = 0.04  # seconds without a change of the list until the panes are updated
_PAUSE_FOR_VIEWS = 0.15  # the same for the counts of saved views, each a search of its own
_SPARE = 8  # empty lines beside the list that are filled with related papers
_QUICKLY_COMPARED = 1_000  # papers of a list whose papers are compared without being asked for
_PAUSE_TO_FILL = 0.2  # seconds without another paper until the pane is filled
_SLICE = 8.0  # milliseconds of building the index
_BETWEEN = 0.012  # seconds between slices


class SidePanels:
    """Updates the detail and filter panes of the main screen.

    Args:
        workspace: what they show.
        papers: the list, which is drawn before them.
        filters: the filter pane.
        detail: the detail pane.
        glyphs: the characters to draw with.
    """

    def __init__(
        self, workspace: Workspace, papers: PaperList, filters: FilterPane, detail: DetailPane, glyphs: Glyphs
    ) -> None:
        self._workspace = workspace
        self._papers, self._filters, self._detail = papers, filters, detail
        self._glyphs = glyphs
        self._timer: Timer | None = None
        self._index_timer: Timer | None = None
        self._is_scheduled = False
        self._counts_changed = False
        self._is_prepared = False  # whether the index was built once, or is being built
        self._fill: Callable[[], None] | None = None
        self._fill_timer: Timer | None = None
        detail.when_resized(self.show_detail)
        workspace.observe(self._changed)

    def when_roomy(self, fill: Callable[[], None]) -> None:
        """Call a function once, when the user pauses and the detail pane beside the list stays partly empty."""
        self._fill = fill

    def _changed(self, changes: Changes) -> None:
        aspects = changes.aspects
        if Aspect.RESULT in aspects:
            self.update_soon()
        if Aspect.PAGE in aspects:
            self.show_detail()
        if Aspect.VIEWS in aspects:
            self._refresh_counts()
        if aspects & (Aspect.CURSOR | Aspect.ENTRIES):
            self._update_after_frame(counts=Aspect.ENTRIES in aspects)

    def show_detail(self) -> None:
        """Show the paper under the cursor in the detail pane."""
        if not self._detail.is_attached:  # the program is being quit
            return
        screen = self._detail.screen
        is_short = not any(map(screen.has_class, ("-broad", "-tall", "-reading")))
        width = self._detail.measure
        page = build_page(self._workspace, self._glyphs, line=width if is_short else 0, width=width)
        self._detail.show(page, of=None if self._workspace.is_opening else self._workspace.papers.current)
        if self._fill is not None and screen.has_class("-broad"):
            if self._fill_timer is not None:
                self._fill_timer.stop()
            self._fill_timer = self._papers.set_timer(_PAUSE_TO_FILL, self._fill_room)

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

    def _update_after_frame(self, *, counts: bool = False) -> None:
        """Update the detail pane after the next frame.

        Args:
            counts: update the counts of the facets as well.
        """
        self._counts_changed |= counts
        if not self._is_scheduled:
            self._is_scheduled = True
            self._papers.call_after_refresh(self._update, _POLLS)

    def _update(self, polls: int) -> None:
        # The list may not be drawn yet; a hidden list never is, hence the limit.
        if polls and self._papers.is_waiting:
            self._papers.call_after_refresh(self._update, polls - 1)
            return
        self._is_scheduled = False
        self.show_detail()
        if self._counts_changed:
            self._counts_changed = False
            self._refresh_counts()

    def complete(self, budget_ms: float) -> bool:
        """Show both panes with all counts now; returns whether the index needed for that is built.

        Args:
            budget_ms: milliseconds to build it.
        """
        search = self._workspace.session.search
        if not (self._is_quick or search.is_counted):
            search.prebuild(budget_ms)
            if not search.is_counted:
                return False
        self._stop()
        self.show_detail()
        self._count_views()
        return True

    @property
    def _is_quick(self) -> bool:
        """Whether the list is short enough to count facets immediately."""
        return len(self._workspace.session.ids()) <= _SHORT

    def _show(self) -> None:
        self.show_detail()
        is_countable = self._is_quick or self._workspace.session.search.is_counted
        if is_countable:
            self._count()
        if self._index_timer is None and not (is_countable and self._is_prepared):
            self._is_prepared = True
            gc.disable()  # the index lives on; collections would delay keys
            self._index_timer = self._papers.set_interval(_BETWEEN, self._build_index)

    def _fill_room(self) -> None:
        detail, workspace = self._detail, self._workspace
        if (
            self._fill is not None
            and not workspace.is_opening
            and detail.screen.has_class("-broad")
            and detail.spare_lines >= _SPARE
            and len(workspace.session.ids()) <= _QUICKLY_COMPARED
        ):
            fill, self._fill = self._fill, None
            fill()

    def completions(self, text: str, cursor: int) -> Sequence[Candidate]:
        """Completions of a query; none until the facets are counted."""
        workspace = self._workspace
        if workspace.is_opening or not (self._is_quick or workspace.session.search.is_counted):
            return ()
        return workspace.session.search.completions(text, cursor)

    def _refresh_counts(self) -> None:
        """Update the counts of the facets."""
        if self._is_quick or self._workspace.session.search.is_counted:
            self._count()
        else:
            self.update_soon()

    def _count(self) -> None:
        workspace = self._workspace
        self._filters.show(workspace.session.search.facets(workspace.query.result))
        if workspace.session.views():
            self._soon(_PAUSE_FOR_VIEWS, self._count_views)

    def _count_views(self) -> None:
        workspace = self._workspace
        self._filters.show(
            workspace.session.search.facets(workspace.query.result, views=bool(workspace.session.views()))
        )

    def _soon(self, pause: float, work: Callable[[], None]) -> None:
        self._stop()
        self._timer = self._papers.set_timer(pause, work)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()

    def _build_index(self) -> None:
        session = self._workspace.session
        was_counted = session.search.is_counted
        is_built = session.search.prebuild(_SLICE)
        if session.search.is_counted and not was_counted:
            self._count()
        if is_built and self._index_timer is not None:
            self._index_timer.stop()
            self._index_timer = None
            gc.freeze()
            gc.enable()
