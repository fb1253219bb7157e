"""``readlist undo``: take steps back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.steps import declare_steps, take_steps

if TYPE_CHECKING:
    from tui.cli.call import Call
    from tui.cli.parser import VerbParser

DESCRIPTION = "Take back the latest step, or the latest N, whichever face they were made in and however long ago."
EXAMPLES = """\
  readlist undo
  readlist undo 3
"""


def arguments(parser: VerbParser) -> None:
    """Declare the options and words of the verb."""
    declare_steps(parser, "how many steps to take back; 1 when left out")


def run(call: Call) -> int:
    """Carry it out, and return the exit status."""
    with call.session() as session:
        return take_steps(call, session.undo, "undid", "there is nothing to undo")
