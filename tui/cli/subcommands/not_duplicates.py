"""``readlist not-duplicates``: mark two papers as not duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.paper_pair import declare_pair, resolve_pair

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Mark two papers as not duplicates of each other. `readlist duplicates`, `is:duplicate` and the duplicate review on the
screen will no longer suggest them as a pair. `readlist undo` undoes this."""
EXAMPLES = """\
  readlist not-duplicates id:7f3a91 id:0c44d2
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    declare_pair(parser, "one paper")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    with context.session() as session:
        one, other = resolve_pair(session, context)
        names = " and ".join(session.entry(paper_id).paper.display_title for paper_id in (one, other))
        if context.options.dry_run:
            context.output.line(f"would mark as not duplicates: {names}")
            return 0
        change = session.curation.mark_distinct(one, other)
    context.output.line(f"{'marked' if change is not None else 'already marked'} as not duplicates: {names}")
    return 0
