"""Leaving the program: what can be kept is kept, what cannot is said once, and then nothing holds it up."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tui.app import status_text
from tui.app.actions import search
from tui.app.screens.overlay import OverlayScreen
from tui.errors import ReadlistError
from tui.ui_state import UiState

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen

_QUIT_ANYWAY = "; the same key again leaves without"


class QuitController:
    """The way out of the screen.

    Args:
        screen: what is left.
    """

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._reported = ""

    def quit(self) -> None:
        """Leave, unless something would be lost by it of which nothing was said yet."""
        screen = self._screen
        if not screen.is_opening:
            self._finish_screens()
            if not screen.saving.may_quit():
                return
            lost = self._save_ui_state()
            if lost and lost != self._reported and not screen.saving.count:  # who was told of changes was told enough
                self._reported = lost
                screen.notify_status(lost.rstrip(".") + _QUIT_ANYWAY, fault=True)
                return
        self._exit()

    def quit_at_once(self) -> None:
        """Leave, whatever cannot be kept."""
        if not self._screen.is_opening:
            self._finish_screens()
            with suppress(ReadlistError, OSError):
                self._screen.saving.retry()
            self._save_ui_state()
        self._exit()

    def _finish_screens(self) -> None:
        """Let the screens above write what is being typed."""
        for screen in reversed(self._screen.app.screen_stack):
            if isinstance(screen, OverlayScreen):
                with suppress(ReadlistError, OSError):
                    screen.save_state()

    def _save_ui_state(self) -> str:
        """Keep where the screen is left, and say what went wrong with it; an empty text for nothing."""
        screen, session = self._screen, self._screen.session
        place = UiState(screen.papers.current, screen.query_text, screen.sort, screen.panes.shape)
        try:
            screen.hints.save()
            session.set_value(search.HISTORY_KEY, screen.trail.to_stored())
            session.set_value(search.FOLDED_GROUPS_KEY, sorted(screen.filters.shut))
            session.save_ui_state(place)
        except ReadlistError as error:
            return f"the place in the list cannot be kept: {status_text.short_error_text(error, session.home.data)}"
        except OSError as error:
            return f"the place in the list cannot be kept: {error.strerror}"
        return ""

    def _exit(self) -> None:
        if not self._screen.is_opening:
            with suppress(ReadlistError, OSError):  # all that it does is to tidy up
                self._screen.session.close()
        self._screen.app.exit(0)
