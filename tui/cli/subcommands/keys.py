"""``readlist keys``: the keys in force, and what is wrong with those of the settings. Opens no store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.keymap import format_key_table
from tui.settings.settings import load

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Print what each key of the screen does now, in the groups that the help on the screen has. What the settings have
wrong, and keys that they gave to another command, are said on standard error."""
EXAMPLES = """\
  readlist keys
  readlist keys --json | jq -r '.[] | .id + " " + (.keys | join(" "))'
"""


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument(
        "--json", action="store_true", help="print one array, with the keys as the program names them"
    )


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    settings = load(call.home.config)
    for sentence in (*settings.errors, *settings.overridden_keys):
        call.output.warn(sentence)
    if call.options.json:
        call.output.json(
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
        for line in format_key_table(settings.keymap):
            call.output.line(line)
    return 0
