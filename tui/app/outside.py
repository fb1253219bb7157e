"""The user's own editor, with the terminal handed over and taken back whole."""

from __future__ import annotations

import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import ReadlistError, UsageError
from tui.home import editor

if TYPE_CHECKING:
    from textual.app import App


def edited_outside(app: App[object], text: str) -> str:
    """Let the user edit a text in ``$VISUAL`` or ``$EDITOR``; returns what was saved there.

    Args:
        app: the running app; its screen is suspended meanwhile.
        text: the text to start from.

    Raises:
        UsageError: the editor cannot be started, or reports a failure; nothing is lost, the note stays as it was.
    """
    command = shlex.split(editor()) or ["vi"]
    with tempfile.TemporaryDirectory(prefix="readlist-") as folder:
        file = Path(folder, "note.md")
        file.write_text(text + "\n" if text else "", encoding="utf-8")
        fault: ReadlistError | None = None
        # An exception that leaves the suspended block would leave the terminal suspended for good.
        with app.suspend():
            fault = _run([*command, str(file)])
        if fault is not None:
            raise fault
        return file.read_text(encoding="utf-8", errors="replace")


def _run(command: list[str]) -> UsageError | None:
    try:
        code = subprocess.run(command, check=False).returncode  # noqa: S603 - an argument list, no shell
    except OSError as fault:
        return UsageError(f"the editor {command[0]} cannot be started ({fault.strerror})", "set $VISUAL or $EDITOR")
    if code != 0:
        return UsageError(f"the editor {command[0]} ended with {code}", "the note stays as it was")
    return None
