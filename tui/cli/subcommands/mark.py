"""``readlist mark``: set the status of papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.bulk_edit import Messages, run_edit
from tui.cli.paper_args import declare_targets
from tui.model.edit import Edit
from tui.model.mark import Status

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = "Set the status of every matching paper, in one undoable step."
EXAMPLES = """\
  readlist mark --status read id:7f3a91
  readlist mark --status skipped --dry-run cat:cs.NI is:unread
  readlist list is:queued | cut -d' ' -f1 | xargs readlist mark --status reading
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("--status", required=True, choices=[str(status) for status in Status], help="the new status")
    declare_targets(parser)


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    status = Status(context.options.status)
    return run_edit(context, Edit(status=status), Messages(f"marked {{}} {status}", f"would mark {{}} {status}"))
