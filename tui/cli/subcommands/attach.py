"""``readlist attach``: attach a PDF to a paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.argument_parser import parse_utf8
from tui.cli.bulk_edit import Messages, run_edit
from tui.cli.paper_args import single_id
from tui.cli.pdf_search import search
from tui.errors import UsageError
from tui.model.edit import Edit
from tui.model.paper_files import file_name
from tui.session.paper_files import check_pdf

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Attach a PDF to the one paper that matches, in one undo step. The file stays where it is; nothing is copied, moved or
deleted. Exports to BibTeX, biblatex, RIS and JSON mention it, `readlist list has:pdf` prints the papers that have
one, and pressing P on the screen opens it. With --search, find the PDFs of the papers (default: all) in the folders
set in the settings: by citation key, arXiv id, DOI or title in the file name and, with --pages, by the text of the
first page. Each match is listed with its evidence; doubtful matches are attached only with --accept-doubtful. Files
that cannot be read are reported. Ctrl-C stops and keeps what has been found."""
EXAMPLES = """\
  readlist attach ~/Downloads/2310.07240.pdf id:7f3a91
  readlist attach --search --dry-run
  readlist attach --search --pages no:pdf
  readlist attach --search --folder ~/Downloads is:queued
  readlist attach talk.pdf title:cachegen
  readlist list no:pdf is:queued
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("file", nargs="?", metavar="FILE", type=parse_utf8, help="the PDF")
    parser.add_argument("--search", action="store_true", help="search folders for the PDFs of papers")
    parser.add_argument(
        "--pages", action="store_true", help='also read the first page of each PDF (needs the "pdf" extra)'
    )
    parser.add_argument(
        "--folder",
        dest="folders",
        action="append",
        metavar="DIR",
        help="search this folder instead of those in the settings; repeat for more",
    )
    parser.add_argument("--accept-doubtful", action="store_true", help="also attach doubtful matches")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")
    parser.add_argument("--dry-run", action="store_true", help="show what would change, without changing anything")
    parser.add_argument("-y", "--yes", action="store_true", help="do not ask for confirmation")
    parser.add_query(
        "the paper: an id, or a query that matches exactly one paper; with --search, any number of papers"
    )


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    options = context.options
    if options.search:
        return search(context, [word for word in (options.file, *options.query) if word is not None])
    if options.pages or options.folders or options.accept_doubtful or options.json:
        raise UsageError(
            "--pages, --folder, --accept-doubtful and --json can only be used with --search", "add --search"
        )
    if options.file is None:
        raise UsageError("no file specified", "use `readlist attach FILE PAPER`")
    path = check_pdf(Path(options.file))
    name = file_name(path)
    messages = Messages(f"attached {name} to {{}}", f"would attach {name} to {{}}")
    return run_edit(
        context, Edit(attach=(path,)), messages, lambda session, options: [single_id(session, options.query)]
    )
