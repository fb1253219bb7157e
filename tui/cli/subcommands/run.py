"""``readlist run``: run a command of the user's own on papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import parse_utf8
from tui.cli.paper_args import strict_ids
from tui.errors import UsageError
from tui.session.paper_files import PaperFiles
from tui.session.user_commands import run_command
from tui.text.typos import did_you_mean

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Run one of your own commands, defined as [commands.NAME] in the settings, on every matching paper. If its arguments
have placeholders, it runs once per paper; otherwise, it runs once for all papers together. It can read the papers as
JSON records from standard input. No shell is involved: arguments are passed as written, except that {id}, {key},
{title}, {doi}, {arxiv}, {url}, {pdf} and {note} (a file containing the note) are replaced. Without NAME, list the
commands."""
EXAMPLES = """\
  readlist run
  readlist run zotero id:7f3a91
  readlist run print tag:seminar
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("name", nargs="?", metavar="NAME", type=parse_utf8, help="the name of a command")
    parser.add_query("the papers: a query, or ids")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    options, output = context.options, context.output
    with context.session() as session:
        commands = session.settings.commands
        for error in session.settings.errors:
            output.warn(error)
        if options.name is None:
            for name, arguments in commands.items():
                output.line(f"{name}  {' '.join(arguments)}")
            if not commands:
                output.hint("add one as [commands.NAME] in the settings; see `readlist config` for an example")
            return 0
        if options.name not in commands:
            raise UsageError(
                f"there is no command {options.name!r} in the settings",
                did_you_mean(options.name, commands) or "`readlist run` lists the commands",
            )
        if not options.query:
            raise UsageError("no papers specified", "use a query or an id")
        files = PaperFiles(session)
        records = [session.exports.record(paper_id) for paper_id in strict_ids(session, options.query)]
        finished = run_command(commands[options.name], records, files.first_pdf)
    if finished.output.strip():
        output.block(finished.output.rstrip())
    if finished.failure:
        raise UsageError(f"command {options.name} {finished.failure}")
    return 0
