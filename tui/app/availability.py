"""Availability of commands: whether a key is active where the focus is, and why a command is disabled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.widgets.query_line import QueryLine
from tui.commands import Need

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.main_screen import MainScreen
    from tui.commands import Command

# The message for each need, in the order in which they are checked.
_MISSING = {
    Need.PAPER: "no papers in the list",
    Need.WRITE: "the store is read-only",
    Need.UNSAVED: "everything is saved",
    Need.WAITING: "no imports to review",
    Need.LAST_EDIT: "no change to repeat",
}


def is_active(screen: MainScreen, command_id: str) -> bool:
    """Whether the key of a command is active: not in the query line, and that of a pane only in this pane."""
    return screen.focused is not screen.query_one(QueryLine) and _is_in_pane(screen, screen.keys.command(command_id))


def disabled_reason(screen: MainScreen, command_id: str) -> str:
    """Why a command is disabled now; empty if it is not.

    Args:
        screen: the main screen.
        command_id: the id of the command.
    """
    command = screen.keys.command(command_id)
    if screen.is_opening:
        return "" if command.while_opening else "the list is not open yet"
    if command.no_terminal and screen.app.is_web:
        return command.no_terminal
    missing = (reason for need, reason in _MISSING.items() if need in command.needs and not _has(screen, need))
    if reason := next(missing, ""):
        return "" if command_id == "view.detail" and screen.query_controller.relaxation else reason
    return "" if _is_in_pane(screen, command) else f"move the focus to the {command.pane} pane first"


def _has(screen: MainScreen, need: Need) -> bool:
    """Whether there is what a command needs."""
    has: dict[Need, Callable[[], object]] = {
        Need.PAPER: lambda: screen.papers.count,
        Need.WRITE: lambda: not screen.session.read_only,
        Need.UNSAVED: lambda: screen.retry_queue.count,
        Need.WAITING: screen.session.waiting,
        Need.LAST_EDIT: lambda: screen.last_edit,
    }
    return bool(has[need]())


def _is_in_pane(screen: MainScreen, command: Command) -> bool:
    """Whether the pane of a command has the focus; a command of the whole screen has none."""
    pane = {"filter": screen.filters, "detail": screen.detail}.get(command.pane, screen.focused)
    return screen.focused is pane
