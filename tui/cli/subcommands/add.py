"""``readlist add``: add papers by identifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.text.plural import pluralise

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Add papers by arXiv id, DOI or link: of arxiv.org, doi.org, alphaxiv.org, hf.co, aclanthology.org,
semanticscholar.org, or of a publisher that has the DOI in its addresses. The identifier is read from the link; the
link is not opened. The papers have no title until `readlist fill` completes them. Papers that are in the list already
are not added again."""
EXAMPLES = """\
  readlist add 2310.12345 hep-th/9901001
  readlist add https://arxiv.org/abs/2310.12345v2
  readlist add 10.1145/3292500.3330701
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("identifiers", nargs="+", metavar="ID", help="arXiv ids, DOIs or links")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    return _add_identifiers(context)


def _add_identifiers(context: CommandContext) -> int:
    """Add papers of which only an identifier is known."""
    options, output = context.options, context.output
    with context.session() as session:
        added = session.additions.add_identifiers(options.identifiers)
        if options.json:
            output.json(
                {"new": list(added.new), "known": [{"identifier": name, "id": paper} for name, paper in added.known]}
            )
            return 0
        if added.new:
            output.line(f"{pluralise(len(added.new))} added")
            output.hint("`readlist fill` completes them")
        for name, paper_id in added.known:
            output.line(f"{name} is in the list already: {session.entry(paper_id).paper.display_title}")
    return 0
