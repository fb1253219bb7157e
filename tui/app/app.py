"""The program on the screen: themes, the desk, and how a run begins and ends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App

from tui.app.looks import DARK, LIGHT
from tui.app.messages import Opened, OpenFailed, Progressed
from tui.app.screens.desk import Desk
from tui.errors import ReadlistError
from tui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from tui.home import Home

_READ_AT_ONCE = 5_000_000  # bytes of catalogue: below, reading it costs less than handing it to a thread


class ReadlistApp(App[int]):
    """The screen over one reading list.

    Args:
        home: where the reading list is.
        ascii_only: draw with ASCII signs.
    """

    TITLE = "readlist"
    CSS_PATH = Path(__file__).with_name("readlist.tcss")
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, home: Home, *, ascii_only: bool = False) -> None:
        super().__init__()
        self._home = home
        self._ascii_only = ascii_only
        self.fault: ReadlistError | None = None
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of our own that follow whatever theme is chosen."""
        theme = self.current_theme
        dark = theme.dark
        return {
            "ink-muted": "#8f939c" if dark else "#7a7468",
            "ink-faint": "#5c616c" if dark else "#aaa28f",
            "match-ink": "#17191e" if dark else "#33312c",
            "match-ground": "#e6c384" if dark else "#f2d58b",
            "tag-ink": "#c8b6e2" if dark else "#5b3f87",
            "tag-ground": "#2d2a3d" if dark else "#e6dcf2",
            "cursor-ground": "#2f3b4a" if dark else "#cfdfe6",
            "shadow-ground": "#24272f" if dark else "#e9e3d4",
            "chosen-ground": "#2b2a24" if dark else "#f0e6c8",
            "status-unread": theme.primary,
            "status-queued": theme.warning or theme.primary,
            "status-reading": theme.secondary or theme.primary,
            "status-read": theme.success or theme.primary,
            "status-skipped": "#8f939c" if dark else "#7a7468",
        }

    def get_default_screen(self) -> Screen[None]:
        """The desk."""
        return Desk(self._home, ascii_only=self._ascii_only)

    async def action_quit(self) -> None:
        """Leave as the desk does, from wherever it is asked."""
        desk = self.screen_stack[0]
        if isinstance(desk, Desk):
            desk.leave()

    def on_mount(self) -> None:
        """Open the list: at once where that is quick, else beside the screen."""
        catalogue = self._home.data / "papers.json"
        if catalogue.is_file() and catalogue.stat().st_size < _READ_AT_ONCE:
            self._open_at_once()
        else:
            self._begin(self._open_beside)

    def on_open_failed(self, event: OpenFailed) -> None:
        """End, and let the caller say why."""
        self.fault = event.fault
        self.exit(event.fault.exit_code)

    def _begin(self, work: Callable[[], None]) -> None:
        self.run_worker(work, thread=True, group="open", exclusive=True)

    def _open_at_once(self) -> None:
        try:
            session = Session.open_store(self._home)
        except ReadlistError as fault:
            self.post_message(OpenFailed(fault))
            return
        if session.pages_changed():
            self._begin(lambda: self._take_in(session))
        else:
            self.screen.post_message(Opened(session))

    def _open_beside(self) -> None:
        try:
            session = Session.open_store(self._home)
        except ReadlistError as fault:
            self.post_message(OpenFailed(fault))
            return
        self._take_in(session)

    def _take_in(self, session: Session) -> None:
        try:
            session.take_in(self._progress)
        except ReadlistError as fault:
            self.post_message(OpenFailed(fault))
            return
        self.screen.post_message(Opened(session))

    def _progress(self, done: int, total: int) -> None:
        self.screen.post_message(Progressed(done, total))


def run(home: Home, *, ascii_only: bool = False) -> int:
    """Show the reading list until the user leaves.

    Args:
        home: where the reading list is.
        ascii_only: draw with ASCII signs.

    Returns:
        The exit status.

    Raises:
        ReadlistError: the reading list could not be opened.
    """
    app = ReadlistApp(home, ascii_only=ascii_only)
    code = app.run()
    if app.fault is not None:
        raise app.fault
    if code is None:
        return app.return_code or 0
    return code
