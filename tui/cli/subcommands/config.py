"""``readlist config``: where the settings are, and one to begin with. Opens no store, writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import UsageError
from tui.settings.schema import template
from tui.settings.settings import load

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Print a file of settings in which every line is a comment: what there is, the default, examples.
Standard error says what is wrong in the file of now. With --path: print where that file is looked for, alone."""
EXAMPLES = """\
  readlist config --path
  readlist config > ~/.config/readlist/config.toml
  readlist --config other.toml keys
"""


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument("--path", action="store_true", help="print the path of the file")


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status: 3 where the file has mistakes."""
    mistakes = load(call.home.config).errors
    for sentence in mistakes:
        call.output.warn(sentence)
    if call.options.path:
        if call.home.config is None:
            raise UsageError("there is no home folder to keep settings in", "name a file with --config FILE")
        call.output.line(str(call.home.config))
    else:
        call.output.block(template().rstrip())
    return 3 if mistakes else 0
