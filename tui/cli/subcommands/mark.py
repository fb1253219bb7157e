"""``readlist mark``: set status, priority, due date and snooze of papers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tui.cli.bulk_edit import Messages, run_edit
from tui.cli.paper_args import declare_targets
from tui.errors import UsageError
from tui.model.edit import Edit
from tui.model.mark import Status
from tui.model.queue import PRIORITIES, parse_day
from tui.text.typos import did_you_mean

if TYPE_CHECKING:
    from argparse import Namespace

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

_NONE = "none"
DESCRIPTION = """\
Set the status, priority, due date or snooze date of every matching paper, in one undo step. The status is the
first argument or the value of --status. A day is a date such as 2027-03-01, today, tomorrow, a weekday ("friday" or
"fri" means the first Friday after today, "next friday" the Friday of next week), or a period from today: 10d, 2w, 3m,
1y. The value none removes a priority, due date or snooze date."""
EXAMPLES = """\
  readlist mark read id:7f3a91
  readlist mark --priority high --due 2w tag:seminar
  readlist mark --due friday is:starred
  readlist mark --snooze 2027-03-01 tag:later
  readlist mark --status skipped --dry-run cat:cs.NI is:unread
  readlist list sort:priority,due is:queued
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("--status", choices=[str(status) for status in Status], help="the new status")
    parser.add_argument("--priority", choices=[*PRIORITIES, _NONE], help="the priority in the queue")
    parser.add_argument("--due", metavar="DAY", help="the day to read the paper by")
    parser.add_argument("--snooze", metavar="DAY", help="the day until which the paper is hidden from triage")
    declare_targets(parser)
    parser.leading_words = tuple(map(str, Status))


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    options = context.options
    edit = Edit(
        priority="" if options.priority == _NONE else options.priority,
        due=_day(options.due),
        snoozed_until=_day(options.snooze),
    )
    edit = edit._replace(status=_status(options, is_needed=edit == Edit()))
    if edit == Edit(status=edit.status):
        return run_edit(context, edit, Messages(f"marked {{}} {edit.status}", f"would mark {{}} {edit.status}"))
    return run_edit(context, edit, Messages(f"changed {{}} ({edit.label})", f"would change {{}} ({edit.label})"))


def _day(text: str | None) -> str | None:
    if text is None or text == _NONE:
        return None if text is None else ""
    try:
        return parse_day(text, datetime.now().astimezone().date())
    except ValueError as error:
        raise UsageError(str(error)) from None


def _status(options: Namespace, *, is_needed: bool) -> Status | None:
    """The status named by ``--status``, or by the first argument, which is then taken off the query.

    Args:
        options: the parsed arguments.
        is_needed: whether nothing else is to be set; otherwise the first argument may be a query.

    Raises:
        UsageError: neither names a status, and it is needed.
    """
    if options.status is not None:
        return Status(options.status)
    statuses = [str(status) for status in Status]
    first = options.query[0] if options.query else ""
    if first.lower() in statuses:
        del options.query[0]
        return Status(first.lower())
    if not is_needed:
        return None
    name = f"{first!r} is not a status" if first else "nothing to set"
    hint = f"use one of {', '.join(statuses)}, or --priority, --due or --snooze"
    raise UsageError(name, did_you_mean(first, statuses) or hint)
