"""The clipboard, from inside a terminal: asked of the terminal itself, and of the programs there are for it."""

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

_PATIENCE = 2.0  # seconds that a program gets to take the text
_MOST = 100_000  # bytes: what terminals take in one sequence
_DUMB = frozenset({"", "dumb", "linux", "vt100", "vt220"})  # terminals that have no clipboard
# A newline and a tab are text; all else of the kind could steer the program it is pasted into.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def pasteable(text: str) -> str:
    """Text for the clipboard: without control characters, and no longer than terminals take."""
    return _without_controls(text).encode()[:_MOST].decode(errors="ignore")


def copy(app: App[object], text: str, *, programs: Sequence[Sequence[str]], terminal: str, fallback: Path) -> str:
    """Copy text; returns by which way, for the status line.

    The terminal is asked with OSC 52, which works over ssh and is never answered. tmux swallows that unless told
    otherwise, and some terminals know nothing of it; so the first of the programs that is there gets the text, too.
    Where neither can be, the text is written to a file.

    Args:
        app: the running app.
        text: what to copy.
        programs: command lines that take text for the clipboard.
        terminal: the value of ``TERM``.
        last_resort: the file to write to where there is no clipboard at all.

    Raises:
        UsageError: there is no clipboard, and the file cannot be written.
    """
    text = _without_controls(text)
    fits = len(text.encode()) <= _MOST
    if fits:
        app.copy_to_clipboard(text)
    asked = fits and terminal not in _DUMB
    taken = next((program[0] for program in programs if _pipe_to(program, text)), None)
    if taken is None and asked:
        return "through the terminal (OSC 52)"
    if taken is not None:
        return f"with {taken}" + (" and through the terminal" if asked else "")
    try:
        # Taken away first: a link of that name must not lead the text to another file.
        fallback.unlink(missing_ok=True)
        with fallback.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"there is no clipboard here, and {fallback}: {error.strerror}", "x exports") from None
    return f"to the file {fallback}, for want of a clipboard"


def _pipe_to(program: Sequence[str], text: str) -> bool:
    """Whether a program is there, and took the text."""
    path = shutil.which(program[0])
    if path is None:
        return False
    with suppress(OSError, subprocess.TimeoutExpired):
        # Nothing of its output is read: xclip stays to serve the text, and would hold a pipe open.
        done = subprocess.run(  # noqa: S603 - an argument list, no shell
            [path, *program[1:]],
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
        return done.returncode == 0
    return False


def _without_controls(text: str) -> str:
    return _STEERING.sub("", text)
