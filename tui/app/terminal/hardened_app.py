"""A hardened Textual app: no actions from markup, no raw control bytes in the output, no traceback on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, Self, cast

from textual import constants
from textual.app import App
from textual.events import Key, Paste
from textual.filter import Monochrome
from textual.widgets import Input
from textual.worker import WorkerFailed

from tui import first_frame
from tui.app.terminal.driver import Driver
from tui.app.terminal.key_bursts import KeyBurst, is_paste
from tui.app.terminal.key_queue import KeyQueue
from tui.app.terminal.output_filter import OutputFilter
from tui.app.terminal.shutdown import ShutdownHandler
from tui.paths import no_colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.filter import LineFilter


# Actions of Textual's app that may run. All others are disabled, including those of later versions: some write files
# or change the screen, and text mistaken for markup could call any of them.
OPEN_ACTIONS = frozenset({"quit", "help_quit", "suspend_process", "focus_next", "focus_previous"})
_MAX_REPEAT_GAP = 0.5  # seconds at most between repeated presses of a key


class Downloads(Protocol):
    """A driver in a browser, as far as the app calls it."""

    def offer_file(self, name: str, content: bytes) -> None:
        """Have the browser download a file."""


class HardenedApp(App[int]):
    """Base class of the app.

    Args:
        ascii_only: send only ASCII to the terminal.

    Attributes:
        failure: the exception that ended the run, or None.
        key_time: when the current key was pressed.
        key_run: how many times in a row the current key was pressed without a pause.
        quit_hint_shown: whether the previous key, the same one, showed how to quit.
        driver: the driver of the terminal; None before the app runs, without a terminal and in a browser.
        web_driver: the driver in a browser.
    """

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *, ascii_only: bool) -> None:
        plain = no_colour()
        # Textual calls the class to make its driver; a function is called just so.
        driver_class = None if constants.DRIVER else cast("type[Driver]", self._make_driver)
        super().__init__(driver_class=driver_class, ansi_color=True if plain else None)
        self.driver: Driver | None = None
        self.web_driver: Downloads | None = None
        if not plain:  # Textual also obeys an empty NO_COLOR, unlike no-color.org
            self.no_color = False
        self._output_filter = OutputFilter(ascii_only=ascii_only)
        self._key_queue = KeyQueue(self, self.defers_key, self.process_keys)
        self.failure: Exception | None = None
        self.key_time, self.key_run = 0.0, 0
        self._latest_key = ""
        self.quit_hint_shown = False

    def _make_driver(self, *arguments: Any, **options: Any) -> Driver:  # noqa: ANN401 - those of the driver
        self.driver = Driver(*arguments, **options)
        return self.driver

    @property
    def few_colours(self) -> bool:
        """Whether backgrounds cannot be distinguished by colour: there are no colours, or only sixteen."""
        return self.no_color or self.console.color_system in {None, "standard"}

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, followed by the output filter."""
        filters = (each for each in super().get_line_filters() if self.no_color or not isinstance(each, Monochrome))
        return (*filters, self._output_filter)

    def refresh(self, *, repaint: bool | None = None, layout: bool = False, recompose: bool = False) -> Self:
        """Repaint; if only a layout is requested, as when a screen closes, repaint what it moves."""
        repaint = not layout if repaint is None else repaint
        return super().refresh(repaint=repaint, layout=layout, recompose=recompose)

    @property
    def is_done_with_keys(self) -> bool:
        """Whether no key is queued and the last one is fully processed."""
        return self._key_queue.is_idle

    async def on_event(self, event: events.Event) -> None:
        """Queue keys; pass on all other events."""
        if isinstance(event, KeyBurst):
            self._key_queue.add_burst(event)
            await self.process_keys()
        elif isinstance(event, (Key, Paste)) and not event.is_forwarded:
            self._key_queue.add(event)
            await self.process_keys()
        else:
            await super().on_event(event)

    def simulate_key(self, key: str) -> None:
        """Press a key by its Textual name, as if the terminal sent it.

        Textual names the pressing widget as the sender, and a key never bubbles back to its sender.
        """
        event = Key(key, key if len(key) == 1 else None)
        event.set_sender(self)
        self.post_message(event)

    def defers_key(self, event: Key | Paste) -> bool:  # noqa: ARG002 - for subclasses
        """Whether a key must wait, with all after it, until ``process_keys`` is called again."""
        return False

    def handles_everywhere(self, key: Key) -> bool:  # noqa: ARG002 - for subclasses
        """Handle a key that means the same on every screen, and return whether it is one."""
        return False

    @property
    def accepts_text(self) -> bool:
        """Whether a printable key is text for the focused widget rather than a command."""
        return isinstance(self.focused, Input) or self.edits_text

    @property
    def edits_text(self) -> bool:
        """Whether a text area has the focus, which has keys of its own."""
        # It is told by its class name: importing it would cost every start 20 ms.
        return any(kind.__name__ == "TextArea" for kind in type(self.focused).__mro__)

    def opens_text_input(self, key: Key) -> bool:  # noqa: ARG002 - for subclasses
        """Whether a key runs a command that opens a text input."""
        return False

    async def process_keys(self) -> None:
        """Process queued keys in order; a burst that cannot be typing becomes a paste."""
        while (queued := self._key_queue.next()) is not None:
            event, rest = queued
            if (
                rest is not None
                and isinstance(event, Key)
                and is_paste(rest, accepts_text=self.accepts_text, opens_text_input=self.opens_text_input(event))
            ):
                self._key_queue.drop(rest)
                event = Paste(rest.text)
            if isinstance(event, Key) and self.handles_everywhere(event):
                continue
            focused = self.focused or self.screen
            self._count_run(event)
            await super().on_event(event)
            self._key_queue.handled(event, focused)

    def _count_run(self, event: Key | Paste) -> None:
        key = event.key if isinstance(event, Key) else ""
        self.quit_hint_shown &= key == self._latest_key
        repeats = key == self._latest_key and event.time - self.key_time < _MAX_REPEAT_GAP
        self.key_run = self.key_run + 1 if repeats else 1
        self._latest_key, self.key_time = key, event.time

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow only known actions."""
        return action in OPEN_ACTIONS and super().check_action(action, parameters)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy text without control characters."""
        from tui.app.clipboard import pasteable  # noqa: PLC0415 - not needed for the first frame

        super().copy_to_clipboard(pasteable(text))

    def run_hardened(self) -> int:
        """Run until the user quits or a signal ends the program.

        Returns:
            The exit status.

        Raises:
            Exception: an error ended the run; the terminal is restored.
        """
        with ShutdownHandler(
            lambda: self.call_later(self._exit_after_signal), lambda: first_frame.is_shown() or self._is_drawing
        ) as shutdown:
            code = self.run()
            if shutdown.signal_number or (self.driver is not None and self.driver.lost_output):
                shutdown.restore_terminal()
        if shutdown.signal_number:
            return 128 + shutdown.signal_number
        if self.failure is not None:
            raise self.failure
        return (self.return_code or 0) if code is None else code

    def shut_down(self) -> None:
        """Save state before the exit; called on a normal exit and on signals."""

    def panic(self, *_: object) -> None:
        """Textual gave up: an internal error, but without the output Textual would print."""
        self.failure = self.failure or RuntimeError()
        self.exit(return_code=1)

    def _exit_after_signal(self) -> None:
        if self.driver is not None:
            self.driver.shorten_timeout()
        try:
            self.shut_down()
        finally:
            self.exit(0)

    @property
    def _is_drawing(self) -> bool:
        return self.driver is not None and self.driver.is_drawing

    def fail(self, error: Exception) -> None:
        """End the run because of an internal error, which is left to the caller of :meth:`run_hardened`."""
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error
        self.failure = self.failure or error
        self.exit(return_code=1)

    def _handle_exception(self, error: Exception) -> None:
        # Textual would print it with the local variables of every stack frame, which may contain notes.
        self.fail(error)


def hardened(app: App[object]) -> HardenedApp:
    """The app of a widget, as what it is."""
    if not isinstance(app, HardenedApp):
        raise TypeError("another app")
    return app
