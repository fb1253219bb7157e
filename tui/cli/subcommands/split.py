"""``readlist split``: two papers of one that was merged wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import utf8
from tui.cli.paper_args import single_id
from tui.errors import UsageError

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Make two papers of one that was merged from records of two, as one step that `readlist undo` takes back. The records
are numbered by --list; those named become a paper of their own, with the marks that they had as far as that is known.
They stay apart whatever is imported later. Without numbers the second of two records is split off, or what
`readlist join` joined last."""
EXAMPLES = """\
  readlist split --list id:7f3a91
  readlist split id:7f3a91
  readlist split id:7f3a91 2 3
"""


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument("--list", action="store_true", help="print the records of the paper, and change nothing")
    parser.add_argument("--json", action="store_true", help="print the records, or what was done, as JSON")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and change nothing")
    parser.add_argument("paper", metavar="PAPER", type=utf8, help="its id, or a query that it alone answers")
    parser.add_argument("numbers", metavar="N", type=int, nargs="*", help="a record that is of another paper")


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    options, output = call.options, call.output
    with call.session() as session:
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
                f"the paper has {len(records)} records, and it is not clear which are of another paper",
                f"`readlist split --list {paper_id}` numbers them; name those of the other paper",
            )
        chosen = [record.line for record in records if record.number in numbers]
        if options.dry_run:
            splits.check(records, numbers)
            output.line(f"would make a paper of {len(chosen)} of {len(records)} records:")
            for line in chosen:
                output.line(f"  {line}")
            return 0
        _, other = splits.split(paper_id, numbers)
        heading = session.entry(other).paper.display_title
    if options.json:
        output.json({"kept": paper_id, "split_off": other})
    else:
        output.line(f"split off {heading}; its id is {other}")
    return 0
