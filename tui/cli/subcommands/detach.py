"""``readlist detach``: detach a file from a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import parse_utf8
from tui.cli.bulk_edit import Messages, run_edit
from tui.cli.paper_args import single_id
from tui.errors import UsageError
from tui.model.edit import Edit
from tui.model.paper_files import file_name
from tui.session.paper_files import PaperFiles

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Detach a file from the one paper that matches, in one undo step. The file can be one that you attached or one
that a source mentions. The file itself and the source are not changed."""
EXAMPLES = """\
  readlist detach 2310.07240.pdf id:7f3a91
  readlist show title:cachegen | grep files
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("file", nargs="?", metavar="FILE", type=parse_utf8, help="the file: its path or its name")
    parser.add_argument("--dry-run", action="store_true", help="show what would change, without changing anything")
    parser.set_defaults(yes=True)
    parser.add_query("the paper: an id, or a query that matches exactly one paper")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    options = context.options
    if options.file is None:
        raise UsageError("no file specified", "use `readlist detach FILE PAPER`")
    with context.session() as session:
        paper_id = single_id(session, options.query)
        file = PaperFiles(session).named(paper_id, options.file)
    name = file_name(file)
    messages = Messages(f"detached {name} from {{}}", f"would detach {name} from {{}}")
    return run_edit(context, Edit(detach=(file,)), messages, lambda *_: [paper_id])
