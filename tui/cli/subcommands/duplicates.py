"""``readlist duplicates``: papers that may be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import NothingMatchedError
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
List the pairs of papers that may be one, the surest first: score, the two ids, what speaks
for it and against it, the two titles. `readlist join`
makes one paper of two, `readlist different` remembers that they are two."""
EXAMPLES = """\
  readlist duplicates
  readlist duplicates --json | jq -r '.[] | select(.score > 0.9) | .papers[].id'
"""


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument("--json", action="store_true", help="print one array of {score, reasons, against, papers}")


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    with call.session() as session:
        curation = session.curation
        pairs = [pair for pair in curation.pairs(call.output.progress) if curation.is_open(pair)]
        rows = [(pair, [session.entry(paper_id).paper for paper_id in curation.in_order(pair)]) for pair in pairs]
    if call.options.json:
        call.output.json(
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
        raise NothingMatchedError("no two papers look like one", "")
    for pair, papers in rows:
        fields = (f"{pair.score:.2f}", *(paper.id for paper in papers), pair.evidence)
        call.output.line("  ".join((*fields, *(" ".join(paper.display_title.split()) for paper in papers))))
    if call.output.terminal:
        call.output.warn(f"{pluralise(len(rows), 'pair')}; `readlist join ID ID` or `readlist different ID ID`")
    return 0
