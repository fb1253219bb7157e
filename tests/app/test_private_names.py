"""Every private name of Textual that the screen relies on, with what breaks without it.

When a new version of Textual fails here, the message says which part of ours to look at. Nothing may be added without a
reason that is better than some milliseconds.
"""

from __future__ import annotations

import ast
import inspect
from importlib import import_module
from pathlib import Path

import pytest
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen
from textual.widget import Widget

ROOT = Path(__file__).resolve().parents[2]
# Where the name is defined or set, the name, and what breaks without it.
USED = [
    (Screen, "_compositor", "tui/app/compositor.py: dialogs show no screen below, and no frame is remembered"),
    (Screen, "_screen_resized", "tui/app/compositor.py: a start lays the screen out four times"),
    (Screen, "_on_screen_resume", "tui/app/compositor.py: a dialog is painted twice"),
    (Screen, "_compositor_refresh", "tui/app/compositor.py: a dialog is painted again for every change below it"),
    (Screen, "_dirty_widgets", "tui/app/compositor.py: as above"),
    (Widget, "_size", "tui/app/compositor.py: the size before a screen is shown"),
    (Widget, "_repaint_required", "tui/app/compositor.py: a dialog is painted twice"),
    (Widget, "_repaint_regions", "tui/app/compositor.py: a key causes two frames"),
    (Widget, "_exchange_repaint_regions", "tui/app/compositor.py: as above"),
    (LinuxDriver, "_file", "tui/app/terminal/driver.py: a terminal that does not read blocks the program"),
    (App, "_disable_notifications", "tui/app/terminal/hardened_app.py: two more widgets in every dialog"),
    (App, "_disable_tooltips", "tui/app/terminal/hardened_app.py: as above"),
    (App, "_broker_event", "tui/app/terminal/hardened_app.py: hostile text could run actions by a click"),
    (App, "_handle_exception", "tui/app/terminal/hardened_app.py: tracebacks with notes in them are printed"),
    (App, "_fatal_error", "tui/app/terminal/hardened_app.py: as above"),
    (App, "_print_error_renderables", "tui/app/terminal/hardened_app.py: as above"),
]
MODULES = {
    "textual._compositor": ("Compositor", "tui/app/compositor.py: the screen is not drawn by regions"),
    "textual._xterm_parser": ("XTermParser", "tui/app/terminal/input_messages.py: no keys"),
}


@pytest.mark.parametrize(("owner", "name", "breaks"), USED, ids=[name for _, name, _ in USED])
def test_a_private_name_is_still_there(owner: type, name: str, breaks: str) -> None:
    sources = "".join(inspect.getsource(each) for each in owner.__mro__ if each.__module__.startswith("textual"))
    assert hasattr(owner, name) or f"self.{name}" in sources, breaks


@pytest.mark.parametrize("module", MODULES)
def test_a_private_module_is_still_there(module: str) -> None:
    name, breaks = MODULES[module]
    assert hasattr(import_module(module), name), breaks


def test_no_other_private_module_is_imported() -> None:
    imported = {
        node.module
        for path in (ROOT / "tui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module
        and node.module.startswith("textual.")
        and "._" in node.module
    }
    assert imported == set(MODULES)
