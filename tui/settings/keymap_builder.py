"""Builds the keymap from a preset and the user's keys, and resolves conflicts between them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.commands import COMMANDS, Command, display_key
from tui.keymap import Keymap
from tui.settings.presets import PRESETS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_PREFIX = ""  # the owner of a key that only starts a sequence of two
_ALWAYS_BOUND = ("app.quit", "app.palette")


class BuiltKeymap(NamedTuple):
    """A keymap, and messages about it.

    Attributes:
        keymap: the current keys.
        overridden_keys: for each key that was given to another command, a message.
    """

    keymap: Keymap
    overridden_keys: tuple[str, ...]


def build_keymap(
    preset: str,
    own: Mapping[str, Sequence[str]],
    added: Sequence[Command],
    report: Callable[[str, str], None],
) -> BuiltKeymap:
    """Assign keys to every command.

    Args:
        preset: a name among ``PRESETS``.
        own: the user's keys, by command; they win over those of the preset.
        added: commands that the user added or changed: of triage, and programs.
        report: called with a command and a message if the user's own keys conflict.
    """
    commands = {command.id: command for command in COMMANDS} | {command.id: command for command in added}
    with_keys = {command.id: command.keys for command in added if command.keys}
    preset_keys = dict(PRESETS[preset]) | with_keys
    user_keys = dict(own) | with_keys
    owners = _resolve_owners(
        commands, user_keys, {name: keys for name, keys in preset_keys.items() if name not in own}, report
    )
    prefixes = {(commands[name].pane, _first(key)) for name, keys in user_keys.items() for key in keys if " " in key}
    overridden: list[str] = []
    bound = []
    for command in commands.values():
        keys = tuple(user_keys.get(command.id, preset_keys.get(command.id, command.keys)))
        lost = {key: owner for key in keys if (owner := _other_owner(owners, command, key)) is not None}
        kept = tuple(dict.fromkeys(key for key in keys if key not in lost))
        for key, owner in lost.items():
            if command.id in user_keys and owners.get((command.pane, key)) == command.id:
                report(
                    command.id,
                    f"{display_key(key)} can never be typed: {display_key(_first(key))} is bound to {owner}",
                )
            elif command.id not in user_keys and (owner in user_keys or (command.pane, key) in prefixes):
                is_whole = owners.get((command.pane, key)) == owner
                overridden.append(_override_message(command, key, owner, is_whole=is_whole))
        if not kept and command.id in _ALWAYS_BOUND:
            kept = command.keys
            report(command.id, f"{command.id} keeps {display_key(kept[0])}: a key is required")
        bound.append(command._replace(keys=kept))
    return BuiltKeymap(Keymap(tuple(bound)), tuple(overridden))


def _resolve_owners(
    commands: Mapping[str, Command],
    user_keys: Mapping[str, Sequence[str]],
    preset_keys: Mapping[str, Sequence[str]],
    report: Callable[[str, str], None],
) -> dict[tuple[str, str], str]:
    """Map (pane, key) to a command's id; the user's keys win over those of the preset."""
    owners: dict[tuple[str, str], str] = {}
    for name, keys in sorted(user_keys.items(), key=_has_sequence):  # single keys first
        pane = commands[name].pane
        for key in keys:
            owner = owners.setdefault((pane, key), name)
            if owner != name:
                report(name, f"{display_key(key)} is already bound to {owner}")
            _reserve_prefix(owners, pane, key)
    for name, keys in preset_keys.items():
        for key in keys:
            owners.setdefault((commands[name].pane, key), name)
            _reserve_prefix(owners, commands[name].pane, key)
    return owners


def _has_sequence(binding: tuple[str, Sequence[str]]) -> bool:
    return any(" " in key for key in binding[1])


def _reserve_prefix(owners: dict[tuple[str, str], str], pane: str, key: str) -> None:
    """Reserve the first key of a sequence, unless it is bound."""
    if " " in key:
        owners.setdefault((pane, _first(key)), _PREFIX)


def _other_owner(owners: Mapping[tuple[str, str], str], command: Command, key: str) -> str | None:
    """The command that has a key instead of this one; None if this one has it."""
    owner = owners.get((command.pane, key), command.id)
    if owner != command.id:
        return owner
    first = owners.get((command.pane, _first(key)), _PREFIX) if " " in key else _PREFIX
    return None if first == _PREFIX else first


def _first(key: str) -> str:
    return key.partition(" ")[0]


def _override_message(command: Command, key: str, owner: str, *, is_whole: bool) -> str:
    """A message about a key that a command lost; of a sequence, the first key may have been given away."""
    if owner == _PREFIX:
        return f"{display_key(key)} now starts a key sequence and is no longer bound to {command.id}"
    if is_whole:
        return f"{display_key(key)} is now bound to {owner}, no longer to {command.id}"
    first = display_key(_first(key))
    return f"{first} is now bound to {owner}, so {display_key(key)} is no longer bound to {command.id}"
