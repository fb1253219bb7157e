"""What stands over the desk while the store is written for long: keys wait, and are for the list as it will be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from tui.app.screens.dialog import BottomSheet, DialogFrame
from tui.app.terminal.hardened_app import HardenedApp
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from textual.app import ComposeResult


class BusyDialog(BottomSheet[None]):
    """Say what is being done; see the module.

    Args:
        title: what is being done.
        said: to what.
    """

    holds_keys = True

    def __init__(self, title: str, said: str) -> None:
        super().__init__()
        self._asked = title
        self._said = said

    def compose(self) -> ComposeResult:
        """What is going on."""
        with DialogFrame(sanitise_line(self._asked), SafeText("keys wait until it is done")):
            yield Static(sanitise_line(self._said), markup=False)

    def leave(self) -> None:
        """Let the keys that waited go to the desk."""
        self.dismiss(None)
        app = self.app
        if isinstance(app, HardenedApp):
            app.call_later(app.process_keys)
