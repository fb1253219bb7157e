"""After a bug anywhere in the program, the terminal is restored, three lines are printed, and the log quotes no note."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

import pytest

from tui.app.actions.registry import ACTIONS
from tui.commands import COMMANDS

if TYPE_CHECKING:
    from tests.reliability.conftest import Starter, Terminal

NOTE = "nobody's business"
FRAME = """
import sys
import textual.app
from tui.app.actions.registry import ACTIONS
from tui.app.screens.main_screen import MainScreen
from tui.app.widgets.paper_list import PaperList
from tui.app.widgets.query_line import QueryLine
from tui.app.terminal.driver import Driver
def stumble(*_, **__):
    note = {text!r}
    raise KeyError(note)
{where}
from tui.__main__ import main
sys.exit(main())
"""
PLACES = {
    "an action": "ACTIONS['move.bottom'] = stumble",
    "a handler": (
        "MainScreen.on_query_line_edited = stumble\n"
        "ACTIONS['move.bottom'] = lambda workspace, ui: ui._screen.post_message(QueryLine.Edited('x'))"
    ),
    "a timer": "ACTIONS['move.bottom'] = lambda workspace, ui: ui._screen.set_timer(0.01, stumble)",
    "a worker": "ACTIONS['move.bottom'] = lambda workspace, ui: ui._screen.run_worker(stumble, thread=True)",
    "drawing": "ACTIONS['move.bottom'] = lambda workspace, ui: setattr(PaperList, 'draw', stumble) or ui._screen.papers.refresh()",
    "reading keys": "ACTIONS['move.bottom'] = lambda workspace, ui: setattr(Driver, 'process_message', stumble)",
    "Textual giving up": "ACTIONS['move.bottom'] = lambda workspace, ui: ui._screen.app.panic('it was', 'too much')",
}


def check(terminal: Terminal, start: Starter, *, starred: int = 1) -> None:
    """Check what must hold after any bug, and that so many papers are starred."""
    terminal.type("G")
    terminal.rest(0.2)
    if not terminal.has_ended():
        terminal.type("j")
    assert terminal.end() == 70
    assert terminal.left_on() == []
    output = re.split(rb"\x1b\[[\d;?<>]*[a-zA-Z]", terminal.output)[-1].decode().split("\r\n")
    # The terminal itself echoes a key that was typed when the program had just ended.
    assert [line[:2] for line in output if line not in {"", "j"}] == ["re", "  ", "  "], output
    assert NOTE not in "\n".join(output)
    logs = list((start.home / "data").glob("crash-*.log"))
    assert len(logs) == 1
    assert stat.S_IMODE(logs[0].stat().st_mode) == 0o600
    assert NOTE not in logs[0].read_text(encoding="utf-8")
    if b"KeyError" in terminal.output:
        assert "in stumble" in logs[0].read_text(encoding="utf-8")
    assert start.kept()[1] == starred


@pytest.mark.parametrize("place", PLACES)
def test_a_bug_restores_the_terminal_and_is_logged(place: str, start: Starter) -> None:
    terminal = start.script(FRAME.format(text=NOTE, where=PLACES[place]))
    terminal.shows(" of 30")
    terminal.type("b")
    terminal.shows("★")
    terminal.rest()
    check(terminal, start)


@pytest.mark.slow
@pytest.mark.parametrize("command", [command for command in COMMANDS if not command.pane], ids=lambda c: c.id)
def test_a_bug_in_any_command_restores_the_terminal(command: object, start: Starter) -> None:
    name = getattr(command, "id", "")
    assert name in ACTIONS
    # Some commands have nothing to do in this list.
    where = (
        "from tui.app import command_runner; command_runner.disabled_reason = lambda *_, **__: None; "
        f"ACTIONS[{name!r}] = stumble; ACTIONS['move.bottom'] = lambda workspace, ui: ui.run_command({name!r})"
    )
    if name == "move.bottom":
        where = PLACES["an action"]
    terminal = start.script(FRAME.format(text=NOTE, where=where))
    terminal.shows(" of 30")
    if name != "mark.star":
        terminal.type("b")
        terminal.shows("★")
    terminal.rest()
    check(terminal, start, starred=int(name != "mark.star"))
