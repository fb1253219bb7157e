"""``readlist mark``: set the status of papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.bulk_edit import Messages, run_edit
from tui.cli.paper_args import declare_targets
from tui.errors import UsageError
from tui.model.edit import Edit
from tui.model.mark import Status
from tui.text.typos import did_you_mean

if TYPE_CHECKING:
    from argparse import Namespace

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Set the status of every matching paper, in one undoable step. The status is the first argument or the value of
--status."""
EXAMPLES = """\
  readlist mark read id:7f3a91
  readlist mark --status skipped --dry-run cat:cs.NI is:unread
  readlist list is:queued | cut -d' ' -f1 | xargs readlist mark --status reading
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("--status", choices=[str(status) for status in Status], help="the new status")
    declare_targets(parser)
    parser.leading_words = tuple(map(str, Status))


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    status = _status(context.options)
    return run_edit(context, Edit(status=status), Messages(f"marked {{}} {status}", f"would mark {{}} {status}"))


def _status(options: Namespace) -> Status:
    """The status named by ``--status``, or by the first argument, which is then taken off the query.

    Raises:
        UsageError: neither names a status.
    """
    if options.status is not None:
        return Status(options.status)
    statuses = [str(status) for status in Status]
    first = options.query[0] if options.query else ""
    if first.lower() not in statuses:
        name = f"{first!r} is not a status" if first else "no status given"
        raise UsageError(name, did_you_mean(first, statuses) or f"use one of {', '.join(statuses)}")
    del options.query[0]
    return Status(first.lower())
