"""Every command of the table does something, and every action has its command."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest
from textual.binding import Binding

from tui.app.actions.registry import ACTIONS
from tui.app.bindings import desk_bindings
from tui.app.screens import duplicates, triage
from tui.commands import COMMANDS
from tui.keymap import DEFAULT_KEYS
from tui.settings.settings import TRIAGE_ACTIONS

if TYPE_CHECKING:
    from types import ModuleType


def test_every_command_of_the_desk_has_its_action_and_the_other_way_round() -> None:
    assert {command.id for command in COMMANDS if command.pane in {"", "filter", "detail"}} == set(ACTIONS)


@pytest.mark.parametrize(("pane", "screen"), [("triage", triage), ("pairs", duplicates)])
def test_every_command_of_a_screen_is_known_to_it(pane: str, screen: ModuleType) -> None:
    source = inspect.getsource(screen)
    verbs = {f"triage.{verb.name}" for verb in TRIAGE_ACTIONS}  # one function does all of these
    known = [command.id for command in COMMANDS if command.pane == pane and command.id not in verbs]
    assert [name for name in known if f'"{name}"' not in source] == []


def test_every_key_of_the_desk_is_bound_once_in_its_pane() -> None:
    bound = [
        (str(binding.id), binding.key) for binding in desk_bindings(DEFAULT_KEYS) if isinstance(binding, Binding)
    ]
    assert sorted(bound) == sorted((each.id, key) for each in COMMANDS if each.id in ACTIONS for key in each.keys)
