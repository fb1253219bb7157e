"""Key notations, presets, and conflicts between bindings."""

from __future__ import annotations

import pytest

from tui.commands import COMMANDS, display_key
from tui.settings.key_names import InvalidKeyError, parse_key, parse_keys
from tui.settings.loader import parse_settings
from tui.settings.presets import PRESETS

COMMAND_IDS = {command.id for command in COMMANDS}


@pytest.mark.parametrize(
    ("notation", "key"),
    [
        ("a", "a"), ("R", "R"), ("/", "slash"), ("?", "question_mark"), (".", "full_stop"), ("+", "plus"),
        ("-", "minus"), ("[", "left_square_bracket"), ("space", "space"), (" ", "space"), ("Esc", "escape"),
        ("ctrl+r", "ctrl+r"), ("C-r", "ctrl+r"), ("<C-R>", "ctrl+r"), ("^R", "ctrl+r"), ("Ctrl-R", "ctrl+r"),
        ("shift+tab", "shift+tab"), ("S-Tab", "shift+tab"), ("shift+r", "R"), ("F5", "f5"), ("PgDn", "pagedown"),
        ("M-x", "alt+x"), ("ctrl+left", "ctrl+left"), ("ctrl+i", "tab"), ("Enter", "enter"), ("slash", "slash"),
        ("C-/", "ctrl+slash"), ("é", "é"), ("^", "circumflex_accent"), ("Page Up", "pageup"),
    ],
)  # fmt: skip
def test_a_key_can_be_written_in_many_notations(notation: str, key: str) -> None:
    assert parse_key(notation) == key


@pytest.mark.parametrize("notation", ["", "gg", "ctrl+", "f25", "entre", "ctrl+shft+x", "\x07"])
def test_an_unknown_key_raises(notation: str) -> None:
    with pytest.raises(InvalidKeyError):
        parse_key(notation)


def test_every_key_of_the_commands_is_parsed_to_itself() -> None:
    assert [key for command in COMMANDS for key in command.keys if parse_keys(key) != key] == []


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_a_preset_binds_each_key_once_and_every_command_to_a_key(preset: str) -> None:
    found = parse_settings("config.toml", f'preset = "{preset}"'.encode())
    assert (found.errors, found.overridden_keys) == ((), ())
    assert set(PRESETS[preset]) <= COMMAND_IDS
    keys = [(command.pane, key) for command in found.keymap.commands for key in command.keys]
    assert sorted(keys) == sorted(set(keys))
    assert [command.id for command in found.keymap.commands if not command.keys] == []


def test_a_key_given_to_another_command_is_removed_from_its_old_one() -> None:
    found = parse_settings("config.toml", b'[keys]\nmark.star = "r"')
    keys = {command.id: command.keys for command in found.keymap.commands}
    assert (keys["mark.star"], keys["mark.read"]) == (("r",), ())
    assert found.errors == ()
    assert found.overridden_keys == ("r is now bound to mark.star, no longer to mark.read",)
    assert found.keymap.key("mark.read") == "Ctrl-p Read / unread"
    assert found.keymap.bindings_for("triage")["r"] == "triage.read"  # other panes have their own keys


def test_a_sequence_of_two_keys_can_be_bound() -> None:
    found = parse_settings("config.toml", b'[keys]\nmark.status = ["gs", "C-w h", "R"]\n')
    keys = {command.id: command.keys for command in found.keymap.commands}
    assert keys["mark.status"] == ("g s", "ctrl+w h", "R")
    assert keys["move.top"] == ("home",)  # g starts a sequence now
    assert found.errors == ()
    assert found.overridden_keys == ("g now starts a key sequence and is no longer bound to move.top",)
    assert [display_key(key) for key in keys["mark.status"]] == ["gs", "Ctrl-w h", "R"]
    found = parse_settings("config.toml", b'preset = "vim"\n[keys]\nmark.star = "z"\nout.copy = "i"\n')
    assert found.errors == ()
    assert found.overridden_keys == (
        "z is now bound to mark.star, so zz is no longer bound to move.centre",
        "i is now bound to out.copy, no longer to mark.note",
    )
