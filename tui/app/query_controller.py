"""Run the query in the query line on every edit, and show its errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.widgets.empty_state import EmptyState
from tui.app.widgets.query_error import QueryErrorLine
from tui.app.widgets.query_line import QueryLine
from tui.errors import QueryError

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen
    from tui.app.widgets.filter_pane import FilterPane
    from tui.query.search import TermEffect


class QueryController:
    """Runs the queries of the main screen.

    Args:
        screen: the main screen.
    """

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def run(self, keep: str | None) -> bool:
        """Run the query; on an error show it and keep the list.

        Args:
            keep: the paper to put the cursor on.

        Returns:
            Whether the query is valid.
        """
        screen = self._screen
        try:
            result = screen.session.find(screen.query_text, screen.sort)
        except QueryError as error:
            self._error_line.show_error(error)
            return False
        self._error_line.show_error(None)
        screen.show_result(result, keep)
        return True

    def edited(self, event: QueryLine.Edited) -> None:
        """Run the query after an edit, unless the text has changed again since."""
        screen = self._screen
        if event.text != self._line.value:
            return
        screen.query_text = event.text
        if screen.is_opening:
            return
        if event.is_whole:
            self.run(screen.previous_step.paper)
        else:
            self._run_partial()

    def closed(self, *, keep: bool) -> None:
        """Return to the list; unless ``keep``, restore the previous query. An invalid query cannot be kept."""
        screen = self._screen
        if not keep:
            screen.go_to_query(*screen.previous_step)
        elif (
            screen.is_opening or screen.result.query.text == screen.query_text or self.run(screen.previous_step.paper)
        ):
            screen.query_history.visit(screen.query_text, screen.previous_step)
        else:
            screen.set_focus(self._line)
            return
        screen.set_focus(screen.papers)

    def pick(self, event: FilterPane.Picked) -> None:
        """Add a facet to the query text, or remove it."""
        screen = self._screen
        screen.put_query(screen.session.toggle_facet(screen.query_text, event.field, event.value, event.state))
        screen.side_panels.update_soon(at_once=True)

    def _run_partial(self) -> None:
        """Run the valid part of an unfinished query; if there is none, keep the list."""
        screen = self._screen
        find, today = screen.session.search.find_partial, screen.session.today()
        try:
            result, problem = find(screen.query_text, sort=screen.sort, today=today)
        except QueryError as error:
            self._error_line.show_error(error)
            return
        self._error_line.show_missing(problem)
        if result is not None:
            # Not the paper that an unfinished word left under the cursor.
            screen.show_result(result, screen.previous_step.paper)

    @property
    def relaxation(self) -> TermEffect | None:
        """The term to remove from a query without matches; None if there are matches."""
        return None if self._screen.papers.count else self._screen.query_one(EmptyState).droppable_term

    @property
    def _line(self) -> QueryLine:
        return self._screen.query_one(QueryLine)

    @property
    def _error_line(self) -> QueryErrorLine:
        return self._screen.query_one(QueryErrorLine)
