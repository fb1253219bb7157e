"""The Textual app of the screen: themes, opening the reading list, quitting."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.events import Key
from textual.reactive import Reactive

from tui.app import theme_menu
from tui.app.bindings import main_bindings
from tui.app.remembered_frame import FrameHandover, FrameKeeper, StartView
from tui.app.screens.main_screen import MainScreen
from tui.app.screens.overlay import OverlayScreen
from tui.app.terminal.hardened_app import HardenedApp
from tui.app.theming import DARK, THEMES, legible, size_classes, theme_variables
from tui.app.worker_messages import Opened, OpenFailed, Progressed
from tui.errors import ReadlistError
from tui.keymap import DEFAULT_KEYS
from tui.settings.settings_file import load

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.events import Paste
    from textual.screen import Screen
    from textual.theme import Theme

    from tui.keymap import Keymap
    from tui.paths import Paths
    from tui.session.session import Session

_SWITCH_INTERVAL = 0.001  # seconds after which a thread yields to the others
_QUICK_CATALOGUE = 5_000_000  # bytes of catalogue: a smaller one is read before the first frame, without a thread


class ReadlistApp(HardenedApp):
    """The app for one reading list.

    Args:
        paths: where the reading list is.
        ascii_only: draw with ASCII characters only.

    Raises:
        ReadlistError: the reading list could not be opened.
    """

    TITLE = "readlist"
    DEFAULT_MODE: ClassVar[str] = "list 1"
    CSS_PATH = Path(__file__).with_name("readlist.tcss")
    theme: Reactive[str] = Reactive(DARK.name)

    def __init__(self, paths: Paths, *, ascii_only: bool = False) -> None:
        super().__init__(ascii_only=ascii_only)
        self._paths = paths
        self._ascii_only = ascii_only
        self._lists_opened = 1
        self._session = _open_if_quick(paths)
        self.settings = load(paths.config)
        for theme in THEMES.values():
            self.register_theme(theme)
        initial = theme_menu.initial_theme(self._session, self.settings.theme, self.available_themes)
        if self.settings.theme and self.settings.theme not in self.available_themes:
            unknown = f'no such theme: "{self.settings.theme}" (see the theme menu)'
            self.settings = self.settings._replace(errors=(*self.settings.errors, unknown))
        if initial:
            self.set_reactive(ReadlistApp.theme, initial)

    def get_theme(self, theme_name: str) -> Theme | None:
        """A theme by name, with texts that can be read.

        Ours are found before they are registered, since the first frame uses them.
        """
        theme = THEMES.get(theme_name) or super().get_theme(theme_name)
        return theme and legible(theme)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colours, derived from the current theme."""
        return theme_variables(self.current_theme)

    def get_default_screen(self) -> Screen[None]:
        """The main screen."""
        return _screen_class(self.settings.keymap)(
            self._session,
            self.settings,
            list_name=self._paths.name if self._paths.main else "",
            ascii_only=self._ascii_only,
            classes=" ".join(size_classes(*self.size)),
        )

    def defers_key(self, event: Key | Paste) -> bool:
        """Keys typed before the list is open wait for it: ``/`` and the word after it, for example."""
        screen = self.screen
        if isinstance(screen, OverlayScreen):
            return screen.holds_keys
        if not isinstance(screen, MainScreen):
            return False
        if not screen.is_mounted:  # not even quitting would find what it needs
            return True
        if not screen.workspace.is_opening:
            return False
        if not isinstance(event, Key):
            return True
        command = screen.workspace.keys.command_of(event.key)
        return not command.while_opening if command else event.is_printable

    def handles_everywhere(self, key: Key) -> bool:
        """Suspend from a dialog, too; where text is edited, as in a note, the key undoes."""
        main = self.screen_stack[0]
        if not isinstance(main, MainScreen) or not isinstance(self.screen, OverlayScreen):
            return False
        command = main.workspace.keys.command_of(key.key)
        if command is None or command.id != "app.suspend" or key.is_printable or self.edits_text:
            return False
        self.action_suspend_process()
        return True

    @property
    def accepts_text(self) -> bool:
        """Whether a printable key is text for the focused widget rather than a command."""
        return super().accepts_text or (isinstance(self.screen, OverlayScreen) and self.screen.takes_text)

    def opens_text_input(self, key: Key) -> bool:
        """Whether a key runs a command that opens a text input."""
        screen = self.screen
        command = screen.workspace.keys.command_of(key.key) if isinstance(screen, MainScreen) else None
        return command is not None and command.opens_text_input

    def switch_list(self, paths: Paths) -> None:
        """Close the open list, and open another one in its place.

        Raises:
            ReadlistError: the other list cannot be opened; the open list stays.
        """
        session = _open_if_quick(paths)
        main = self.screen_stack[0]
        if isinstance(main, MainScreen) and not main.quit_controller.close():
            if session is not None:
                session.close()
            return
        self._paths, self._session = paths, session
        # Textual replaces the lowest screen of a stack only by another stack, which it calls a mode.
        left, self._lists_opened = self.current_mode, self._lists_opened + 1
        if left == self.DEFAULT_MODE:
            self.add_mode(left, self.get_default_screen)  # only modes that were added can be removed
        self.add_mode(f"list {self._lists_opened}", self.get_default_screen)
        self.switch_mode(f"list {self._lists_opened}")
        self.remove_mode(left)
        if session is None:
            self.call_after_refresh(self.run_worker, self._open_in_thread, thread=True, group="open", exclusive=True)

    async def action_quit(self) -> None:
        """Quit from any screen."""
        screen = self.screen_stack[0]
        if isinstance(screen, MainScreen):
            screen.quit_controller.quit()
        else:
            self.shut_down()

    def action_help_quit(self) -> None:
        """Ctrl-C: show which key quits; a second Ctrl-C quits."""
        screen = self.screen_stack[0]
        if not isinstance(screen, MainScreen):
            return
        if self.quit_hint_shown:
            screen.quit_controller.quit()
            return
        self.quit_hint_shown = self.key_run == 1  # otherwise an earlier press closed a dialog
        key = screen.workspace.keys.key
        here = f"{key('app.back_or_quit')}: quit"
        away = f"{key('view.back')}: back, {key('app.quit')}: quit"
        screen.workspace.show_message(f"{here if screen.focused is screen.papers else away} (or Ctrl-C again)")

    def shut_down(self) -> None:
        """Save typed text and the state of the screen, and close the list. Never raises; also called on signals."""
        screen = self.screen_stack[0]
        if isinstance(screen, MainScreen):
            screen.quit_controller.quit_at_once()

    def on_mount(self) -> None:
        """Open the list in a thread if that takes long."""
        main = self._main_screen
        if isinstance(main, MainScreen):
            view = StartView(
                main, papers=main.papers, filters=main.filters, detail=main.detail, side_panels=main.side_panels
            )
            quitting, workspace = main.quit_controller, main.workspace
            quitting.keep_frame = FrameKeeper(
                view, workspace, main.hints, quitting.save_state, ascii_only=self._ascii_only
            ).at_exit
            if self.driver is not None and self.driver.is_holding:
                FrameHandover(view, workspace, self.driver)
        main.call_later(self.call_later, self.process_keys)  # typed before the screen was mounted
        if self._session is not None:
            self.call_after_refresh(_finish_startup)
            return
        # After the first frame, which reading the papers would delay, but not after what is drawn again below it.
        main.call_later(self.run_worker, self._open_in_thread, thread=True, group="open", exclusive=True)

    def on_open_failed(self, event: OpenFailed) -> None:
        """Exit; the caller of ``run`` reports the error."""
        self.failure = event.error
        self.exit(event.error.exit_code)

    def _open_in_thread(self) -> None:
        from tui.session.session import Session  # noqa: PLC0415 - after the first frame

        try:
            session = Session.open(self._paths, self._progress)
        except ReadlistError as error:
            self.post_message(OpenFailed(error))
        else:
            self._main_screen.post_message(Opened(session))
            self._main_screen.call_later(self.call_later, self.process_keys)
            # By way of the app's own messages: the rows are to be drawn first.
            self._main_screen.call_later(self.call_after_refresh, _finish_startup)

    def _progress(self, done: int, total: int) -> None:
        self._main_screen.post_message(Progressed(done, total))

    @property
    def _main_screen(self) -> Screen[object]:
        """The main screen, even while another one covers it."""
        return self.screen_stack[0]


