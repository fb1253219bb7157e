"""``readlist where``: print the folders and files in use. Opens no store and writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Print the folders and files in use: data (marks, notes and imported files; back this up), listings and settings,
and say which of them do not exist yet."""
EXAMPLES = """\
  readlist where
  readlist where --json | jq -r .data
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("--json", action="store_true", help="print the paths as a JSON object")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    paths = {
        "data": context.paths.data,
        "listings": context.paths.seeds,
        "settings": context.paths.config,
    }
    if context.options.json:
        context.output.json({name: None if path is None else str(path) for name, path in paths.items()})
        return 0
    for name, path in paths.items():
        missing = "" if path is not None and path.exists() else "  (does not exist)"
        context.output.line(f"{name:<10}{'none' if path is None else path}{missing}")
    return 0
