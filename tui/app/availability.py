"""Availability of commands: whether a key is active where the focus is, and why a command is disabled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import PANES, Need

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.ui import Panes, Ui
    from tui.app.workspace import Workspace
    from tui.commands import Command

# The message for each need, in the order in which they are checked.
_MISSING = {
    Need.PAPER: "no papers in the list",
    Need.WRITE: "the store is read-only",
    Need.UNSAVED: "everything is saved",
    Need.WAITING: "no imports to review",
    Need.LAST_EDIT: "no change to repeat",
}
_NO_MATCH = "no paper matches the query"  # although the list has papers


def is_active(command: Command, panes: Panes) -> bool:
    """Whether the key of a command is active: not in the query line, and that of a pane only in this pane."""
    return panes.focused != "query" and _is_in_pane(command, panes)


def disabled_reason(workspace: Workspace, ui: Ui, command: Command) -> str:
    """Why a command is disabled now; empty if it is not."""
    if workspace.is_opening:
        return "" if command.while_opening else "the list is not open yet"
    if command.no_terminal and ui.host.is_web:
        return command.no_terminal
    missing = next((need for need in _MISSING if need in command.needs and not _has(workspace, need)), None)
    if missing is not None:
        if command.id == "view.detail" and workspace.query.droppable_term is not None:
            return ""
        return _NO_MATCH if missing is Need.PAPER and workspace.session.ids() else _MISSING[missing]
    return "" if _is_in_pane(command, ui.panes) else f"move the focus to the {command.pane} pane first"


def _has(workspace: Workspace, need: Need) -> bool:
    """Whether there is what a command needs."""
    has: dict[Need, Callable[[], object]] = {
        Need.PAPER: lambda: workspace.papers.count,
        Need.WRITE: lambda: not workspace.session.read_only,
        Need.UNSAVED: lambda: workspace.edits.queue.count,
        Need.WAITING: workspace.session.sources.waiting,
        Need.LAST_EDIT: lambda: workspace.edits.last,
    }
    return bool(has[need]())


def _is_in_pane(command: Command, panes: Panes) -> bool:
    """Whether the pane of a command has the focus; a command of the whole screen has none."""
    return command.pane not in PANES or panes.focused == command.pane
