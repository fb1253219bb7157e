"""The two lines at the foot of the desk: where I am, what just happened, which keys fit the moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual._time import get_time
from textual.content import Content

from tui.app import status_text
from tui.app.widgets.column_header import ColumnHeader
from tui.app.widgets.query_line import QueryLine
from tui.app.widgets.status_bars import Bar, KeyBar, StatusLine, footer_hints

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen


class StatusController:
    """What the desk says at its foot.

    Args:
        desk: the desk.
    """

    def __init__(self, desk: MainScreen) -> None:
        self._desk = desk
        self._news = self._hint = Content("")
        self._is_fault, self._told_at = False, 0.0

    @property
    def message(self) -> str:
        """What the status line says just happened."""
        return self._news.plain

    def show_message(self, news: str, hint: status_text.KeyHint | None, *, fault: bool) -> None:
        """Say what just happened.

        Args:
            news: a few words.
            hint: the key that turns it round.
            fault: whether something did not work.
        """
        self._is_fault, self._told_at = fault, get_time()
        self._news, self._hint = status_text.message(news, fault=fault), status_text.undo_hint(hint, self._desk.keys)
        self.refresh()

    def outdate(self, pressed: float) -> None:
        """Drop what was said before a key; something wrong that was said after it was pressed was not seen yet."""
        if not self._news.plain or (self._is_fault and self._told_at > pressed):
            return
        self._news, self._hint, self._is_fault = Content(""), Content(""), False
        self.refresh()

    def refresh(self) -> None:
        """Show the lines as things stand now."""
        desk = self._desk
        if desk.is_opening:
            return
        done, total = desk.session.progress()
        papers = desk.papers
        desk.query_one(StatusLine).show(
            desk.saving.badge()
            + status_text.position(papers.cursor, papers.count, len(desk.selected), papers.unseen)
            + status_text.waiting(len(desk.session.waiting()), desk.keys),
            self._news,
            self._hint,
            status_text.inbox(done, total, desk.glyphs),
            whole=self._is_fault,
        )
        order = desk.sort or desk.result.sort
        desk.query_one("#sorting", Bar).put(status_text.order(order))
        desk.query_one(ColumnHeader).show(order)
        desk.query_one(KeyBar).show(footer_hints(self._context(), desk.keys))

    def _context(self) -> str:
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
