"""``readlist redo``: redo undone changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.undo_steps import declare_steps, run_steps

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Redo the last undone change, the last N (--steps N), or all up to change N in `readlist history` (--to N). A new
change clears the redo history. On a terminal, redoing more than three changes must be confirmed."""
EXAMPLES = """\
  readlist redo
  readlist redo --steps 3
  readlist redo --to 25
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    declare_steps(parser, "redo N changes (default: 1)", "redo all changes up to change N")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    return run_steps(context, back=False)
