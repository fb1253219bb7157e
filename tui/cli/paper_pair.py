"""Arguments of ``merge`` and ``not-duplicates``: two arguments that each name one paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import parse_utf8
from tui.cli.paper_args import single_id
from tui.errors import UsageError

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.session.session import Session


def declare_pair(parser: SubcommandParser, first: str) -> None:
    """Declare the two papers.

    Args:
        parser: the subcommand's parser.
        first: what the first paper is for.
    """
    parser.add_argument("--dry-run", action="store_true", help="show what would be done, without changing anything")
    parser.add_argument(
        "one", metavar="A", type=parse_utf8, help=f"{first}: an id, or a query that matches exactly one paper"
    )
    parser.add_argument("other", metavar="B", type=parse_utf8, help="the other paper")


def resolve_pair(session: Session, context: CommandContext) -> tuple[str, str]:
    """The ids of the two papers.

    Raises:
        UsageError: an argument does not name exactly one paper, or both name the same.
        NothingMatchedError: an argument matches no paper.
    """
    one, other = single_id(session, [context.options.one]), single_id(session, [context.options.other])
    if one == other:
        title = session.entry(one).paper.display_title
        raise UsageError(f"both arguments are the same paper: {title}", "specify two different papers")
    return one, other
