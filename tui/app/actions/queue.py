"""Actions: priority, due date and snooze."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions.bulk_confirmation import carry_out
from tui.app.ui import Option
from tui.model.edit import Edit
from tui.model.queue import PRIORITIES, parse_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.ui import Ui
    from tui.app.workspace import Workspace

_NOTE = "2027-03-01, tomorrow, friday, next monday, 10d, 2w, 3m, 1y; leave empty to remove the date"


def priority(workspace: Workspace, ui: Ui) -> None:
    """Choose the priority."""
    targets = workspace.targets()

    def on_choice(name: str) -> None:
        carry_out(workspace, ui, Edit(priority=name), targets=targets)

    options = [Option(name, name, name[0], name[0]) for name in PRIORITIES]
    options.append(Option("", "none", "n", "n"))
    ui.choose(
        workspace.selection.title("Priority", "of"),
        options,
        on_choice,
        current=workspace.session.entry(targets[0]).mark.priority or "",
    )


def due(workspace: Workspace, ui: Ui) -> None:
    """Type the day to read the papers by."""
    mark = workspace.session.entry(workspace.targets()[0]).mark
    _ask_day(workspace, ui, workspace.selection.title("Due", "for"), mark.due, lambda day: Edit(due=day))


def snooze(workspace: Workspace, ui: Ui) -> None:
    """Type the day until which the papers are hidden from triage."""
    mark = workspace.session.entry(workspace.targets()[0]).mark
    title = workspace.selection.title("Snooze until", "for")
    _ask_day(workspace, ui, title, mark.snoozed_until, lambda day: Edit(snoozed_until=day))


def _ask_day(workspace: Workspace, ui: Ui, title: str, value: str | None, edit: Callable[[str], Edit]) -> None:
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - not needed at start-up

    targets, today = workspace.targets(), workspace.session.today()

    def check(text: str) -> str:
        try:
            if text.strip():
                parse_day(text, today)
        except ValueError as error:
            return str(error)
        return ""

    def on_close(text: str | None) -> None:
        if text is not None:
            carry_out(workspace, ui, edit(parse_day(text, today) if text.strip() else ""), targets=targets)

    ui.open(Prompt(title, value=value or "", check=check, note=_NOTE), on_close)
