"""``readlist join``: one paper of two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.paper_pair import declare_pair, resolve_pair

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Make one paper of two, as one step that `readlist undo` takes back. A stays, with its id and its pinned citation key.
B completes it, and its id leads to A from now on. Tags are united, notes put one behind the other; the more advanced
status counts, and a star on either. It stays so whatever becomes of the pages."""
EXAMPLES = """\
  readlist join id:7f3a91 id:0c44d2
  readlist join --dry-run 7f3a91 0c44d2
"""


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    declare_pair(parser, "the paper that stays")


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    with call.session() as session:
        one, other = resolve_pair(session, call)
        names = " and ".join(session.entry(paper_id).paper.display_title for paper_id in (one, other))
        if call.options.dry_run:
            call.output.line(f"would join {names}")
            return 0
        session.curation.merge(one, other)
    call.output.line(f"joined {names}; the id is {one}")
    return 0