def _screen_class(keymap: Keymap) -> type[MainScreen]:
    """The main screen with the user's keys."""
    if keymap is DEFAULT_KEYS:
        return MainScreen

    class CustomMainScreen(MainScreen, inherit_bindings=False):
        """The main screen with other keys."""

        BINDINGS: ClassVar[list[BindingType]] = main_bindings(keymap)

    return CustomMainScreen


def _finish_startup() -> None:
    """Import what the first key needs, and turn on the garbage collector, which is off during the start.

    Objects made until now are frozen: they live as long as the process.
    """
    import tui.app.actions.registry  # noqa: F401, PLC0415 - after the first frame

    gc.freeze()
    gc.enable()


def _open_if_quick(paths: Paths) -> Session | None:
    """The open list if it is small and up to date; None if it must be opened in a thread."""
    catalogue = paths.data / "papers.json"
    if not catalogue.is_file() or catalogue.stat().st_size > _QUICK_CATALOGUE:
        return None
    from tui.session.session import Session  # noqa: PLC0415 - a long list is opened after the first frame

    session = Session.open_store(paths)
    if session.sources.changed():
        session.close()
        return None
    return session


def run(paths: Paths, *, ascii_only: bool = False) -> int:
    """Run the screen until the user quits.

    Args:
        paths: where the reading list is.
        ascii_only: draw with ASCII characters only.

    Returns:
        The exit status.

    Raises:
        ReadlistError: the reading list could not be opened.
        Exception: an internal error; the terminal is restored.
    """
    # One thread writes frames, another reads keys; with the default of 5 ms they would wait noticeably.
    sys.setswitchinterval(_SWITCH_INTERVAL)
    return ReadlistApp(paths, ascii_only=ascii_only).run_hardened()
