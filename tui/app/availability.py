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
     "out.open", "view.detail", "view.provenance", "view.related", "view.read_on", "move.next", "move.previous",
     "move.bookmark", "mark.all_read"}
)  # fmt: skip
_WRITE = frozenset(
    {"mark.read", "mark.status", "mark.star", "mark.tags", "mark.add_tag", "mark.remove_tag", "mark.note",
     "mark.editor", "mark.correct", "mark.repeat", "mark.triage", "mark.undo", "mark.redo", "move.bookmark",
     "mark.all_read", "in.import", "in.waiting"}
)  # fmt: skip
# What opens a line to write in, so that the letters behind it are text.
OPEN_A_LINE = frozenset(
    {"find.query", "find.value", "find.save_view", "mark.tags", "mark.add_tag", "mark.remove_tag", "mark.note",
     "mark.correct", "mark.manage_tags", "in.import", "app.palette", "app.help"}
)  # fmt: skip
# What needs something to work on, and what to say where there is nothing.
_NEEDLESS = {"mark.save": "everything is saved", "in.waiting": "no listing waits"}
# What a browser does not have.
_ON_A_TERMINAL = {
    "mark.editor": "there is no editor in a browser: e writes the note here",
    "app.suspend": "there is no shell to go back to in a browser",
}
# What needs no list.
WHILE_OPENING = frozenset({"app.quit", "app.back_or_quit", "app.help"})


def is_active(desk: MainScreen, command: str) -> bool:
    """Letters belong to the query line while it has the focus, and the keys of a pane count only there."""
    there = {"filter": desk.filters, "detail": desk.detail}.get(_PANE_OF.get(command, ""), desk.focused)
    return desk.focused is not desk.query_one(QueryLine) and desk.focused is there


def disabled_reason(desk: MainScreen, command: str) -> str:  # noqa: PLR0911 - one line a reason
    """Why a command cannot run in the desk's present state; empty where it can.

    Args:
        desk: the desk.
        command: the command's id.
    """
    if desk.is_opening:
        return "" if command in WHILE_OPENING else "the list is not open yet"
    if command in _NEED_PAPER and not desk.papers.count and not (command == "view.detail" and desk.asking.relaxation):
        return "there is no paper in the list"
    if command in _WRITE and desk.session.read_only:
        return "the store is read-only"
    if command in _ON_A_TERMINAL and desk.app.is_web:
        return _ON_A_TERMINAL[command]
    if command in _NEEDLESS and not _has_work(desk, command):
        return _NEEDLESS[command]
    if command == "mark.repeat" and desk.last_edit is None:
        return "nothing was changed yet"
    if command.startswith("filter.") and desk.focused is not desk.filters:
        return "go to the filter pane first"
    if command == "view.read_on" and desk.focused is not desk.detail:
        return "go to the paper first"
    return ""


def _has_work(desk: MainScreen, command: str) -> bool:
    return bool(desk.session.waiting() if command == "in.waiting" else desk.saving.count)
