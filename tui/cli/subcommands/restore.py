"""``readlist restore``: restore removed papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.bulk_edit import Messages, run_edit
from tui.cli.paper_args import declare_targets, removed_ids
from tui.model.edit import Edit

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = "Restore the removed papers that match, with their tags and notes, in one undo step."
EXAMPLES = """\
  readlist list is:removed
  readlist restore id:7f3a91
  readlist restore --all
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    declare_targets(parser)


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    return run_edit(context, Edit(removed=False), Messages("restored {}", "would restore {}"), removed_ids)
