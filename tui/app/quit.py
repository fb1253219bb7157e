"""Quit the program: save what can be saved, and warn once about what cannot."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tui.app import status_text
from tui.app.actions import filtering
from tui.app.screens.overlay import OverlayScreen
from tui.errors import ReadlistError
from tui.ui_state import UiState

if TYPE_CHECKING:
    from tui.app.remembered_frame import FrameKeeper
    from tui.app.screens.main_screen import MainScreen

_QUIT_ANYWAY = " (press again to quit anyway)"


class QuitController:
    """Quits the main screen.

    Args:
        screen: the main screen.

    Attributes:
        frames: keeps the frame for the next start; None before the screen is shown.
    """

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._reported = ""
        self.frames: FrameKeeper | None = None

    def quit(self) -> None:
        """Quit, unless something would be lost that the user was not warned about."""
        if self._may_leave():
            self._exit()

    def close(self) -> bool:
        """Close the list, for another one to be opened, unless something would be lost; returns whether it did."""
        if not self._may_leave():
            return False
        self._close_session(keeps_frame=False)
        return True

    def _may_leave(self) -> bool:
        """Save what can be saved; returns False if the user is warned of something that would be lost."""
        screen = self._screen
        if not screen.is_opening:
            self._finish_screens()
            if not screen.retry_queue.may_quit():
                return False
            lost = self.save_state()
            if (
                lost and lost != self._reported and not screen.retry_queue.count
            ):  # one warning about unsaved changes is enough
                self._reported = lost
                screen.notify_status(lost.rstrip(".") + _QUIT_ANYWAY, error=True)
                return False
        return True

    def quit_at_once(self) -> None:
        """Quit immediately, without warnings."""
        if not self._screen.is_opening:
            self._finish_screens()
            with suppress(ReadlistError, OSError):
                self._screen.retry_queue.retry()
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
        screen, session = self._screen, self._screen.session
        line = screen.papers.cursor - int(screen.papers.scroll_offset.y)
        state = UiState(screen.papers.current, screen.query_text, screen.sort, screen.panes.shape, line)
        try:
            screen.hints.save()
            session.set_value(filtering.HISTORY_KEY, screen.query_history.to_stored())
            session.set_value(filtering.FOLDED_GROUPS_KEY, sorted(screen.filters.collapsed))
            session.save_ui_state(state)
        except ReadlistError as error:
            return f"the cursor position cannot be saved: {status_text.short_error_text(error, session.paths.data)}"
        except OSError as error:
            return f"the cursor position cannot be saved: {error.strerror}"
        return ""

    def _exit(self) -> None:
        self._close_session(keeps_frame=True)
        self._screen.app.exit(0)

    def _close_session(self, *, keeps_frame: bool) -> None:
        if not self._screen.is_opening:
            with suppress(ReadlistError, OSError):  # it only cleans up
                keep_frame = self.frames.at_exit() if self.frames and keeps_frame else None
                self._screen.session.close()
                if keep_frame:
                    keep_frame()
