"""The bars of the main screen: status line, sort order, column titles and key bar."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tui.app import status_text
from tui.app.change_signal import Aspect
from tui.app.safe_display import Content
from tui.app.widgets.column_header import ColumnHeader
from tui.app.widgets.status_bars import CommandBar, KeyBar, StatusLine, footer_hints

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.change_signal import Changes
    from tui.app.theming import Glyphs
    from tui.app.ui import Panes
    from tui.app.workspace import Workspace

_SHOWN = Aspect.RESULT | Aspect.CURSOR | Aspect.SELECTION | Aspect.ENTRIES | Aspect.MESSAGE | Aspect.QUERY_PROBLEM


class StatusBars:
    """Keeps the bars up to date.

    Args:
        workspace: what they show.
        panes: say which pane has the focus.
        is_covered: whether a dialog covers the main screen.
        glyphs: the characters to draw with.

    Attributes:
        status: the status line.
        sorting: the sort order.
        titles: the titles of the columns.
        keys: the key bar.
    """

    def __init__(self, workspace: Workspace, panes: Panes, is_covered: Callable[[], bool], glyphs: Glyphs) -> None:
        self._workspace, self._panes, self._is_covered = workspace, panes, is_covered
        self._glyphs = glyphs
        self.status = StatusLine(id="status")
        self.sorting = CommandBar("find.sort", id="sorting")
        self.titles = ColumnHeader(glyphs=glyphs, columns=workspace.settings.columns, id="heads")
        self.keys = KeyBar(id="keys")
        # By the context alone: hashing all keys takes longer than looking them up.
        self._key_hints = cache(lambda context: footer_hints(context, workspace.keys))
        workspace.observe(self._changed)

    def _changed(self, changes: Changes) -> None:
        if changes.aspects & _SHOWN:
            self.refresh()

    def refresh(self) -> None:
        """Update all bars."""
        workspace = self._workspace
        if workspace.is_opening or not self.status.is_mounted:
            return
        session, papers, selection = workspace.session, workspace.papers, workspace.selection
        message = workspace.messages.current
        self.status.show(
            status_text.badge(workspace.edits.queue.count, read_only=session.read_only)
            + status_text.position(papers.cursor, papers.count, len(selection.ids), selection.unseen)
            + status_text.waiting(len(session.sources.waiting()), workspace.keys),
            status_text.message(message.text, is_error=message.is_error) if message.text else Content(""),
            status_text.undo_hint(message.hint, workspace.keys),
            status_text.inbox(*session.totals.progress(), self._glyphs),
            whole=message.is_error,
        )
        self.sorting.put(status_text.order(workspace.query.order))
        self.show_focus()

    def show_focus(self) -> None:
        """Update what depends on the focus: column titles and key bar."""
        if not self._workspace.is_opening and self.status.is_mounted:
            self.titles.show(self._workspace.query.order, is_lit=self._panes.focused == "list")
            self.keys.show(self._key_hints(self._context()))

    def _context(self) -> str:
        """The context that selects the keys shown: the focused pane, a dialog or a selection."""
        if self._is_covered():
            return "dialog"
        if self._panes.focused != "list":
            return self._panes.focused
        if self._workspace.selection.ids or self._workspace.selection.has_range:
            return "selection"
        return "" if self._workspace.papers.count else "nothing"
