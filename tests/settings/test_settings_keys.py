"""Keys as people write them, presets, and who has a key that two want."""

from __future__ import annotations

import pytest

from tui.commands import COMMANDS, display_key
from tui.settings.key_names import InvalidKeyError, parse_key
from tui.settings.loader import parse_settings
from tui.settings.presets import PRESETS

KNOWN = {command.id for command in COMMANDS}


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("a", "a"), ("R", "R"), ("/", "slash"), ("?", "question_mark"), (".", "full_stop"), ("+", "plus"),
        ("-", "minus"), ("[", "left_square_bracket"), ("space", "space"), (" ", "space"), ("Esc", "escape"),
        ("ctrl+r", "ctrl+r"), ("C-r", "ctrl+r"), ("<C-R>", "ctrl+r"), ("^R", "ctrl+r"), ("Ctrl-R", "ctrl+r"),
        ("shift+tab", "shift+tab"), ("S-Tab", "shift+tab"), ("shift+r", "R"), ("F5", "f5"), ("PgDn", "pagedown"),
        ("M-x", "alt+x"), ("ctrl+left", "ctrl+left"), ("ctrl+i", "tab"), ("Enter", "enter"), ("slash", "slash"),
        ("C-/", "ctrl+slash"), ("é", "é"), ("^", "circumflex_accent"), ("Page Up", "pageup"),
    ],
)  # fmt: skip
def test_a_key_may_be_written_in_many_ways(written: str, key: str) -> None:
    assert parse_key(written) == key


@pytest.mark.parametrize("written", ["", "gg", "ctrl+", "f25", "entre", "ctrl+shft+x", "\x07"])
def test_what_is_no_key_says_so(written: str) -> None:
    with pytest.raises(InvalidKeyError):
        parse_key(written)


def test_every_key_of_the_table_is_known_by_its_name() -> None:
    assert [key for command in COMMANDS for key in command.keys if parse_key(key) != key] == []


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_a_preset_gives_each_key_once_and_leaves_no_command_without_one(preset: str) -> None:
    found = parse_settings("config.toml", f'preset = "{preset}"'.encode())
    assert (found.errors, found.hints_for_settings) == ((), ())
    assert set(PRESETS[preset]) <= KNOWN
    keys = [(command.pane, key) for command in found.keymap.commands for key in command.keys]
    assert sorted(keys) == sorted(set(keys))
    assert [command.id for command in found.keymap.commands if not command.keys] == []


def test_a_key_that_a_person_gives_away_leaves_the_command_that_had_it() -> None:
    found = parse_settings("config.toml", b'[keys]\nmark.star = "r"')
    keys = {command.id: command.keys for command in found.keymap.commands}
    assert (keys["mark.star"], keys["mark.read"]) == (("r",), ())
    assert found.errors == ()
    assert found.hints_for_settings == ("r is mark.star now, and no more mark.read",)
    assert found.keymap.key("mark.read") == "Ctrl-p Read / unread"
    assert found.keymap.bindings_for("triage")["r"] == "triage.read"  # another pane has keys of its own


def test_two_keys_in_a_row_are_a_key_of_their_own() -> None:
    found = parse_settings("config.toml", b'[keys]\nmark.status = ["gs", "C-w h", "R"]\n')
    keys = {command.id: command.keys for command in found.keymap.commands}
    assert keys["mark.status"] == ("g s", "ctrl+w h", "R")
    assert keys["move.top"] == ("home",)  # g begins two keys now
    assert found.errors == ()
    assert found.hints_for_settings == ("g begins two keys in a row now, and is no more move.top",)
    assert [display_key(key) for key in keys["mark.status"]] == ["gs", "Ctrl-w h", "R"]
    found = parse_settings("config.toml", b'preset = "vim"\n[keys]\nmark.star = "z"\nout.copy = "i"\n')
    assert found.errors == ()
    assert found.hints_for_settings == (
        "z is mark.star now, and zz no more move.centre",
        "i is out.copy now, and no more mark.note",
    )
