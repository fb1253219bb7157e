"""Copy text from a terminal: with OSC 52 and with the clipboard programs of the system."""

from __future__ import annotations

import re
import shutil
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.app import App

_TIMEOUT = 2.0  # seconds for a program to read the text
_MAX_OSC52 = 100_000  # bytes that terminals accept in one sequence
_DUMB = frozenset({"", "dumb", "linux", "vt100", "vt220"})  # values of TERM without a clipboard
# All control characters but newline and tab: they could control the program the text is pasted into.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def pasteable(text: str) -> str:
    """Text for OSC 52: without control characters, and no longer than terminals accept."""
    return _without_controls(text).encode()[:_MAX_OSC52].decode(errors="ignore")


def copy(app: App[object], text: str, *, programs: Sequence[Sequence[str]], terminal: str, fallback: Path) -> str:
    """Copy text; returns how, for the status line.

    OSC 52 asks the terminal, works over ssh and has no reply. tmux ignores it by default and some terminals do not
    support it, so the first installed program gets the text as well. If neither is possible, the text is written to a
    file.

    Args:
        app: the running app.
        text: what to copy.
        programs: command lines of clipboard programs that read standard input.
        terminal: the value of ``TERM``.
        fallback: the file to write if there is no clipboard.

    Raises:
        UsageError: no clipboard is available, and the file cannot be written.
    """
    text = _without_controls(text)
    fits = len(text.encode()) <= _MAX_OSC52
    if fits:
        app.copy_to_clipboard(text)
    asked = fits and terminal not in _DUMB
    used = next((program[0] for program in programs if _pipe_to(program, text)), None)
    if used is None and asked:
        return "through the terminal (OSC 52)"
    if used is not None:
        return f"with {used}" + (" and through the terminal" if asked else "")
    try:
        # Removed first: a symbolic link of that name must not redirect the text to another file.
        fallback.unlink(missing_ok=True)
        with fallback.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(
            f"no clipboard available, and {fallback} cannot be written: {error.strerror}", "export with x instead"
        ) from None
    return f"to {fallback} (no clipboard available)"


def _pipe_to(program: Sequence[str], text: str) -> bool:
    """Pipe the text to a program; returns whether it is installed and succeeded."""
    path = shutil.which(program[0])
    if path is None:
        return False
    with suppress(OSError, subprocess.TimeoutExpired):
        # No output is read: xclip keeps running to serve the text and would keep the pipe open.
        done = subprocess.run(  # noqa: S603 - an argument list, no shell
            [path, *program[1:]],
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_TIMEOUT,
            check=False,
        )
        return done.returncode == 0
    return False


def _without_controls(text: str) -> str:
    return _CONTROLS.sub("", text)
