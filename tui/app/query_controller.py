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
    """The questions of one desk.

    Args:
        desk: the desk.
    """

    def __init__(self, desk: MainScreen) -> None:
        self._desk = desk

    def run(self, keep: str | None) -> bool:
        """Ask the query; a wrong one leaves the last good list, and says what is wrong.

        Args:
            keep: the paper that the cursor belongs on.

        Returns:
            Whether it could be asked.
        """
        desk = self._desk
        try:
            listing = desk.session.find(desk.query_text, desk.sort)
        except QueryError as fault:
            self._caret.say(fault)
            return False
        self._caret.say(None)
        desk.show_result(listing, keep)
        return True

    def edited(self, event: QueryLine.Edited) -> None:
        """Answer every letter, but those that the line has got past already: a burst, or a query put there since."""
        desk = self._desk
        if event.text != self._line.value:
            return
        desk.query_text = event.text
        if desk.is_opening:
            return
        if event.is_whole:
            self.run(desk.kept.paper)
        else:
            self._ask_begun()

    def closed(self, *, keep: bool) -> None:
        """Back to the list; without keeping, to the query that was there before. A wrong one cannot be kept."""
        desk = self._desk
        if not keep:
            desk.go_to_query(*desk.kept)
        elif desk.is_opening or desk.result.query.text == desk.query_text or self.run(desk.kept.paper):
            desk.trail.visit(desk.query_text, desk.kept)
        else:
            desk.set_focus(self._line)
            return
        desk.set_focus(desk.papers)

    def pick(self, event: FilterPane.Picked) -> None:
        """A facet edits the query text, and nothing else."""
        desk = self._desk
        desk.put_query(desk.session.toggle_facet(desk.query_text, event.field, event.value, event.state))
        desk.sides.show(at_once=True)

    def _ask_begun(self) -> None:
        """Ask what can be asked of a query that is being typed; what is not one yet leaves the last good list."""
        desk = self._desk
        find, today = desk.session.search.find_partial, desk.session.today()
        try:
            listing, lack = find(desk.query_text, sort=desk.sort, today=today)
        except QueryError as fault:
            self._caret.say(fault)
            return
        self._caret.say_soon(lack)
        if listing is not None:
            desk.show_result(listing, desk.kept.paper)  # not the one that a half-typed word left the cursor on

    @property
    def relaxation(self) -> TermEffect | None:
        """The term to leave out of the query, where it emptied the list."""
        return None if self._desk.papers.count else self._desk.query_one(EmptyState).way_out

    @property
    def _line(self) -> QueryLine:
        return self._desk.query_one(QueryLine)

    @property
    def _caret(self) -> QueryErrorLine:
        return self._desk.query_one(QueryErrorLine)
