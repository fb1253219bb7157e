"""Actions: run commands of the user's own on the selection. The screen never waits for a program."""

from __future__ import annotations

import asyncio
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui.app.actions.bulk_confirmation import confirm
from tui.app.message_text import error_text
from tui.app.ui import Option
from tui.commands import display_key
from tui.errors import ReadlistError
from tui.session.paper_files import PaperFiles
from tui.session.user_commands import Program, program_calls
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.session.user_commands import Finished, ProgramCall

_CONFIRM_ABOVE = 20  # programs
_PAUSE = 0.05  # seconds between looks at a program
_PATIENCE = 1.0  # seconds until the status line says that a program is running
_MOST_SHOWN = 300  # characters of its output


def choose(workspace: Workspace, ui: Ui) -> None:
    """Choose one of the user's own commands."""
    names = list(workspace.settings.commands)
    if not names:
        workspace.show_message("no commands of your own; [commands.NAME] in the settings adds one")
        return
    keys = {name: workspace.keys.command(f"own.{name}").keys for name in names}
    options = [Option(name, name, " ".join(map(display_key, keys[name]))) for name in names]
    ui.choose("Run", options, lambda name: run(name, workspace, ui))


def run(name: str, workspace: Workspace, ui: Ui) -> None:
    """Run a command on the selection or the current paper.

    Args:
        name: its name in the settings.
        workspace: the workspace.
        ui: the user interface.
    """
    session, ids = workspace.session, workspace.targets()
    records = [session.exports.record(paper_id) for paper_id in ids]
    folder = tempfile.TemporaryDirectory(prefix="readlist-")
    try:
        arguments = workspace.settings.commands[name]
        calls = program_calls(arguments, records, PaperFiles(session).first_pdf, Path(folder.name))
    except ReadlistError:
        folder.cleanup()
        raise
    start = partial(_start, workspace, ui, name, calls, folder, papers=len(ids))
    if len(calls) > _CONFIRM_ABOVE:
        confirm(ui, f"Run {name} {len(calls)} times?", start)
    else:
        start()


def _start(
    workspace: Workspace,
    ui: Ui,
    name: str,
    calls: Sequence[ProgramCall],
    folder: tempfile.TemporaryDirectory[str],
    *,
    papers: int,
) -> None:
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
            workspace.show_message(f"{name}: {said}" if said else f"{name} ran on {pluralise(papers)}")

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
