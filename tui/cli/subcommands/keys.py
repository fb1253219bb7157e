"""``readlist keys``: list the keys of the screen, and problems with the keys in the settings. Opens no store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.keymap import format_key_table
from tui.settings.settings_file import load

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
List the keyboard shortcuts and what they do, grouped as on the help screen. Problems in the settings, and keys
that the settings bind to another command, are reported on standard error."""
EXAMPLES = """\
  readlist keys
  readlist keys --json | jq -r '.[] | .id + " " + (.keys | join(" "))'
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("--json", action="store_true", help="print a JSON array, with the internal names of the keys")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    settings = load(context.paths.config)
    for warning in (*settings.errors, *settings.overridden_keys):
        context.output.warn(warning)
    if context.options.json:
        context.output.json(
            [
                {
                    "id": command.id,
                    "keys": command.keys,
                    "pane": command.pane or None,
                    "title": command.title,
                    "help": command.help,
                }
                for command in settings.keymap.commands
            ]
        )
    else:
        for line in format_key_table(settings.keymap, ascii_only=not context.output.unicode):
            context.output.line(line)
    return 0
