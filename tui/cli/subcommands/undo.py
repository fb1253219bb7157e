"""``readlist undo``: undo changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.undo_steps import declare_steps, run_steps

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Undo the last change, the last N (--steps N), or all after change N in `readlist history` (--to N), whether made on
the screen or on the command line, in this session or an earlier one. On a terminal, undoing more than three
changes must be confirmed."""
EXAMPLES = """\
  readlist undo
  readlist undo --steps 3
  readlist undo --to 25
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    declare_steps(parser, "undo N changes (default: 1)", "undo all changes after change N (0: all changes)")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    return run_steps(context, back=True)
