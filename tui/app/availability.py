"""Availability of commands: whether a key is active where the focus is, and why a command is disabled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.widgets.query_line import QueryLine
from tui.commands import COMMANDS

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen

_PANE = {command.id: command.pane for command in COMMANDS}
_NEED_PAPER = frozenset(
    {"select.toggle", "select.range", "select.all", "select.invert", "select.above",
     "select.below", "select.down", "select.up", "mark.read", "mark.status", "mark.star", "mark.tags",
     "mark.add_tag", "mark.remove_tag", "mark.note", "mark.editor", "mark.correct", "mark.repeat", "mark.past",
     "mark.triage", "mark.remove", "mark.priority",
     "mark.due", "mark.snooze", "out.export", "out.copy",
     "out.open", "view.detail", "view.provenance", "view.related", "view.read_on", "move.next", "move.previous",
     "move.bookmark", "mark.all_read"}
)  # fmt: skip
_WRITE = frozenset(
    {"mark.read", "mark.status", "mark.star", "mark.tags", "mark.add_tag", "mark.remove_tag", "mark.note",
     "mark.editor", "mark.correct", "mark.repeat", "mark.triage", "mark.undo", "mark.redo", "move.bookmark",
     "mark.all_read", "mark.remove", "mark.priority", "mark.due", "mark.snooze", "in.add",
     "in.import", "in.waiting"}
)  # fmt: skip
# Commands that open a text input: characters typed after their key are text.
OPEN_TEXT_INPUT = frozenset(
    {"find.query", "find.value", "find.save_view", "mark.tags", "mark.add_tag", "mark.remove_tag", "mark.note",
     "mark.correct", "mark.manage_tags", "mark.due", "mark.snooze", "in.add", "in.import", "app.lists",
     "app.palette", "app.help"}
)  # fmt: skip
# Commands that need something to work on, and the message if there is nothing.
_NEED_WORK = {"mark.save": "everything is saved", "in.waiting": "no imports to review"}
# Commands that need a terminal, and the message in a browser.
_NEED_TERMINAL = {
    "mark.editor": "$EDITOR is not available in a browser (e edits the note here)",
    "app.suspend": "a browser has no shell to suspend to",
}
# Commands that work while the list is being opened.
WHILE_OPENING = frozenset({"app.quit", "app.back_or_quit", "app.help"})


def is_active(screen: MainScreen, command: str) -> bool:
    """Whether the key of a command is active: not in the query line, and that of a pane only in this pane."""
    pane = {"filter": screen.filters, "detail": screen.detail}.get(_PANE.get(command, ""), screen.focused)
    return screen.focused is not screen.query_one(QueryLine) and screen.focused is pane


def disabled_reason(screen: MainScreen, command: str) -> str:  # noqa: PLR0911 - one line a reason
    """Why a command is disabled now; empty if it is not.

    Args:
        screen: the main screen.
        command: the id of the command.
    """
    if screen.is_opening:
        return "" if command in WHILE_OPENING else "the list is not open yet"
    if (
        command in _NEED_PAPER
        and not screen.papers.count
        and not (command == "view.detail" and screen.query_controller.relaxation)
    ):
        return "no papers in the list"
    if command in _WRITE and screen.session.read_only:
        return "the store is read-only"
    if command in _NEED_TERMINAL and screen.app.is_web:
        return _NEED_TERMINAL[command]
    if command in _NEED_WORK and not _has_work(screen, command):
        return _NEED_WORK[command]
    if command == "mark.repeat" and screen.last_edit is None:
        return "no change to repeat"
    if command.startswith("filter.") and screen.focused is not screen.filters:
        return "move the focus to the filter pane first"
    if command == "view.read_on" and screen.focused is not screen.detail:
        return "move the focus to the detail pane first"
    return ""


def _has_work(screen: MainScreen, command: str) -> bool:
    return bool(screen.session.waiting() if command == "in.waiting" else screen.retry_queue.count)
