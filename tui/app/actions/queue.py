"""Actions: priority, due date and snooze."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import selection
from tui.app.open_picker import Option, choose
from tui.model.edit import Edit
from tui.model.queue import PRIORITIES, parse_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.main_screen import MainScreen

_NOTE = "a date such as 2027-03-01, today, tomorrow, 10d, 2w, 3m, 1y; nothing: remove it"


def priority(screen: MainScreen) -> None:
    """Choose the priority."""
    targets = selection.targets(screen)

    def on_choice(name: str) -> None:
        screen.carry_out(Edit(priority=name), targets=targets)

    options = [Option(name, name, name[0], name[0]) for name in PRIORITIES]
    options.append(Option("", "none", "n", "n"))
    choose(
        screen,
        selection.title_with_count(screen, "Priority", "of"),
        options,
        on_choice,
        current=screen.session.entry(targets[0]).mark.priority or "",
        typing=False,
    )


def due(screen: MainScreen) -> None:
    """Type the day to read the papers by."""
    mark = screen.session.entry(selection.targets(screen)[0]).mark
    _ask_day(screen, selection.title_with_count(screen, "Due", "for"), mark.due, lambda day: Edit(due=day))


def snooze(screen: MainScreen) -> None:
    """Type the day until which the papers are hidden from triage."""
    mark = screen.session.entry(selection.targets(screen)[0]).mark
    title = selection.title_with_count(screen, "Snooze until", "for")
    _ask_day(screen, title, mark.snoozed_until, lambda day: Edit(snoozed_until=day))


def _ask_day(screen: MainScreen, title: str, value: str | None, edit: Callable[[str], Edit]) -> None:
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - not needed at start-up

    targets, today = selection.targets(screen), screen.session.today()

    def check(text: str) -> str:
        try:
            if text.strip():
                parse_day(text, today)
        except ValueError as error:
            return str(error)
        return ""

    def on_close(text: str | None) -> None:
        if text is not None:
            screen.carry_out(edit(parse_day(text, today) if text.strip() else ""), targets=targets)

    screen.app.push_screen(Prompt(title, value=value or "", check=check, note=_NOTE), on_close)
