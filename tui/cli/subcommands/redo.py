"""``readlist redo``: do again what was taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.undo_steps import declare_steps, run_steps

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Do again the latest step that was taken back, the latest N (--steps N), or all up to step N of `readlist history`
(--to N). A new change ends what can be redone. On a terminal, more than three are listed, and asked about."""
EXAMPLES = """\
  readlist redo
  readlist redo --steps 3
  readlist redo --to 25
"""


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    declare_steps(parser, "how many steps to do again; 1 when left out", "do again all steps up to this one")


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    return run_steps(call, back=False)
