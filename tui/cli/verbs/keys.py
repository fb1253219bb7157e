"""``readlist keys``: the keys of the screen. Opens no store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import COMMANDS, GROUPS, written

if TYPE_CHECKING:
    from tui.cli.call import Call
    from tui.cli.parser import VerbParser

DESCRIPTION = "Print what each key of the screen does, in the groups that the help on the screen has."
EXAMPLES = """\
  readlist keys
  readlist keys --json | jq -r '.[] | .id + " " + (.keys | join(" "))'
"""


def arguments(parser: VerbParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument(
        "--json", action="store_true", help="print one array, with the keys as the program names them"
    )


def run(call: Call) -> int:
    """Carry it out, and return the exit status."""
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
                for command in COMMANDS
            ]
        )
        return 0
    for number, (group, title) in enumerate(GROUPS.items()):
        if number:
            call.output.line()
        call.output.line(title)
        for command in COMMANDS:
            if command.group == group:
                call.output.line(f"  {' '.join(map(written, command.keys)):<16} {command.help}")
    return 0
