"""The clipboard, from inside a terminal: OSC 52, and tmux's own buffer where the program runs in tmux."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

from tui.errors import UsageError

if TYPE_CHECKING:
    from textual.app import App

_TMUX_PATIENCE = 2.0  # seconds
_MOST = 100_000  # bytes: what terminals take in one sequence
# A newline and a tab are text; all else of the kind could steer the program it is pasted into.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def pasteable(text: str) -> str:
    """Text for the clipboard: without control characters, and no longer than terminals take."""
    return _unsteering(text).encode()[:_MOST].decode(errors="ignore")


def copy(app: App[object], text: str, *, in_tmux: bool) -> str:
    """Copy text; returns by which way, for the status line.

    The terminal is asked with OSC 52, which works over ssh. tmux swallows that unless told otherwise, so there its
    buffer is loaded as well, with the wish to pass it on.

    Args:
        app: the running app.
        text: what to copy.
        in_tmux: whether the program runs inside tmux.

    Raises:
        UsageError: it is more than terminals take.
    """
    text = _unsteering(text)
    if len(text.encode()) > _MOST:
        raise UsageError("that is too much for the clipboard of a terminal", "x writes it to a file")
    app.copy_to_clipboard(text)
    tmux = shutil.which("tmux") if in_tmux else None
    if tmux is None:
        return "through the terminal (OSC 52)"
    loaded = subprocess.run(  # noqa: S603 - an argument list, no shell
        [tmux, "load-buffer", "-w", "-"],
        input=text.encode(),
        capture_output=True,
        timeout=_TMUX_PATIENCE,
        check=False,
    )
    return "to the tmux buffer and the terminal" if loaded.returncode == 0 else "through the terminal (OSC 52)"


def _unsteering(text: str) -> str:
    return _STEERING.sub("", text)
