"""Textual bindings from the keymap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType

from tui.commands import PANES

if TYPE_CHECKING:
    from tui.keymap import Keymap


def main_bindings(keymap: Keymap) -> list[BindingType]:
    """The bindings of the main screen and its panes.

    Key sequences are left to ``KeySequences``. All others have priority, so that the app runs them in order, and a
    dialog opened by one key gets the next key.
    """
    return [
        Binding(
            key,
            f"command({command.id!r}, {key!r})",
            command.title,
            show=False,
            priority=True,
            id=command.id,
        )
        for pane in (*PANES, "")  # the keys of a pane override those of the screen
        for command in keymap.commands
        if command.pane == pane
        for key in command.keys
        if " " not in key
    ]
