"""``readlist attach``: attach a PDF to a paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.argument_parser import parse_utf8
from tui.cli.bulk_edit import Messages, run_edit
from tui.cli.paper_args import single_id
from tui.errors import UsageError
from tui.model.edit import Edit
from tui.model.paper_files import file_name
from tui.session.paper_files import check_pdf

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Attach a PDF to the single matching paper, in one undoable step. The file stays where it is; nothing is copied, moved
or deleted. Exports to BibTeX, biblatex, RIS and JSON name it, `readlist list has:pdf` prints the papers that have
one, and P on the screen opens it."""
EXAMPLES = """\
  readlist attach ~/Downloads/2310.07240.pdf id:7f3a91
  readlist attach talk.pdf title:cachegen
  readlist list no:pdf is:queued
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("file", nargs="?", metavar="FILE", type=parse_utf8, help="the PDF")
    parser.add_argument("--dry-run", action="store_true", help="show what would change, without changing anything")
    parser.set_defaults(yes=True)
    parser.add_query("the paper: an id, or a query that matches exactly one paper")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    options = context.options
    if options.file is None:
        raise UsageError("no file specified", "use `readlist attach FILE PAPER`")
    path = check_pdf(Path(options.file))
    name = file_name(path)
    messages = Messages(f"attached {name} to {{}}", f"would attach {name} to {{}}")
    return run_edit(
        context, Edit(attach=(path,)), messages, lambda session, options: [single_id(session, options.query)]
    )
