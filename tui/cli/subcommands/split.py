"""``readlist split``: split a paper that was wrongly merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import parse_utf8
from tui.cli.paper_args import single_id
from tui.errors import UsageError

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Split a paper that was merged from records of two papers, in one undo step. --list prints the records with numbers;
those you specify become a separate paper, with any marks known to be theirs. Later imports will not merge the two
again. Without numbers, the second of two records is split off, or those that the last `readlist merge` added."""
EXAMPLES = """\
  readlist split --list id:7f3a91
  readlist split id:7f3a91
  readlist split id:7f3a91 2 3
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument(
        "--list", action="store_true", help="print the records of the paper, without changing anything"
    )
    parser.add_argument("--json", action="store_true", help="print the records or the result as JSON")
    parser.add_argument("--dry-run", action="store_true", help="show what would be done, without changing anything")
    parser.add_argument(
        "paper", metavar="PAPER", type=parse_utf8, help="an id, or a query that matches exactly one paper"
    )
    parser.add_argument(
        "numbers", metavar="N", type=int, nargs="*", help="the number of a record that belongs to another paper"
    )


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    options, output = context.options, context.output
    with context.session() as session:
        paper_id = single_id(session, [options.paper])
        splits = session.imports.splits
        records = splits.records(paper_id)
        if options.list:
            if options.json:
                output.json([record._asdict() | {"line": record.line} for record in records])
            else:
                for record in records:
                    output.line(record.line)
            return 0
        numbers = frozenset(options.numbers) or splits.suggested_records(records)
        if not numbers and len(records) > 1:
            raise UsageError(
                f"cannot tell which of the {len(records)} records belong to another paper",
                f"specify their numbers (`readlist split --list {paper_id}` prints them)",
            )
        chosen = [record.line for record in records if record.number in numbers]
        if options.dry_run:
            splits.check(records, numbers)
            output.line(f"would split off {len(chosen)} of {len(records)} records:")
            for line in chosen:
                output.line(f"  {line}")
            return 0
        _, other = splits.split(paper_id, numbers)
        title = session.entry(other).paper.display_title
    if options.json:
        output.json({"kept": paper_id, "split_off": other})
    else:
        output.line(f"split off {title} (id {other})")
    return 0
