"""From the table of commands to Textual's bindings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType

if TYPE_CHECKING:
    from tui.keymap import Keymap

_PANES = ("filter", "detail", "")  # a pane's own keys come before those of the screen


def main_bindings(keymap: Keymap) -> list[BindingType]:
    """The keys of the screen and its panes.

    Those of two strokes are left to the screen. The others have priority: the app carries them out as they come, so
    that what a key opens gets the keys behind it.
    """
    return [
        Binding(
            key,
            f"command('{command.id}', '{key}')",
            command.title,
            show=False,
            priority=True,
            id=command.id,
        )
        for pane in _PANES
        for command in keymap.commands
        if command.pane == pane
        for key in command.keys
        if " " not in key
    ]
