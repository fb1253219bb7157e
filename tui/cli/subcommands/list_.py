"""``readlist list``: the papers that answer a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import number
from tui.cli.columns import field_line, short_length, table
from tui.cli.paper_args import list_ids
from tui.errors import NothingMatchedError, UsageError

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Print the papers that answer a query, or all of them. On a terminal in columns: status (u unread, q queued,
i in reading, r read, s skipped), star, title, first author, year, category, tags, short id. On a pipe one paper
a line, two blanks between the fields: id, status, star, title, authors, year, category, tags; `-` where empty."""
EXAMPLES = """\
  readlist list diffusion year:2023..
  readlist list --sort year-desc,title --limit 10 is:unread
  readlist list --json tag:nerf | jq -r '.[].title'
  readlist list -- -cat:cs.CV has:code
"""


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument("--json", action="store_true", help="print one array, with everything known of each paper")
    from tui.session.session import Session  # noqa: PLC0415 - the other verbs' parsers need no session

    orders = ", ".join(Session.sorts())
    parser.add_argument(
        "--sort", metavar="F", help=f"orders with commas between, -desc behind one turns it: {orders}"
    )
    parser.add_argument("-n", "--limit", metavar="N", type=number, help="print at most so many papers")
    parser.add_query("what to look for; everything when left out")


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    options, output = call.options, call.output
    if options.limit is not None and options.limit < 1:
        raise UsageError(f"--limit {options.limit} leaves nothing to print", "give a number of at least 1")
    with call.session() as session:
        try:
            ids = list_ids(session, options.query, options.sort, output)[: options.limit]
        except NothingMatchedError:
            if options.json:
                output.json([])
            raise
        if options.json:
            output.json([session.record(paper_id) for paper_id in ids])
            return 0
        entries = [session.entry(paper_id) for paper_id in ids]
        if output.terminal:
            length = short_length(session.ids())
            output.styled(table(entries, output.width, length, unicode=output.unicode))
        else:
            for entry in entries:
                output.line(field_line(entry))
    return 0
