"""Actions: run commands of the user's own on the selection. The screen never waits for a program."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tui.app.actions.bulk_confirmation import confirm
from tui.app.message_text import error_text
from tui.app.ui import Option
from tui.commands import display_key
from tui.errors import ReadlistError, UsageError, WriteError
from tui.session.paper_files import PaperFiles
from tui.session.user_commands import Program, program_calls, runs_for_each
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.session.user_commands import Finished

_CONFIRM_ABOVE = 20  # programs
_PAUSE = 0.05  # seconds between looks at a program
_PATIENCE = 1.0  # seconds until the status line says that a program is running
_MOST_SHOWN = 300  # characters of its output


def choose(workspace: Workspace, ui: Ui) -> None:
    """Choose one of the user's own commands.

    Raises:
        UsageError: none is set.
    """
    names = list(workspace.settings.commands)
    if not names:
        raise UsageError("you have no commands of your own", "define them under [commands.NAME] in the settings")
    keys = {name: workspace.keys.command(f"own.{name}").keys for name in names}
    options = [Option(name, name, " ".join(map(display_key, keys[name]))) for name in names]
    ui.choose("Run", options, lambda name: workspace.guarded(lambda: run(name, workspace, ui)))


def run(name: str, workspace: Workspace, ui: Ui) -> None:
    """Run a command on the selection or the current paper.

    Args:
        name: its name in the settings.
        workspace: the workspace.
        ui: the user interface.
    """
    ids = workspace.targets()
    runs = len(ids) if runs_for_each(workspace.settings.commands[name]) else 1
    if runs > _CONFIRM_ABOVE:
        question = f"Run {name} {runs} times?"
        confirm(ui, question, lambda: workspace.guarded(lambda: _start(workspace, ui, name, ids)))
    else:
        _start(workspace, ui, name, ids)


def _start(workspace: Workspace, ui: Ui, name: str, ids: Sequence[str]) -> None:
    session, arguments = workspace.session, workspace.settings.commands[name]
    records = [session.exports.record(paper_id) for paper_id in ids]
    try:
        folder = tempfile.TemporaryDirectory(prefix="readlist-")
    except OSError as error:
        raise WriteError(f"cannot create a temporary folder: {(error.strerror or str(error)).lower()}") from None
    try:
        calls = program_calls(arguments, records, PaperFiles(session).first_pdf, Path(folder.name))
    except ReadlistError:
        folder.cleanup()
        raise

    async def watch() -> None:
        with folder:
            try:
                for call in calls:
                    finished = await _finish(workspace, name, Program(call, apart=True))
                    if finished.failure:
                        break
            except ReadlistError as error:
                workspace.show_message(error_text(error), error=True)
                return
        said = _last_line(finished.output)
        if finished.failure:
            workspace.show_message(f"{name} {finished.failure}{f': {said}' if said else ''}", error=True)
        else:
            workspace.show_message(f"{name}: {said}" if said else f"{name} ran on {pluralise(len(ids))}")

    ui.watch(watch())


async def _finish(workspace: Workspace, name: str, program: Program) -> Finished:
    waited = 0.0
    while (finished := program.poll()) is None:
        await asyncio.sleep(_PAUSE)
        if waited <= _PATIENCE < waited + _PAUSE:
            workspace.show_message(f"{name} is running …")
        waited += _PAUSE
    return finished


def _last_line(output: str) -> str:
    """The last line of an output that is not empty, shortened."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1][:_MOST_SHOWN] if lines else ""
