"""ACTIONS: the functions of the commands, found by their rows in ``COMMANDS``.

The module of a command is imported when it first runs: all of them together take as long as ten keys. Triage and the
duplicates screen carry out some of their commands by methods; these have no function.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from tui.app.actions import own_commands
from tui.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.commands import Command

    Action = Callable[[Workspace, Ui], None]


def find_action(action: str) -> Action:
    """The function with a name such as ``marks.read``."""
    module, _, name = action.partition(".")
    found: Action = getattr(import_module(f"tui.app.actions.{module}"), name)
    return found


def _run(action: str, workspace: Workspace, ui: Ui) -> None:
    find_action(action)(workspace, ui)


def action_of(command: Command) -> Action:
    """The function of a command, including the user's own ones."""
    if command.id in ACTIONS:
        return ACTIONS[command.id]
    return partial(own_commands.run, command.id.removeprefix("own."))


ACTIONS: dict[str, Action] = {
    command.id: partial(_run, command.action) for command in COMMANDS if not command.screen_method
}
