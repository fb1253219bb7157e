"""``readlist lists``: list the reading lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.session.reading_lists import all_lists, paper_count
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
List the reading lists with the number of papers and the data folder of each; an asterisk marks the one in use.
Choose another with --list NAME, READLIST_LIST or default_list in the settings. The main list uses the bundled
listings, or the folders set by the keys "data" and "listings" in the settings."""
EXAMPLES = """\
  readlist lists
  readlist --list thesis list is:unread
  READLIST_LIST=thesis readlist
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    group = parser.add_mutually_exclusive_group()
    parser.declare(
        group.add_argument(
            "--json", action="store_true", help="print a JSON array of {name, opens, papers, data, listings}"
        )
    )
    parser.declare(group.add_argument("--names", action="store_true", help="print the names only"))


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    lists, output = all_lists(context.paths), context.output
    if context.options.names:
        for each in lists:
            output.line(each.paths.name)
        return 0
    counts = [paper_count(each.paths) for each in lists]
    if context.options.json:
        output.json(
            [
                {
                    "name": each.paths.name,
                    "opens": each.is_open,
                    "papers": count,
                    "data": str(each.paths.data),
                    "listings": str(each.paths.seeds),
                }
                for each, count in zip(lists, counts, strict=True)
            ]
        )
        return 0
    width = max(len(each.paths.name) for each in lists)
    for each, count in zip(lists, counts, strict=True):
        papers = "not opened yet" if count is None else pluralise(count)
        output.line(f"{'*' if each.is_open else ' '} {each.paths.name:{width}}  {papers:>12}  {each.paths.data}")
    if len(lists) == 1 and output.terminal:
        output.hint("`readlist new NAME` creates another list")
    return 0
