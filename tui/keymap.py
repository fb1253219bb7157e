"""The current keys: the table of commands with the user's key settings applied. Reads no file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.commands import COMMANDS, GROUPS, Command, display_key

if TYPE_CHECKING:
    from collections.abc import Mapping


class Keymap(NamedTuple):
    """All commands with their current keys.

    Attributes:
        commands: in the order of the table, then the triage actions that the user added.
    """

    commands: tuple[Command, ...] = COMMANDS

    def command(self, command_id: str) -> Command:
        """A command by its id."""
        return next(command for command in self.commands if command.id == command_id)

    def key(self, command_id: str) -> str:
        """The first key of a command, for display; without one, the palette's key and the command's title."""
        keys = self.command(command_id).keys
        if keys:
            return display_key(keys[0])
        return f"{self.key('app.palette')} {self.title(command_id)}"

    def title(self, command_id: str) -> str:
        """The title of a command."""
        return self.command(command_id).title

    def bindings_for(self, pane: str) -> Mapping[str, str]:
        """Map each key of a pane to its command's id; an empty name is the main screen."""
        return {key: command.id for command in self.commands if command.pane == pane for key in command.keys}

    def command_of(self, key: str) -> Command | None:
        """The command of a key on the main screen, or None."""
        return next((command for command in self.commands if not command.pane and key in command.keys), None)

    def key_index(self, command_id: str, key: str) -> int:
        """The index of a key among a command's keys; -1 if it is not one of them."""
        keys = self.command(command_id).keys
        return keys.index(key) if key in keys else -1

    def footer_items(self, context: str) -> tuple[tuple[str, str], ...]:
        """The keys, by Textual's names, and labels of the key bar.

        Args:
            context: a pane or screen, or the context of a ``Footer``.
        """
        bound = [command for command in self.commands if command.keys]
        own = [(command.keys[0], command.footer) for command in bound if command.pane == context and command.footer]
        others = sorted(
            (footer.place, command.keys[0], footer.label)
            for command in bound
            for footer in command.footers
            if footer.context == context
        )
        return (*own, *((key, label) for _, key, label in others))

    def group(self, group: str) -> list[Command]:
        """The commands of a group of the help."""
        return [command for command in self.commands if command.group == group]


DEFAULT_KEYS = Keymap()
_ASCII = str.maketrans({"↑": "Up", "↓": "Down", "←": "Left", "→": "Right", "…": "..."})


def display_keys(command: Command) -> str:
    """All keys of a command, for display."""
    return " ".join(map(display_key, command.keys)) or "(no key)"


def format_key_table(keymap: Keymap, *, ascii_only: bool = False) -> list[str]:
    """The lines of a plain-text table of all keys, by group.

    Args:
        keymap: the keys.
        ascii_only: write ``Up`` for an arrow.
    """
    lines: list[str] = []
    for number, (group, title) in enumerate(GROUPS.items()):
        if number:
            lines.append("")
        lines.append(title)
        for command in keymap.group(group):
            keys = display_keys(command)
            lines.append(f"  {keys.translate(_ASCII) if ascii_only else keys:<16} {command.help}")
    return [line.translate(_ASCII) for line in lines] if ascii_only else lines
