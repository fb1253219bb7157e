"""``readlist related``: list papers similar to one paper, or unread papers in the order of learned preferences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import parse_number
from tui.cli.paper_args import list_ids, single_id
from tui.errors import NothingMatchedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.session.session import Session

DESCRIPTION = """\
List the papers most similar to the matching one, with similarity, id, shared tags and words, and title. With
--for-you, list the matching papers (default: unread ones), starting with those most like what you kept and least
like what you skipped, with the words that count for each paper or (with a leading minus) against it."""
EXAMPLES = """\
  readlist related id:7f3a91
  readlist related --json --limit 3 title:cachegen | jq -r '.[].id'
  readlist related --for-you --limit 10
"""
_UNREAD = "is:unread -is:snoozed"


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("--for-you", action="store_true", help="list papers that you are likely to keep")
    parser.add_argument("--json", action="store_true", help="print a JSON array of {id, title, score, reasons}")
    parser.add_argument("-n", "--limit", metavar="N", type=parse_number, help="print at most N papers (default: 10)")
    parser.add_query(
        "the paper: an id, or a query that matches exactly one paper; with --for-you, any number of papers"
    )


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    limit = 10 if context.options.limit is None else context.options.limit
    if limit < 1:
        raise UsageError(f"--limit must be at least 1, not {limit}", "omit it to print 10 papers")
    with context.session() as session:
        found = _for_you(session, context, limit) if context.options.for_you else _related(session, context, limit)
        papers = {paper_id: session.entry(paper_id).paper for paper_id, _, _ in found}
    if context.options.json:
        context.output.json(
            [
                {"id": paper_id, "title": papers[paper_id].title, "score": score, "reasons": list(reasons)}
                for paper_id, score, reasons in found
            ]
        )
        return 0
    for paper_id, score, reasons in found:
        title = " ".join(papers[paper_id].display_title.split())
        context.output.hanging(f"{score:.2f}  {paper_id}  ", f"{' '.join(reasons) or '-'}  {title}")
    return 0


def _related(session: Session, context: CommandContext, limit: int) -> Sequence[tuple[str, float, Sequence[str]]]:
    paper_id = single_id(session, context.options.query)
    found = session.insights.related(paper_id, limit)
    if not found:
        raise NothingMatchedError(f"no papers similar to {session.entry(paper_id).paper.display_title}", "")
    return found


def _for_you(session: Session, context: CommandContext, limit: int) -> Sequence[tuple[str, float, Sequence[str]]]:
    model = session.insights.preference_model()
    if not model.is_learned:
        raise NothingMatchedError(
            "not enough decisions to learn from yet", "keep at least three papers and skip at least three"
        )
    ids = list_ids(session, context.options.query or [_UNREAD], "foryou", context.output)
    scores = model.scores()
    reasons = {paper_id: model.reasons(paper_id) for paper_id in ids[:limit]}
    return [
        (paper_id, round(scores.get(paper_id, 0.0), 2), (*found.positive, *(f"-{word}" for word in found.negative)))
        for paper_id, found in reasons.items()
    ]
