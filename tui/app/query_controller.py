"""Asking: from the text in the query line to the list, letter by letter, and what is said where it is no query."""

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
    """The questions of one screen.

    Args:
        screen: the screen.
    """

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def run(self, keep: str | None) -> bool:
        """Ask the query; a wrong one leaves the last good list, and says what is wrong.

        Args:
            keep: the paper that the cursor belongs on.

        Returns:
            Whether it could be asked.
        """
        screen = self._screen
        try:
            listing = screen.session.find(screen.query_text, screen.sort)
        except QueryError as error:
            self._error_line.say(error)
            return False
        self._error_line.say(None)
        screen.show_result(listing, keep)
        return True

    def edited(self, event: QueryLine.Edited) -> None:
        """Answer every letter, but those that the line has got past already: a burst, or a query put there since."""
        screen = self._screen
        if event.text != self._line.value:
            return
        screen.query_text = event.text
        if screen.is_opening:
            return
        if event.is_whole:
            self.run(screen.kept.paper)
        else:
            self._run_partial()

    def closed(self, *, keep: bool) -> None:
        """Back to the list; without keeping, to the query that was there before. A wrong one cannot be kept."""
        screen = self._screen
        if not keep:
            screen.go_to_query(*screen.kept)
        elif screen.is_opening or screen.result.query.text == screen.query_text or self.run(screen.kept.paper):
            screen.trail.visit(screen.query_text, screen.kept)
        else:
            screen.set_focus(self._line)
            return
        screen.set_focus(screen.papers)

    def pick(self, event: FilterPane.Picked) -> None:
        """A facet edits the query text, and nothing else."""
        screen = self._screen
        screen.put_query(screen.session.toggle_facet(screen.query_text, event.field, event.value, event.state))
        screen.sides.update_soon(at_once=True)

    def _run_partial(self) -> None:
        """Ask what can be asked of a query that is being typed; what is not one yet leaves the last good list."""
        screen = self._screen
        find, today = screen.session.search.find_partial, screen.session.today()
        try:
            listing, lack = find(screen.query_text, sort=screen.sort, today=today)
        except QueryError as error:
            self._error_line.say(error)
            return
        self._error_line.say_soon(lack)
        if listing is not None:
            screen.show_result(listing, screen.kept.paper)  # not the one that a half-typed word left the cursor on

    @property
    def relaxation(self) -> TermEffect | None:
        """The term to leave out of the query, where it emptied the list."""
        return None if self._screen.papers.count else self._screen.query_one(EmptyState).way_out

    @property
    def _line(self) -> QueryLine:
        return self._screen.query_one(QueryLine)

    @property
    def _error_line(self) -> QueryErrorLine:
        return self._screen.query_one(QueryErrorLine)
