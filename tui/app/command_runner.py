"""Runs commands by their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.availability import disabled_reason

if TYPE_CHECKING:
    from tui.app.hints import Hints
    from tui.app.ui import Ui
    from tui.app.workspace import Workspace


def run_command(workspace: Workspace, ui: Ui, hints: Hints, command_id: str, key: str = "") -> None:
    """Run a command as one gesture, or show why it is not available.

    Args:
        workspace: the workspace.
        ui: the user interface.
        hints: is told that the command was used.
        command_id: the id of the command.
        key: the key that runs it; empty if it is run by name.
    """
    from tui.app.actions.registry import action_of  # noqa: PLC0415 - the first frame runs no command

    command = workspace.keys.command(command_id)
    with workspace.gesture():
        if reason := disabled_reason(workspace, ui, command):
            workspace.show_message(reason, error=True)
            return
        hints.mark_used(command)
        ui.pressed_key = key
        workspace.guarded(lambda: action_of(command)(workspace, ui))
        if command.group in {"mark", "in", "out", "own"}:  # it acted on the selection: its range ends, as in vim
            workspace.selection.end_range()
