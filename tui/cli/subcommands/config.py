"""``readlist config``: print the settings path or a template. Opens no store and writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import UsageError
from tui.settings.schema import template
from tui.settings.settings import load

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Print a commented settings template: every setting with its default and examples. Problems in the current settings
file are reported on stderr. With --path, print only the path of the settings file."""
EXAMPLES = """\
  readlist config --path
  readlist config > ~/.config/readlist/config.toml
  readlist --config other.toml keys
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("--path", action="store_true", help="print the path of the settings file")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status: 3 if the settings file has errors."""
    errors = load(context.paths.config).errors
    for error in errors:
        context.output.warn(error)
    if context.options.path:
        if context.paths.config is None:
            raise UsageError("there is no home folder for the settings file", "specify a file with --config FILE")
        context.output.line(str(context.paths.config))
    else:
        context.output.block(template().rstrip())
    return 3 if errors else 0
