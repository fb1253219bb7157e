"""What ``join`` and ``different`` have in common: two words that each name one paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import utf8
from tui.cli.paper_args import single_id
from tui.errors import UsageError

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.session.session import Session


def declare_pair(parser: SubcommandParser, first: str) -> None:
    """Declare the two papers.

    Args:
        parser: the verb's parser.
        first: what the first one is for.
    """
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and change nothing")
    parser.add_argument("one", metavar="A", type=utf8, help=f"{first}: its id, or a query that it alone answers")
    parser.add_argument("other", metavar="B", type=utf8, help="the other one")


def resolve_pair(session: Session, call: CommandContext) -> tuple[str, str]:
    """The ids of the two papers.

    Raises:
        UsageError: a word does not name exactly one paper, or both name the same.
        NothingMatchedError: a word names none.
    """
    one, other = single_id(session, [call.options.one]), single_id(session, [call.options.other])
    if one == other:
        raise UsageError(f"that is one paper: {session.entry(one).paper.display_title}", "name two papers")
    return one, other
