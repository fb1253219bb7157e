"""The clipboard, from inside a terminal: OSC 52, and tmux's own buffer where the program runs in tmux."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

_TMUX_PATIENCE = 2.0  # seconds


def copy(app: App[object], text: str, *, in_tmux: bool) -> str:
    """Copy text; returns by which way, for the status line.

    The terminal is asked with OSC 52, which works over ssh. tmux swallows that unless told otherwise, so there its
    buffer is loaded as well, with the wish to pass it on.

    Args:
        app: the running app.
        text: what to copy.
        in_tmux: whether the program runs inside tmux.
    """
    app.copy_to_clipboard(text)
    tmux = shutil.which("tmux") if in_tmux else None
    if tmux is None:
        return "through the terminal (OSC 52)"
    loaded = subprocess.run(  # noqa: S603 - an argument list, no shell
        [tmux, "load-buffer", "-w", "-"],
        input=text.encode(errors="replace"),
        capture_output=True,
        timeout=_TMUX_PATIENCE,
        check=False,
    )
    return "to the tmux buffer and the terminal" if loaded.returncode == 0 else "through the terminal (OSC 52)"
