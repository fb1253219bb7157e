"""``readlist duplicates``: list pairs of papers that may be duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import NothingMatchedError
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
List pairs of papers that may be duplicates, most likely first: score, the two ids, evidence for and against, and the
two titles. `readlist merge` merges a pair; `readlist not-duplicates` marks two papers as not duplicates."""
EXAMPLES = """\
  readlist duplicates
  readlist duplicates --json | jq -r '.[] | select(.score > 0.9) | .papers[].id'
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("--json", action="store_true", help="print a JSON array of {score, reasons, against, papers}")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    with context.session() as session:
        curation = session.curation
        pairs = [pair for pair in curation.pairs(context.output.progress) if curation.is_open(pair)]
        rows = [(pair, [session.entry(paper_id).paper for paper_id in curation.in_order(pair)]) for pair in pairs]
    if context.options.json:
        context.output.json(
            [
                {
                    "score": pair.score,
                    "reasons": pair.reasons,
                    "against": pair.against,
                    "papers": [{"id": paper.id, "title": paper.title} for paper in papers],
                }
                for pair, papers in rows
            ]
        )
        return 0
    if not rows:
        raise NothingMatchedError("no possible duplicates")
    for pair, papers in rows:
        prefix = "  ".join((f"{pair.score:.2f}", *(paper.id for paper in papers), ""))
        titles = (" ".join(paper.display_title.split()) for paper in papers)
        context.output.hanging(prefix, "  ".join((pair.evidence, *titles)))
    if context.output.terminal:
        context.output.warn(
            f"{pluralise(len(rows), 'pair')}: use `readlist merge ID ID` or `readlist not-duplicates ID ID`"
        )
    return 0
