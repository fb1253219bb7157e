"""``readlist merge``: merge two papers into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.paper_pair import declare_pair, resolve_pair

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Merge two papers into one, in one undo step. A is kept, with its id and its pinned citation key. Values missing
from A are taken from B, and the id of B refers to A from then on. Tags and notes on both are kept, the more advanced
status wins, and a star on either is kept. The merge survives any change to the sources."""
EXAMPLES = """\
  readlist merge id:7f3a91 id:0c44d2
  readlist merge --dry-run 7f3a91 0c44d2
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    declare_pair(parser, "the paper to keep")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    with context.session() as session:
        one, other = resolve_pair(session, context)
        names = " and ".join(session.entry(paper_id).paper.display_title for paper_id in (one, other))
        if context.options.dry_run:
            context.output.line(f"would merge {names}")
            return 0
        session.curation.merge(one, other)
    context.output.line(f"merged {names} (id {one})")
    return 0
