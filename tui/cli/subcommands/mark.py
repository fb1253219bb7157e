"""``readlist mark``: the status of papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.bulk_edit import Messages, run_edit
from tui.cli.paper_args import declare_targets
from tui.model.edit import Edit
from tui.model.mark import Status

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = "Set the status of every paper that answers, as one step that `readlist undo` takes back."
EXAMPLES = """\
  readlist mark --status read id:7f3a91
  readlist mark --status skipped --dry-run cat:cs.NI is:unread
  readlist list is:queued | cut -d' ' -f1 | xargs readlist mark --status reading
"""


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument("--status", required=True, choices=[str(status) for status in Status], help="the new status")
    declare_targets(parser)


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    status = Status(call.options.status)
    return run_edit(call, Edit(status=status), Messages(f"marked {{}} {status}", f"would mark {{}} {status}"))
