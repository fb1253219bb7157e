"""``readlist redo``: do again what was taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.steps import declare_steps, take_steps

if TYPE_CHECKING:
    from tui.cli.call import Call
    from tui.cli.parser import VerbParser

DESCRIPTION = "Do again the latest step that was taken back, or the latest N; a new change ends what can be redone."
EXAMPLES = """\
  readlist redo
  readlist redo 3
"""


def arguments(parser: VerbParser) -> None:
    """Declare the options and words of the verb."""
    declare_steps(parser, "how many steps to do again; 1 when left out")


def run(call: Call) -> int:
    """Carry it out, and return the exit status."""
    with call.session() as session:
        return take_steps(call, session.redo, "redid", "there is nothing to redo")
