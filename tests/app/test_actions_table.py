"""Every command has an action, and every action has a command."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest
from textual.binding import Binding

from tui.app.actions.registry import ACTIONS, find_action
from tui.app.bindings import main_bindings
from tui.app.screens.duplicates import DuplicatesScreen
from tui.app.screens.triage import TriageScreen
from tui.commands import COMMANDS
from tui.keymap import DEFAULT_KEYS
from tui.settings.settings import TRIAGE_ACTIONS


def test_every_command_of_the_main_screen_has_an_action() -> None:
    assert {command.id for command in COMMANDS if command.on_main_screen} <= set(ACTIONS)


@pytest.mark.parametrize("command", ACTIONS)
def test_an_action_is_a_public_function_of_its_module(command: str) -> None:
    named = next(each.action for each in COMMANDS if each.id == command)
    action = find_action(named)
    assert inspect.isfunction(action)
    assert not action.__name__.startswith("_")
    assert list(inspect.signature(action).parameters) == ["workspace", "ui"]
    assert f"{action.__module__}.{action.__name__}" == f"tui.app.actions.{named}"


def test_the_module_of_an_action_is_imported_when_it_runs() -> None:
    program = "import sys, tui.app.actions.registry; print('tui.app.actions.import_' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize("command", [each.id for each in COMMANDS if each.screen_method])
def test_a_command_without_a_function_is_a_method_of_its_screen(command: str) -> None:
    (row,) = (each for each in COMMANDS if each.id == command)
    screen = {"triage": TriageScreen, "pairs": DuplicatesScreen}[row.pane]
    decides = row.screen_method == "decide"
    assert decides == (command in {f"triage.{action.name}" for action in TRIAGE_ACTIONS})
    method = vars(screen)[row.screen_method]
    assert list(inspect.signature(method).parameters) == ["self", *(["name"] if decides else [])]


def test_every_key_of_the_main_screen_is_bound_once_in_its_pane() -> None:
    bound = [
        (str(binding.id), binding.key) for binding in main_bindings(DEFAULT_KEYS) if isinstance(binding, Binding)
    ]
    assert sorted(bound) == sorted(
        (each.id, key) for each in COMMANDS if each.on_main_screen for key in each.keys if " " not in key
    )
