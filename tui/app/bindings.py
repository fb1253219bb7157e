"""From the table of commands to Textual's bindings."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tui.commands import COMMANDS

_PANES = ("filter", "")  # a pane's own keys come before those of the desk


def desk_bindings() -> list[BindingType]:
    """The keys of the desk and its panes.

    They have priority: the app carries them out as they come, so that what a key opens gets the keys behind it.
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
        for command in COMMANDS
        if command.pane == pane
        for key in command.keys
    ]
