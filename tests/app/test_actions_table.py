"""Every command has an action, and every action has a command."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest
from textual.binding import Binding

from tui.app.actions.registry import ACTIONS
from tui.app.bindings import main_bindings
from tui.app.screens import duplicates, triage
from tui.commands import COMMANDS
from tui.keymap import DEFAULT_KEYS
from tui.settings.settings import TRIAGE_ACTIONS

if TYPE_CHECKING:
    from types import ModuleType


def test_the_commands_of_the_main_screen_are_those_with_an_action() -> None:
    assert {command.id for command in COMMANDS if command.pane in {"", "filter", "detail"}} == set(ACTIONS)


@pytest.mark.parametrize(("pane", "screen"), [("triage", triage), ("pairs", duplicates)])
def test_a_screen_handles_all_its_commands(pane: str, screen: ModuleType) -> None:
    source = inspect.getsource(screen)
    decisions = {f"triage.{action.name}" for action in TRIAGE_ACTIONS}  # handled by one function
    expected = [command.id for command in COMMANDS if command.pane == pane and command.id not in decisions]
    assert [name for name in expected if f'"{name}"' not in source] == []


def test_every_key_of_the_main_screen_is_bound_once_in_its_pane() -> None:
    bound = [
        (str(binding.id), binding.key) for binding in main_bindings(DEFAULT_KEYS) if isinstance(binding, Binding)
    ]
    assert sorted(bound) == sorted(
        (each.id, key) for each in COMMANDS if each.id in ACTIONS for key in each.keys if " " not in key
    )
