"""ACTIONS: the function of each command, found by its row in ``COMMANDS``. Loaded at the first key."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from tui.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.main_screen import MainScreen

    Action = Callable[[MainScreen], None]


def _find(action: str) -> Action:
    """The function with a name such as ``marks.read``."""
    module, _, name = action.partition(".")
    found: Action = getattr(import_module(f"tui.app.actions.{module}"), name)
    return found


ACTIONS: dict[str, Action] = {command.id: _find(command.action) for command in COMMANDS if command.action}
