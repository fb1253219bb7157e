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

_HOLDING = "; the same key again leaves without"


class QuitController:
    """The way out of the desk.

    Args:
        desk: what is left.
    """

    def __init__(self, desk: MainScreen) -> None:
        self._desk = desk
        self._said = ""

    def asked(self) -> None:
        """Leave, unless something would be lost by it of which nothing was said yet."""
        desk = self._desk
        if not desk.is_opening:
            self._finish_screens()
            if not desk.saving.may_quit():
                return
            lost = self._keep_place()
            if lost and lost != self._said and not desk.saving.count:  # who was told of changes was told enough
                self._said = lost
                desk.notify_status(lost.rstrip(".") + _HOLDING, fault=True)
                return
        self._end()

    def at_once(self) -> None:
        """Leave, whatever cannot be kept."""
        if not self._desk.is_opening:
            self._finish_screens()
            with suppress(ReadlistError, OSError):
                self._desk.saving.retry()
            self._keep_place()
        self._end()

    def _finish_screens(self) -> None:
        """Let the screens above write what is being typed."""
        for screen in reversed(self._desk.app.screen_stack):
            if isinstance(screen, OverlayScreen):
                with suppress(ReadlistError, OSError):
                    screen.save_state()

    def _keep_place(self) -> str:
        """Keep where the screen is left, and say what went wrong with it; an empty text for nothing."""
        desk, session = self._desk, self._desk.session
        place = UiState(desk.papers.current, desk.query_text, desk.sort, desk.panes.shape)
        try:
            desk.hints.save()
            session.set_value(search.HISTORY_KEY, desk.trail.record())
            session.set_value(search.FOLDED_GROUPS_KEY, sorted(desk.filters.shut))
            session.save_ui_state(place)
        except ReadlistError as fault:
            return f"the place in the list cannot be kept: {status_text.told_shortly(fault, session.paths.data)}"
        except OSError as fault:
            return f"the place in the list cannot be kept: {fault.strerror}"
        return ""

    def _end(self) -> None:
        if not self._desk.is_opening:
            with suppress(ReadlistError, OSError):  # all that it does is to tidy up
                self._desk.session.close()
        self._desk.app.exit(0)
