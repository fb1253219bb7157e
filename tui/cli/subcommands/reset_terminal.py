"""``readlist reset-terminal``: repair a terminal after the screen was killed. Opens no store."""

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
Repair a terminal left unusable because readlist was killed (kill -9): leave the alternate screen, turn off mouse,
paste and focus reporting, show the cursor and turn echo on. You may have to type the command without seeing it."""
EXAMPLES = """\
  readlist reset-terminal
"""


def declare_arguments(_: SubcommandParser) -> None:
    """No arguments."""


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    streams = [stream for stream in (sys.stdout, sys.stderr, sys.stdin) if stream is not None and stream.isatty()]
    if not streams:
        raise UsageError("there is no terminal to repair", "run it in the terminal itself, without redirection")
    terminal = streams[0].fileno()
    context.output.flush()
    try:
        reset_to_sane(terminal)
        os.write(terminal, RESET_SEQUENCES.encode())
    except (OSError, termios.error) as error:
        raise WriteError(
            f"cannot reset the terminal: {os.strerror(error.args[0]).lower()}", "close it and open another one"
        ) from None
    return 0
