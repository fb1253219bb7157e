"""An app that text cannot get the better of: no action by markup, no byte but ours to the terminal, no traceback.

Knows Textual and the terminal, and nothing of papers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from textual import constants
from textual.app import App
from textual.events import Key, Paste
from textual.filter import Monochrome
from textual.widgets import Input, TextArea
from textual.worker import WorkerFailed

from tui.app.terminal.driver import Driver
from tui.app.terminal.key_bursts import KeyBurst, is_paste
from tui.app.terminal.key_queue import KeyQueue
from tui.app.terminal.output_filter import OutputFilter
from tui.app.terminal.shutdown import ShutdownHandler
from tui.paths import no_colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.dom import DOMNode
    from textual.filter import LineFilter

# Actions of Textual's app that may run. All others are closed, those of later versions too: some write files, some
# change what is shown, and text that came to be taken for markup could call any of them.
OPEN_ACTIONS = frozenset({"quit", "help_quit", "suspend_process", "focus_next", "focus_previous"})
_IN_A_ROW = 0.5  # seconds between two strokes of a key, at most


class HardenedApp(App[int]):
    """The app under the one that is shown.

    Args:
        ascii_only: let nothing but ASCII reach the terminal.

    Attributes:
        fault: what ended the run, where something did.
        key_time: when the key that is being taken was pressed.
        is_told_how_to_quit: the key before this one, the same, was replied to so.
        key_run: how often it was pressed in a row, itself included, with no pause between.
    """

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *, ascii_only: bool) -> None:
        plain = no_colour()
        super().__init__(driver_class=None if constants.DRIVER else Driver, ansi_color=True if plain else None)
        if not plain:  # Textual takes an empty NO_COLOR for a wish, which it is not
            self.no_color = False
            self._filters = [each for each in self._filters if not isinstance(each, Monochrome)]
        # What happened stands in the status line: no screen needs room for Textual's own notices and tooltips, two
        # widgets to mount, and another layout, of every screen that opens.
        self._disable_notifications = self._disable_tooltips = True
        self._wall = OutputFilter(ascii_only=ascii_only)
        self._turns = KeyQueue(self, self.defers_key, self.take_keys)
        self.fault: Exception | None = None
        self.key_time, self.key_run = 0.0, 0
        self._latest_key = ""
        self.is_told_how_to_quit = False

    @property
    def few_colours(self) -> bool:
        """Whether grounds cannot be told apart by their colours: there are none, or only the sixteen of old."""
        return self.no_color or self.console.color_system in {None, "standard"}

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and the wall behind them."""
        return (*super().get_line_filters(), self._wall)

    def refresh(self, *, repaint: bool | None = None, layout: bool = False, recompose: bool = False) -> Self:
        """Draw anew; where a layout alone is asked for, as when a screen has gone, that draws what it moved."""
        repaint = not layout if repaint is None else repaint
        return super().refresh(repaint=repaint, layout=layout, recompose=recompose)

    async def on_event(self, event: events.Event) -> None:
        """Take keys in their turn."""
        if isinstance(event, KeyBurst):
            self._turns.add_burst(event)
            await self.take_keys()
        elif isinstance(event, (Key, Paste)) and not event.is_forwarded:
            self._turns.add(event)
            await self.take_keys()
        else:
            await super().on_event(event)

    def defers_key(self, event: Key | Paste) -> bool:  # noqa: ARG002 - for those that derive from it
        """Whether a key has to wait, with all behind it, until ``take_keys`` is called again."""
        return False

    @property
    def writes(self) -> bool:
        """Whether a letter would be written where the focus is, and not be a command."""
        return isinstance(self.focused, (Input, TextArea))

    def begins_to_write(self, key: Key) -> bool:  # noqa: ARG002 - for those that derive from it
        """Whether a key is a command that opens a line to write in."""
        return False

    async def take_keys(self) -> None:
        """Take the keys whose turn it is; those that came at once like no typing are a paste."""
        while (taken := self._turns.next()) is not None:
            event, rest = taken
            if (
                rest is not None
                and isinstance(event, Key)
                and is_paste(rest, writes=self.writes, begins_to_write=self.begins_to_write(event))
            ):
                self._turns.drop(rest)
                event = Paste(rest.text)
            focused = self.focused or self.screen
            self._count_run(event)
            await super().on_event(event)
            self._turns.handled(event, focused)

    def _count_run(self, event: Key | Paste) -> None:
        key = event.key if isinstance(event, Key) else ""
        self.is_told_how_to_quit &= key == self._latest_key
        goes_on = key == self._latest_key and event.time - self.key_time < _IN_A_ROW
        self.key_run = self.key_run + 1 if goes_on else 1
        self._latest_key, self.key_time = key, event.time

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only known actions run."""
        return action in OPEN_ACTIONS and super().check_action(action, parameters)

    async def _broker_event(self, event_name: str, event: events.Event, default_namespace: DOMNode) -> bool:  # noqa: ARG002
        # A click on text that carries an action: none of ours does, so it would be that of a hostile text.
        return False

    def copy_to_clipboard(self, text: str) -> None:
        """Copy text without what would steer the place it is pasted into."""
        from tui.app.clipboard import pasteable  # noqa: PLC0415 - nothing is copied before the first frame

        super().copy_to_clipboard(pasteable(text))

    def run_hardened(self) -> int:
        """Run until the user leaves, or a signal asks to.

        Returns:
            The exit status.

        Raises:
            Exception: a fault ended the run; the terminal is restored.
        """
        with ShutdownHandler(lambda: self.call_later(self._end), lambda: self._drives(drawing=True)) as ending:
            code = self.run()
            if ending.number or self._drives(lost=True):
                ending.give_back()
        if ending.number:
            return 128 + ending.number
        if self.fault is not None:
            raise self.fault
        return (self.return_code or 0) if code is None else code

    def shut_down(self) -> None:
        """Keep what is to be kept before the end; called in order, and on a signal."""

    def panic(self, *_: object) -> None:
        """Textual gave up: a bug, too, but without what it would print of it."""
        self.fault = self.fault or RuntimeError()
        self._close_messages_no_wait()

    def _end(self) -> None:
        if isinstance(self._driver, Driver):
            self._driver.shorten_timeout()
        try:
            self.shut_down()
        finally:
            self.exit(0)

    def _drives(self, *, drawing: bool = False, lost: bool = False) -> bool:
        driver = self._driver
        return isinstance(driver, Driver) and ((drawing and driver.drawing) or (lost and driver.lost))

    def _handle_exception(self, error: Exception) -> None:
        # A bug is kept for the caller, who knows what to do with it. Textual itself would print it with the local
        # variables of every frame, notes among them.
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error
        self.fault = self.fault or error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()
