"""``readlist reset-terminal``: mend a terminal that a killed screen left behind. Opens no store."""

from __future__ import annotations

import os
import sys
import termios
from typing import TYPE_CHECKING

from tui.errors import UsageError, WriteError
from tui.terminal_modes import RESET_SEQUENCES, reset_to_sane

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Mend a terminal that was left unusable because the screen was killed outright (kill -9): leave the alternate screen,
stop reports of mouse, paste and focus, show the cursor, and let keys be seen again. You may have to type it blind."""
EXAMPLES = """\
  readlist reset-terminal
"""


def arguments(_: SubcommandParser) -> None:
    """Declare nothing: there is nothing to choose."""


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    streams = [stream for stream in (sys.stdout, sys.stderr, sys.stdin) if stream is not None and stream.isatty()]
    if not streams:
        raise UsageError("there is no terminal to mend", "run it in the terminal itself, without redirection")
    terminal = streams[0].fileno()
    call.output.flush()
    try:
        reset_to_sane(terminal)
        os.write(terminal, RESET_SEQUENCES.encode())
    except (OSError, termios.error) as fault:
        raise WriteError(f"the terminal does not take it: {fault}", "close it, and open another") from None
    return 0
