"""Commands of the user's own on the screen: run on the selection beside the keys, reported in the status line."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from tui.app.actions.registry import ACTIONS
from tui.app.workspace import Workspace
from tui.session.session import Session
from tui.settings.loader import parse_settings
from tui.settings.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.app.recording_ui import RecordingUi
    from tui.paths import Paths

    Run = Callable[..., None]

pytestmark = pytest.mark.usefixtures("programs_awaited")
PROGRAMS = {
    "count": "import json, sys; print('so', len(json.load(sys.stdin)), 'papers\\n\\n')",
    "quiet": "",
    "fails": "import sys; print('it is \\x1b[31mbroken'); sys.exit(5)",
}


@pytest.fixture
def workspace(home: Paths) -> Iterator[Workspace]:
    tables = [
        f"[commands.{name}]\nrun = {json.dumps([sys.executable, '-c', code])}\n" for name, code in PROGRAMS.items()
    ]
    tables += [
        '[commands."o\'clock"]\nrun = ["/no/such"]\nkey = "ctrl+o"\n',
        '[commands.doi]\nrun = ["x", "{doi}"]\n',
    ]
    each = json.dumps([sys.executable, "-c", "import sys; print(sys.argv[1][:9])", "{title}"])
    settings = parse_settings("config.toml", "".join([*tables, f"[commands.each]\nrun = {each}"]).encode())
    assert settings.errors == ()
    opened = Workspace(settings)
    session = Session.open_store(home)
    opened.open(session)
    yield opened
    session.close()


def message(workspace: Workspace) -> tuple[str, bool]:
    return workspace.messages.current.text, workspace.messages.current.is_error


def test_the_selection_is_on_standard_input_and_the_last_line_is_shown(workspace: Workspace, run: Run) -> None:
    run("own.count")
    assert message(workspace) == ("count: so 1 papers", False)
    run("select.toggle", "select.toggle", "own.count")
    assert message(workspace) == ("count: so 2 papers", False)
    run("own.quiet")
    assert message(workspace) == ("quiet ran on 2 papers", False)
    assert workspace.session.edits.history(1) == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("fails", "fails exited with status 5: it is \x1b[31mbroken"),
        ("o'clock", "Cannot run /no/such: no such file or directory. Check its name in the settings."),
        ("doi", "has no doi. Nothing was run."),
    ],
)
def test_what_fails_is_one_sentence(name: str, text: str, workspace: Workspace, run: Run) -> None:
    run(f"own.{name}")
    shown, is_error = message(workspace)
    assert is_error
    assert text in shown


def test_many_runs_are_confirmed(
    workspace: Workspace, ui: RecordingUi, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.app.actions.own_commands._CONFIRM_ABOVE", 5)
    run("select.all", "own.each")
    assert ui.title == f"Run each {workspace.papers.count} times?"
    ui.pick("no")
    assert message(workspace)[0] == ""
    workspace.selection.put(())
    run("own.each")
    assert message(workspace)[0] == f"each: {workspace.papers.current and title(workspace)[:9].strip()}"


def title(workspace: Workspace) -> str:
    entry = workspace.current_entry()
    assert entry is not None
    return entry.paper.title or ""


def test_a_command_is_chosen_from_a_list_and_has_its_key(workspace: Workspace, ui: RecordingUi, run: Run) -> None:
    assert workspace.keys.command_of("ctrl+o") == workspace.keys.command("own.o'clock")
    assert "ctrl+o" not in workspace.keys.command("find.back").keys
    run("own.choose")
    assert [(option.value, option.detail) for option in ui.options][3] == ("o'clock", "Ctrl-o")
    ui.pick("doi")
    assert "has no doi" in message(workspace)[0]
    ui.pick("count")
    assert message(workspace) == ("count: so 1 papers", False)


def test_a_served_screen_starts_nothing(workspace: Workspace, ui: RecordingUi, run: Run) -> None:
    ui.host.is_web = True
    run("own.count")
    assert message(workspace) == ("a browser cannot start programs", True)


def test_without_commands_the_message_says_where_to_set_them(home: Paths, ui: RecordingUi) -> None:
    opened = Workspace(Settings())
    session = Session.open_store(home)
    opened.open(session)
    opened.guarded(lambda: ACTIONS["own.choose"](opened, ui))
    session.close()
    assert message(opened) == (
        "You have no commands of your own. Define them under [commands.NAME] in the settings.",
        True,
    )
