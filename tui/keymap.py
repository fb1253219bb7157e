"""The keys in force: the table of commands with the keys that a person gave them. Knows no file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.commands import COMMANDS, GROUPS, Command, display_key

if TYPE_CHECKING:
    from collections.abc import Mapping


class Keymap(NamedTuple):
    """Every command, each with the keys that do it now.

    Attributes:
        commands: in the order of the table; verbs of triage that a person added come last.
    """

    commands: tuple[Command, ...] = COMMANDS

    def key(self, command_id: str) -> str:
        """The first key of a command, as people write it; for one without a key, the way by its name."""
        keys = next(command.keys for command in self.commands if command.id == command_id)
        if keys:
            return display_key(keys[0])
        return f"{self.key('app.palette')} {self.title(command_id)}"

    def title(self, command_id: str) -> str:
        """What a command is called."""
        return next(command.title for command in self.commands if command.id == command_id)

    def bindings_for(self, pane: str) -> Mapping[str, str]:
        """The id of the command of each key of a pane; the desk's for an empty name."""
        return {key: command.id for command in self.commands if command.pane == pane for key in command.keys}

    def key_index(self, command_id: str, key: str) -> int:
        """Which of a command's keys one is, from 0; -1 where it is none of them."""
        keys = next(command.keys for command in self.commands if command.id == command_id)
        return keys.index(key) if key in keys else -1

    def footer_items(self, pane: str) -> tuple[tuple[str, str], ...]:
        """Key, by the name Textual gives it, and word of the commands of a pane that have both."""
        own = (each for each in self.commands if each.pane == pane and each.footer and each.keys)
        return tuple((each.keys[0], each.footer) for each in own)

    def group(self, group: str) -> list[Command]:
        """The commands under a heading of the help."""
        return [command for command in self.commands if command.group == group]


DEFAULT_KEYS = Keymap()
_ASCII_ARROWS = str.maketrans({"↑": "Up", "↓": "Down", "←": "Left", "→": "Right"})


def display_keys(command: Command) -> str:
    """Every key of a command, as people write them."""
    return " ".join(map(display_key, command.keys)) or "(no key)"


def format_key_table(keymap: Keymap, *, ascii_only: bool = False) -> list[str]:
    """The keys and what they do as lines of text, in groups.

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
            lines.append(f"  {keys.translate(_ASCII_ARROWS) if ascii_only else keys:<16} {command.help}")
    return lines
