"""``readlist different``: two papers that look like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.paper_pair import declare_pair, resolve_pair

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Remember that two papers are two, however alike they look, as one step that `readlist undo` takes back: `readlist
duplicates`, `is:duplicate` and the screen name them no more."""
EXAMPLES = """\
  readlist different id:7f3a91 id:0c44d2
"""


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    declare_pair(parser, "one paper")


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    with call.session() as session:
        one, other = resolve_pair(session, call)
        names = " and ".join(session.entry(paper_id).paper.display_title for paper_id in (one, other))
        if call.options.dry_run:
            call.output.line(f"would tell apart {names}")
            return 0
        change = session.curation.mark_distinct(one, other)
    call.output.line(f"{'told apart' if change is not None else 'were told apart already:'} {names}")
    return 0
