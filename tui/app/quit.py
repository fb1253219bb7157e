"""Quit the program: save what can be saved, and warn once about what cannot."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tui.app.folded_groups import save_folded
from tui.app.message_text import short_error_text
from tui.app.screens.overlay import OverlayScreen
from tui.errors import ReadlistError
from tui.ui_state import UiState

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from tui.app.hints import Hints
    from tui.app.widgets.filter_pane import FilterPane
    from tui.app.widgets.paper_list import PaperList
    from tui.app.widgets.split_panes import SplitPanes
    from tui.app.workspace import Workspace

_QUIT_ANYWAY = " (press again to quit anyway)"


class QuitController:
    """Quits the program.

    Args:
        screen: the main screen; the dialogs above it are finished first.
        workspace: the workspace.
        hints: are saved.
        filters: its folded groups are saved.
        papers: the line of its cursor is saved.
        split: its sizes are saved.

    Attributes:
        keep_frame: called when all is saved, before the list is closed; returns a function that keeps the frame for
            the next start.
    """

    def __init__(
        self,
        screen: Screen[None],
        workspace: Workspace,
        hints: Hints,
        *,
        filters: FilterPane,
        papers: PaperList,
        split: SplitPanes,
    ) -> None:
        self._screen, self._workspace, self._hints = screen, workspace, hints
        self._filters, self._papers, self._split = filters, papers, split
        self._reported = ""
        self.keep_frame: Callable[[], Callable[[], None]] = lambda: lambda: None

    def quit(self) -> None:
        """Quit, unless something would be lost that the user was not warned about."""
        with self._workspace.gesture():
            may_leave = self._may_leave()
        if may_leave:
            self._exit()

    def close(self) -> bool:
        """Close the list, for another one to be opened, unless something would be lost; returns whether it did."""
        if not self._may_leave():
            return False
        self._close_session(keeps_frame=False)
        return True

    def _may_leave(self) -> bool:
        """Save what can be saved; returns False if the user is warned of something that would be lost."""
        workspace = self._workspace
        if workspace.is_opening:
            return True
        self._finish_screens()
        if not workspace.edits.queue.may_quit():
            return False
        lost = self.save_state()
        # One warning about unsaved changes is enough.
        if lost and lost != self._reported and not workspace.edits.queue.count:
            self._reported = lost
            workspace.show_message(lost.rstrip(".") + _QUIT_ANYWAY, error=True)
            return False
        return True

    def quit_at_once(self) -> None:
        """Quit immediately, without warnings."""
        if not self._workspace.is_opening:
            self._finish_screens()
            with suppress(ReadlistError, OSError):
                self._workspace.edits.queue.retry()
            self.save_state()
        self._exit()

    def _finish_screens(self) -> None:
        """Let the open dialogs save what is being typed."""
        for screen in reversed(self._screen.app.screen_stack):
            if isinstance(screen, OverlayScreen):
                with suppress(ReadlistError, OSError):
                    screen.save_state()

    def save_state(self) -> str:
        """Save the state of the screen; returns the error message, or an empty text."""
        workspace, session = self._workspace, self._workspace.session
        line = self._papers.cursor - int(self._papers.scroll_offset.y)
        query = workspace.query
        state = UiState(workspace.papers.current, query.text, query.sort, self._split.shape, line)
        try:
            self._hints.save()
            workspace.query.save_history()
            save_folded(session, self._filters.collapsed)
            session.values.save_ui_state(state)
        except ReadlistError as error:
            return f"the cursor position cannot be saved: {short_error_text(error, session.paths.data)}"
        except OSError as error:
            return f"the cursor position cannot be saved: {error.strerror}"
        return ""

    def _exit(self) -> None:
        self._close_session(keeps_frame=True)
        self._screen.app.exit(0)

    def _close_session(self, *, keeps_frame: bool) -> None:
        if not self._workspace.is_opening:
            with suppress(ReadlistError, OSError):  # it only cleans up
                keep_frame = self.keep_frame() if keeps_frame else None
                self._workspace.session.close()
                if keep_frame is not None:
                    keep_frame()
