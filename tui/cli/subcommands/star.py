"""``readlist star``: the star of papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.bulk_edit import Messages, run_edit
from tui.cli.paper_args import declare_targets
from tui.model.edit import Edit

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = "Set the star of every paper that answers, or clear it with --off, as one step."
EXAMPLES = """\
  readlist star title:cachegen
  readlist star --off is:starred is:read
"""


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument("--off", action="store_true", help="clear the star instead")
    declare_targets(parser)


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    if call.options.off:
        return run_edit(call, Edit(starred=False), Messages("cleared the star of {}", "would clear the star of {}"))
    return run_edit(call, Edit(starred=True), Messages("starred {}", "would star {}"))
