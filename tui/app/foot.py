"""The two lines at the foot of the desk: where I am, what just happened, which keys fit the moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual._time import get_time
from textual.content import Content

from tui.app import status
from tui.app.widgets.bars import Bar, KeyBar, StatusLine, hints
from tui.app.widgets.heads import Heads
from tui.app.widgets.query_line import QueryLine

if TYPE_CHECKING:
    from tui.app.screens.desk import Desk


class Foot:
    """What the desk says at its foot.

    Args:
        desk: the desk.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._news = self._hint = Content("")
        self._is_fault, self._told_at = False, 0.0

    @property
    def news(self) -> str:
        """What the status line says just happened."""
        return self._news.plain

    def tell(self, news: str, hint: status.Hint | None, *, fault: bool) -> None:
        """Say what just happened.

        Args:
            news: a few words.
            hint: the key that turns it round.
            fault: whether something did not work.
        """
        self._is_fault, self._told_at = fault, get_time()
        self._news, self._hint = status.news(news, fault=fault), status.turning_round(hint, self._desk.keys)
        self.show()

    def outdate(self, pressed: float) -> None:
        """Drop what was said before a key; something wrong that was said after it was pressed was not seen yet."""
        if not self._news.plain or (self._is_fault and self._told_at > pressed):
            return
        self._news, self._hint, self._is_fault = Content(""), Content(""), False
        self.show()

    def show(self) -> None:
        """Show the lines as things stand now."""
        desk = self._desk
        if desk.is_opening:
            return
        done, total = desk.session.progress()
        papers = desk.papers
        desk.query_one(StatusLine).show(
            desk.saving.badge()
            + status.position(papers.cursor, papers.count, len(desk.selected), papers.unseen)
            + status.waiting(len(desk.session.waiting()), desk.keys),
            self._news,
            self._hint,
            status.inbox(done, total, desk.glyphs),
            whole=self._is_fault,
        )
        order = desk.sort or desk.listing.sort
        desk.query_one("#sorting", Bar).put(status.order(order))
        desk.query_one(Heads).show(order)
        desk.query_one(KeyBar).show(hints(self._moment(), desk.keys))

    def _moment(self) -> str:
        """What the keys are to fit: the pane that has the focus, or what the list is being used for."""
        desk = self._desk
        if not desk.is_active:
            return "dialog"
        if desk.focused is desk.query_one(QueryLine):
            return "query"
        if desk.focused is desk.filters:
            return "filter"
        if desk.focused is desk.detail:
            return "detail"
        if desk.selected or desk.range_start is not None:
            return "selection"
        return "" if desk.papers.count else "nothing"
