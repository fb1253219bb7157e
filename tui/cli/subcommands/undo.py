"""``readlist undo``: take steps back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.undo_steps import declare_steps, run_steps

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Take back the latest step, the latest N (--steps N), or all after step N of `readlist history` (--to N), whether they
were made on the screen or here, and however long ago. On a terminal, more than three are listed, and asked about."""
EXAMPLES = """\
  readlist undo
  readlist undo --steps 3
  readlist undo --to 25
"""


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    declare_steps(
        parser, "how many steps to take back; 1 when left out", "take back all steps after this one; 0: all"
    )


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    return run_steps(call, back=True)
