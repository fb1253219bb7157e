"""The dialog shown during a long store update: keys are queued, and handled by the updated list afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.safe_display import Static
from tui.app.screens.dialog import BottomSheet, DialogFrame
from tui.app.terminal.hardened_app import HardenedApp
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from textual.app import ComposeResult


class BusyDialog(BottomSheet[None]):
    """Show what is being done.

    Args:
        title: the operation.
        details: what it works on.
    """

    holds_keys = True

    def __init__(self, title: str, details: str) -> None:
        super().__init__()
        self._title = title
        self._details = details

    def compose(self) -> ComposeResult:
        """The frame with the details in it."""
        with DialogFrame(sanitise_line(self._title), SafeText("key presses are queued until this is done")):
            yield Static(sanitise_line(self._details))

    def leave(self) -> None:
        """Close the dialog, and pass the queued keys on to the main screen."""
        self.dismiss(None)
        app = self.app
        if isinstance(app, HardenedApp):
            app.call_later(app.process_keys)
