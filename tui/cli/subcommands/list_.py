"""``readlist list``: print papers that match a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import parse_number
from tui.cli.columns import field_line, short_length, table
from tui.cli.paper_args import list_ids
from tui.errors import NothingMatchedError, UsageError
from tui.session.choices import sort_orders

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Print the papers that match a query (default: all). On a terminal, in columns: status (u unread, q queued, i reading,
r read, s skipped), star, title, first author, year, category, tags, short id. When piped, one paper per line, with
fields separated by two spaces: id, status, star, title, authors, year, category, tags; `-` if empty."""
EXAMPLES = """\
  readlist list diffusion year:2023..
  readlist list --sort year,title --limit 10 is:unread
  readlist list --json tag:nerf | jq -r '.[].title'
  readlist list -- -cat:cs.CV has:code
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("--json", action="store_true", help="print a JSON array, with every field of each paper")

    orders = ", ".join(sort_orders())
    parser.add_argument(
        "--sort",
        metavar="KEYS",
        help=f"sort by KEYS, comma-separated: {orders}; append -asc or -desc to a key for its direction",
    )
    parser.add_argument("-n", "--limit", metavar="N", type=parse_number, help="print at most N papers")
    parser.add_query("the query (default: all papers)")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    options, output = context.options, context.output
    if options.limit is not None and options.limit < 1:
        raise UsageError(f"--limit must be at least 1, not {options.limit}", "omit it to print all papers")
    with context.session() as session:
        try:
            ids = list_ids(session, options.query, options.sort, output)[: options.limit]
        except NothingMatchedError:
            if options.json:
                output.json([])
            raise
        if options.json:
            output.json([session.exports.record(paper_id) for paper_id in ids])
            return 0
        entries = [session.entry(paper_id) for paper_id in ids]
        if output.terminal:
            length = short_length(session.ids())
            output.styled(table(entries, output.width, length, unicode=output.unicode))
        else:
            for entry in entries:
                output.line(field_line(entry))
    return 0
