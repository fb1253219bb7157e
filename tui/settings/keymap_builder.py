"""The keys in force: a preset, what a person wrote over it, and who wins where two want one key. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.commands import COMMANDS, Command, display_key
from tui.keymap import Keymap
from tui.settings.presets import PRESETS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_BEGINS = ""  # who owns a key that is the first of two
_NEVER_WITHOUT = ("app.quit", "app.palette")


class BuiltKeymap(NamedTuple):
    """What came of it.

    Attributes:
        keymap: the keys in force.
        remarks: keys that changed hands, a sentence each.
    """

    keymap: Keymap
    hints: tuple[str, ...]


def build_keymap(
    preset: str,
    own: Mapping[str, Sequence[str]],
    verbs: Sequence[Command],
    wrong: Callable[[str, str], None],
) -> BuiltKeymap:
    """Give every command its keys.

    Args:
        preset: a name among ``PRESETS``.
        own: keys that a person gave, by command; they beat those of the preset.
        verbs: commands that a person added, or gave other keys.
        wrong: told a command and a sentence where two of a person's own wishes cannot both hold.
    """
    base = {command.id: command for command in COMMANDS} | {command.id: command for command in verbs}
    wished = dict(PRESETS[preset]) | {command.id: command.keys for command in verbs}
    mine = dict(own) | {command.id: command.keys for command in verbs}
    owners = _owners(base, mine, {name: keys for name, keys in wished.items() if name not in own}, wrong)
    begun = {(base[name].pane, _first(key)) for name, keys in mine.items() for key in keys if " " in key}
    remarks: list[str] = []
    commands = []
    for command in base.values():
        keys = tuple(mine.get(command.id, wished.get(command.id, command.keys)))
        lost = {key: owner for key in keys if (owner := _other_owner(owners, command, key)) is not None}
        kept = tuple(dict.fromkeys(key for key in keys if key not in lost))
        for key, owner in lost.items():
            if command.id in mine and owners.get((command.pane, key)) == command.id:
                wrong(
                    command.id,
                    f"{display_key(key)} never comes about: {display_key(_first(key))} is the key of {owner}",
                )
            elif command.id not in mine and (owner in mine or (command.pane, key) in begun):
                remarks.append(_changed_hands(command, key, owner, is_whole=owners.get((command.pane, key)) == owner))
        if not kept and command.id in _NEVER_WITHOUT:
            kept = command.keys
            wrong(command.id, f"{command.id} keeps {display_key(kept[0])}: there would be no way to it")
        commands.append(command._replace(keys=kept))
    return BuiltKeymap(Keymap(tuple(commands)), tuple(remarks))


def _owners(
    base: Mapping[str, Command],
    mine: Mapping[str, Sequence[str]],
    wished: Mapping[str, Sequence[str]],
    wrong: Callable[[str, str], None],
) -> dict[tuple[str, str], str]:
    """Who has which key of which pane: first come those of a person, then those of the preset."""
    owners: dict[tuple[str, str], str] = {}
    for name, keys in sorted(mine.items(), key=_single_first):
        pane = base[name].pane
        for key in keys:
            first = owners.setdefault((pane, key), name)
            if first != name:
                wrong(name, f"{display_key(key)} is the key of {first} already, and stays there")
            _begin(owners, pane, key)
    for name, keys in wished.items():
        for key in keys:
            owners.setdefault((base[name].pane, key), name)
            _begin(owners, base[name].pane, key)
    return owners


def _single_first(wish: tuple[str, Sequence[str]]) -> bool:
    return any(" " in key for key in wish[1])


def _begin(owners: dict[tuple[str, str], str], pane: str, key: str) -> None:
    """Keep the first of two keys free for them, where nobody has it."""
    if " " in key:
        owners.setdefault((pane, _first(key)), _BEGINS)


def _other_owner(owners: Mapping[tuple[str, str], str], command: Command, key: str) -> str | None:
    """Who has a key instead of a command; None where it is the command's."""
    owner = owners.get((command.pane, key), command.id)
    if owner != command.id:
        return owner
    first = owners.get((command.pane, _first(key)), _BEGINS) if " " in key else _BEGINS
    return None if first == _BEGINS else first


def _first(key: str) -> str:
    return key.partition(" ")[0]


def _changed_hands(command: Command, key: str, owner: str, *, is_whole: bool) -> str:
    """A sentence on a key that a command has no more; of two in a row, somebody may have the first alone."""
    if owner == _BEGINS:
        return f"{display_key(key)} begins two keys in a row now, and is no more {command.id}"
    if is_whole:
        return f"{display_key(key)} is {owner} now, and no more {command.id}"
    return f"{display_key(_first(key))} is {owner} now, and {display_key(key)} no more {command.id}"
