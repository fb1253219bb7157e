"""The program on the screen: themes, the screen, and how a run begins and ends."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from textual.events import Key
from textual.reactive import Reactive

from tui.app import theme_menu
from tui.app.availability import OPEN_TEXT_INPUT, WHILE_OPENING
from tui.app.screens.main_screen import MainScreen
from tui.app.screens.overlay import OverlayScreen
from tui.app.terminal.hardened_app import HardenedApp
from tui.app.theming import DARK, THEMES, size_classes, theme_variables
from tui.app.worker_messages import Opened, OpenFailed, Progressed
from tui.errors import ReadlistError
from tui.settings.settings import load

if TYPE_CHECKING:
    from textual.events import Paste
    from textual.screen import Screen
    from textual.theme import Theme

    from tui.paths import Paths
    from tui.session.session import Session

_SWITCH_INTERVAL = 0.001  # seconds that a thread may keep the others waiting
_QUICK_CATALOGUE = 5_000_000  # bytes of catalogue: below, reading it costs less than handing it to a thread


class ReadlistApp(HardenedApp):
    """The screen over one reading list.

    Args:
        home: where the reading list is.
        ascii_only: draw with ASCII signs.

    Raises:
        ReadlistError: the reading list could not be opened.
    """

    TITLE = "readlist"
    CSS_PATH = Path(__file__).with_name("readlist.tcss")
    theme: Reactive[str] = Reactive(DARK.name)

    def __init__(self, home: Paths, *, ascii_only: bool = False) -> None:
        super().__init__(ascii_only=ascii_only)
        self._paths = home
        self._ascii_only = ascii_only
        self._session = _open_if_quick(home)
        self.settings = load(home.config)
        for own in THEMES.values():
            self.register_theme(own)
        chosen = theme_menu.initial_theme(self._session, self.settings.theme, self.available_themes)
        if self.settings.theme and self.settings.theme not in self.available_themes:
            unknown = f'there is no theme "{self.settings.theme}"; the theme menu of the screen lists them'
            self.settings = self.settings._replace(errors=(*self.settings.errors, unknown))
        if chosen:
            self.set_reactive(ReadlistApp.theme, chosen)

    def get_theme(self, theme_name: str) -> Theme | None:
        """A theme by name; ours are known before Textual's own, so that the first paint needs no second one."""
        return THEMES.get(theme_name) or super().get_theme(theme_name)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of our own that follow whatever theme is chosen."""
        return theme_variables(self.current_theme)

    def get_default_screen(self) -> Screen[None]:
        """The screen."""
        return MainScreen(
            self._session, self.settings, ascii_only=self._ascii_only, classes=" ".join(size_classes(*self.size))
        )

    def defers_key(self, event: Key | Paste) -> bool:
        """Keys typed before the list is open are meant for it: ``/`` and the word behind it, say."""
        screen = self.screen
        if isinstance(screen, OverlayScreen):
            return screen.holds_keys
        if not isinstance(screen, MainScreen) or not screen.is_opening:
            return False
        if not isinstance(event, Key):
            return True
        command = screen.keys.bindings_for("").get(event.key, "")
        return command not in WHILE_OPENING if command else event.is_printable

    @property
    def accepts_text(self) -> bool:
        """Whether a letter would be written where the focus is, and not be a command."""
        return super().accepts_text or (isinstance(self.screen, OverlayScreen) and self.screen.takes_text)

    def opens_text_input(self, key: Key) -> bool:
        """Whether a key is a command that opens a line to write in."""
        screen = self.screen
        return isinstance(screen, MainScreen) and screen.keys.bindings_for("").get(key.key, "") in OPEN_TEXT_INPUT

    async def action_quit(self) -> None:
        """Leave as the screen does, from wherever it is asked."""
        screen = self.screen_stack[0]
        if isinstance(screen, MainScreen):
            screen.leaving.quit()
        else:
            self.shut_down()

    def action_help_quit(self) -> None:
        """Ctrl-C ends other programs; here it says how this one ends, and pressed once more it ends this one, too."""
        screen = self.screen_stack[0]
        if not isinstance(screen, MainScreen):
            return
        if self.quit_hint_shown:
            screen.leaving.quit()
            return
        self.quit_hint_shown = self.key_run == 1  # else it closed a dialog, and was pressed once too often
        key = screen.keys.key
        here = f"{key('app.back_or_quit')} quits"
        away = f"{key('view.back')} goes back, {key('app.quit')} quits"
        screen.notify_status(f"{here if screen.focused is screen.papers else away}; Ctrl-c once more does, too")

    def shut_down(self) -> None:
        """Write what is being typed, keep the place, and close the list; called on signals, too, and never fails."""
        screen = self.screen_stack[0]
        if isinstance(screen, MainScreen):
            screen.leaving.quit_at_once()

    def on_mount(self) -> None:
        """Open the list beside the screen where that takes time."""
        if self._session is not None:
            self.call_after_refresh(_finish_startup)
            return
        # Behind the first frame: reading the papers would hold it up.
        self.call_after_refresh(self.run_worker, self._open_in_thread, thread=True, group="open", exclusive=True)

    def on_open_failed(self, event: OpenFailed) -> None:
        """End, and let the caller say why."""
        self.failure = event.error
        self.exit(event.error.exit_code)

    def _open_in_thread(self) -> None:
        from tui.session.session import Session  # noqa: PLC0415 - see below

        try:
            session = Session.open(self._paths, self._progress)
        except ReadlistError as error:
            self.post_message(OpenFailed(error))
        else:
            self._main_screen.post_message(Opened(session))
            self._main_screen.call_later(self.call_later, self.process_keys)
            self._main_screen.call_after_refresh(_finish_startup)

    def _progress(self, done: int, total: int) -> None:
        self._main_screen.post_message(Progressed(done, total))

    @property
    def _main_screen(self) -> Screen[object]:
        """The screen, also where help lies above it."""
        return self.screen_stack[0]


def _finish_startup() -> None:
    """Bring in what the first key needs and the first frame did not, and end the collector's rest at start-up.

    It is spared what was made until now: that stays.
    """
    import tui.app.actions.registry  # noqa: F401, PLC0415 - see above

    gc.freeze()
    gc.enable()


def _open_if_quick(home: Paths) -> Session | None:
    """The open list, where that takes less time than the first paint; None where it is to be opened beside it."""
    catalogue = home.data / "papers.json"
    if not catalogue.is_file() or catalogue.stat().st_size > _QUICK_CATALOGUE:
        return None
    from tui.session.session import Session  # noqa: PLC0415 - a long list comes behind the first frame, and this too

    session = Session.open_store(home)
    if session.sources_changed():
        session.close()
        return None
    return session


def run(home: Paths, *, ascii_only: bool = False) -> int:
    """Show the reading list until the user leaves.

    Args:
        home: where the reading list is.
        ascii_only: draw with ASCII signs.

    Returns:
        The exit status.

    Raises:
        ReadlistError: the reading list could not be opened.
        Exception: a bug ended the screen; the terminal is restored.
    """
    # One thread writes the frames, one reads the keys; five milliseconds, which are usual, are long for them to wait.
    sys.setswitchinterval(_SWITCH_INTERVAL)
    return ReadlistApp(home, ascii_only=ascii_only).run_hardened()
