"""``readlist complete``: print the words that can follow an unfinished command line, for the completion scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import parse_utf8
from tui.cli.line_completion import complete_line

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.session.completion_values import CompletionValues

DESCRIPTION = """\
Print the completions for a command line, one per line, each followed by its description. The line :files or :folders
stands for any file or folder name. `readlist completion` prints scripts that use this."""
EXAMPLES = """\
  readlist complete "readlist tag +ne"
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("line", metavar="LINE", type=parse_utf8, help="the command line up to the cursor")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""

    def open_values() -> CompletionValues:
        from tui.session.completion_values import CompletionValues  # noqa: PLC0415 - most lines need no store

        return CompletionValues(context.paths)

    for found in complete_line(context.options.line, open_values):
        context.output.line(" ".join((found.word, *found.help.split())))
    return 0
