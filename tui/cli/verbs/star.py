"""``readlist star``: the star of papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.change import Wording, change_papers
from tui.cli.select import declare_targets
from tui.model.edit import Edit

if TYPE_CHECKING:
    from tui.cli.call import Call
    from tui.cli.parser import VerbParser

DESCRIPTION = "Set the star of every paper that answers, or clear it with --off, as one step."
EXAMPLES = """\
  readlist star title:cachegen
  readlist star --off is:starred is:read
"""


def arguments(parser: VerbParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument("--off", action="store_true", help="clear the star instead")
    declare_targets(parser)


def run(call: Call) -> int:
    """Carry it out, and return the exit status."""
    if call.options.off:
        return change_papers(
            call, Edit(starred=False), Wording("cleared the star of {}", "would clear the star of {}")
        )
    return change_papers(call, Edit(starred=True), Wording("starred {}", "would star {}"))
