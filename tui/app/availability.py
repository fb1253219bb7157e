"""Whether a command is heard where the focus is, and why it cannot run now: for keys, palette and footer alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.widgets.query_line import QueryLine
from tui.commands import COMMANDS

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen

_PANE_OF = {command.id: command.pane for command in COMMANDS}
_NEED_PAPER = frozenset(
    {"select.toggle", "select.range", "select.all", "select.invert", "select.above",
     "select.below", "select.down", "select.up", "mark.read", "mark.status", "mark.star", "mark.tags",
     "mark.add_tag", "mark.remove_tag", "mark.note", "mark.editor", "mark.correct", "mark.repeat", "mark.past",
     "mark.triage", "out.export", "out.copy",
     "out.open", "view.detail", "view.related", "view.read_on", "move.next", "move.previous", "move.bookmark",
     "mark.all_read"}
)  # fmt: skip
_WRITE = frozenset(
    {"mark.read", "mark.status", "mark.star", "mark.tags", "mark.add_tag", "mark.remove_tag", "mark.note",
     "mark.editor", "mark.correct", "mark.repeat", "mark.triage", "mark.undo", "mark.redo", "move.bookmark",
     "mark.all_read", "in.import", "in.waiting"}
)  # fmt: skip
# What opens a line to write in, so that the letters behind it are text.
OPEN_TEXT_INPUT = frozenset(
    {"find.query", "find.value", "find.save_view", "mark.tags", "mark.add_tag", "mark.remove_tag", "mark.note",
     "mark.correct", "mark.manage_tags", "in.import", "app.palette", "app.help"}
)  # fmt: skip
# What needs something to work on, and what to say where there is nothing.
_NEED_WORK = {"mark.save": "everything is saved", "in.waiting": "no listing waits"}
# What a browser does not have.
_NEED_TERMINAL = {
    "mark.editor": "there is no editor in a browser: e writes the note here",
    "app.suspend": "there is no shell to go back to in a browser",
}
# What needs no list.
WHILE_OPENING = frozenset({"app.quit", "app.back_or_quit", "app.help"})


def is_active(screen: MainScreen, command: str) -> bool:
    """Letters belong to the query line while it has the focus, and the keys of a pane count only there."""
    there = {"filter": screen.filters, "detail": screen.detail}.get(_PANE_OF.get(command, ""), screen.focused)
    return screen.focused is not screen.query_one(QueryLine) and screen.focused is there


def disabled_reason(screen: MainScreen, command: str) -> str:  # noqa: PLR0911 - one line a reason
    """Why a command cannot run in the screen's present state; empty where it can.

    Args:
        screen: the screen.
        command: the command's id.
    """
    if screen.is_opening:
        return "" if command in WHILE_OPENING else "the list is not open yet"
    if (
        command in _NEED_PAPER
        and not screen.papers.count
        and not (command == "view.detail" and screen.asking.relaxation)
    ):
        return "there is no paper in the list"
    if command in _WRITE and screen.session.read_only:
        return "the store is read-only"
    if command in _NEED_TERMINAL and screen.app.is_web:
        return _NEED_TERMINAL[command]
    if command in _NEED_WORK and not _has_work(screen, command):
        return _NEED_WORK[command]
    if command == "mark.repeat" and screen.last_edit is None:
        return "nothing was changed yet"
    if command.startswith("filter.") and screen.focused is not screen.filters:
        return "go to the filter pane first"
    if command == "view.read_on" and screen.focused is not screen.detail:
        return "go to the paper first"
    return ""


def _has_work(screen: MainScreen, command: str) -> bool:
    return bool(screen.session.waiting() if command == "in.waiting" else screen.saving.count)
