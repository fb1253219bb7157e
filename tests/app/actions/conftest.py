"""A workspace on a small reading list, and a user interface that records what is asked."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.app.recording_ui import RecordingUi
from tui.app.command_runner import run_command
from tui.app.hints import Hints
from tui.app.workspace import Workspace
from tui.session.session import Session
from tui.settings.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.paths import Paths

    Run = Callable[..., None]


@pytest.fixture
def workspace(home: Paths) -> Iterator[Workspace]:
    opened = Workspace(Settings())
    session = Session.open_store(home)
    opened.open(session)
    yield opened
    session.close()


@pytest.fixture
def ui() -> RecordingUi:
    return RecordingUi()


@pytest.fixture
def programs_awaited(ui: RecordingUi, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user interface waits for the programs that it starts."""
    monkeypatch.setattr(ui, "watch", asyncio.run)


@pytest.fixture
def run(workspace: Workspace, ui: RecordingUi) -> Run:
    """Run commands by their ids, one after the other."""
    hints = Hints(workspace)

    def commands(*ids: str, key: str = "") -> None:
        for command_id in ids:
            run_command(workspace, ui, hints, command_id, key)

    return commands
