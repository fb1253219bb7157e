"""The keys in force: a preset, what a person wrote over it, and who wins where two want one key. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.commands import COMMANDS, Command, written
from tui.keymap import Keymap
from tui.settings.presets import PRESETS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_NEVER_WITHOUT = ("app.quit", "app.palette")


class Keyed(NamedTuple):
    """What came of it.

    Attributes:
        keymap: the keys in force.
        remarks: keys that changed hands, a sentence each.
    """

    keymap: Keymap
    remarks: tuple[str, ...]


def keyed(
    preset: str,
    own: Mapping[str, Sequence[str]],
    verbs: Sequence[Command],
    wrong: Callable[[str, str], None],
) -> Keyed:
    """Give every command its keys.

    Args:
        preset: a name among ``PRESETS``.
        own: keys that a person gave, by command; they beat those of the preset.
        verbs: commands that a person added, or gave other keys.
        wrong: told a command and a sentence where two of a person's own wishes cannot both hold.
    """
    base = {command.id: command for command in COMMANDS} | {command.id: command for command in verbs}
    wished = dict(PRESETS[preset]) | {command.id: command.keys for command in verbs}
    owners: dict[tuple[str, str], str] = {}
    mine = dict(own) | {command.id: command.keys for command in verbs}
    for name, keys in mine.items():
        pane = base[name].pane
        for key in keys:
            first = owners.setdefault((pane, key), name)
            if first != name:
                wrong(name, f"{written(key)} is the key of {first} already, and stays there")
    for name, keys in wished.items():
        for key in keys if name not in own else ():
            owners.setdefault((base[name].pane, key), name)
    remarks: list[str] = []
    commands = []
    for command in base.values():
        keys = tuple(mine.get(command.id, wished.get(command.id, command.keys)))
        kept = tuple(dict.fromkeys(key for key in keys if owners.get((command.pane, key), command.id) == command.id))
        if command.id not in mine and command.id not in wished:
            remarks += [
                f"{written(key)} is {owners[command.pane, key]} now, and no more {command.id}"
                for key in keys
                if key not in kept and owners[command.pane, key] in mine
            ]
        if not kept and command.id in _NEVER_WITHOUT:
            kept = command.keys
            wrong(command.id, f"{command.id} keeps {written(kept[0])}: there would be no way to it")
        commands.append(command._replace(keys=kept))
    return Keyed(Keymap(tuple(commands)), tuple(remarks))
