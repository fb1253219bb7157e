"""``readlist star``: star or unstar papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.bulk_edit import Messages, run_edit
from tui.cli.paper_args import declare_targets
from tui.model.edit import Edit

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = "Star every matching paper, or unstar it with --off, in one undo step."
EXAMPLES = """\
  readlist star title:cachegen
  readlist star --off is:starred is:read
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("--off", action="store_true", help="remove the star instead")
    declare_targets(parser)


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    if context.options.off:
        return run_edit(context, Edit(starred=False), Messages("unstarred {}", "would unstar {}"))
    return run_edit(context, Edit(starred=True), Messages("starred {}", "would star {}"))
