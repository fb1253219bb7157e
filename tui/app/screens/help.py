"""Help: every key with what it does, from the table of commands; typing narrows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.app.screens.dialog import Dialog, TypedLine, step_of
from tui.commands import GROUPS, Command, written
from tui.text.fold import fold

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from tui.keymap import Keymap

_KEYS_WIDTH = 20


class Help(Dialog[None]):
    """The keys in force, searchable.

    Args:
        keymap: the keys in force.
    """

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """A typed line over the table."""
        with Vertical(classes="dialog tall"):
            yield Static("Keys · type to search, Esc goes back", classes="dialog-title", markup=False)
            yield TypedLine("what do you want to do?")
            with VerticalScroll(id="help-body", can_focus=False):
                yield Static(key_table("", self._keymap), id="help-text", markup=False)

    def typed_changed(self) -> None:
        """Narrow as typed."""
        self.query_one("#help-text", Static).update(key_table(self.typed, self._keymap))
        self.query_one("#help-body").scroll_home(animate=False)

    def pressed(self, event: events.Key) -> bool:
        """Scroll."""
        step = step_of(event.key)
        if step:
            self.query_one("#help-body").scroll_relative(y=step, animate=False)
        return bool(step)


def key_table(typed: str, keymap: Keymap) -> Content:
    """The commands that hold every typed word, by group.

    Args:
        typed: words to look for in keys, names and sentences; empty for all.
        keymap: the keys in force.
    """
    words = fold(typed).split()
    lines: list[Content] = []
    for group, heading in GROUPS.items():
        found = [command for command in keymap.group(group) if _answers(command, words)]
        if found:
            lines += [Content.styled(heading, "bold $secondary"), *(_line(command) for command in found), Content("")]
    return Content("\n").join(lines) if lines else Content.styled("No command answers that.", "$ink-muted")


def _answers(command: Command, words: list[str]) -> bool:
    keys = " ".join(written(key) for key in command.keys)
    text = fold(f"{keys} {command.title} {command.help}")
    return all(word in text for word in words)


def _line(command: Command) -> Content:
    keys = "  ".join(written(key) for key in command.keys)
    return Content.assemble(
        (f"  {keys:<{_KEYS_WIDTH}}", "bold $primary"), f"{command.title:<26}", (command.help, "$ink-muted")
    )
