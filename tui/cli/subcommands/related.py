"""``readlist related``: papers like one paper, and the inbox in the order of what was kept before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import number
from tui.cli.paper_args import list_ids, single_id
from tui.errors import NothingMatchedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.session.session import Session

DESCRIPTION = """\
List the papers most like the one that answers: likeness, id, the tags and words that both have, title. With
--for-you, list the papers that answer (without a query the unread ones), those first that are most like what you
kept and least like what you skipped, with the words that speak for each and, behind a minus sign, against it."""
EXAMPLES = """\
  readlist related id:7f3a91
  readlist related --json --limit 3 title:cachegen | jq -r '.[].id'
  readlist related --for-you --limit 10
"""
_UNREAD = "is:unread -is:snoozed"


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument("--for-you", action="store_true", help="list what you would likely keep")
    parser.add_argument("--json", action="store_true", help="print one array of {id, title, score, reasons}")
    parser.add_argument("-n", "--limit", metavar="N", type=number, help="print at most so many (10 if none is given)")
    parser.add_query("a query that exactly one paper answers, or its id")


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    limit = 10 if call.options.limit is None else call.options.limit
    if limit < 1:
        raise UsageError(f"--limit {limit} leaves nothing to print", "give a number of at least 1")
    with call.session() as session:
        found = _liked(session, call, limit) if call.options.for_you else _related(session, call, limit)
        titles = {paper_id: session.entry(paper_id).paper for paper_id, _, _ in found}
    if call.options.json:
        call.output.json(
            [
                {"id": paper_id, "title": titles[paper_id].title, "score": score, "reasons": list(reasons)}
                for paper_id, score, reasons in found
            ]
        )
        return 0
    for paper_id, score, reasons in found:
        heading = " ".join(titles[paper_id].display_title.split())
        call.output.line("  ".join((f"{score:.2f}", paper_id, " ".join(reasons) or "-", heading)))
    return 0


def _related(session: Session, call: CommandContext, limit: int) -> Sequence[tuple[str, float, Sequence[str]]]:
    paper_id = single_id(session, call.options.query)
    found = session.insights.related(paper_id, limit)
    if not found:
        raise NothingMatchedError(f"no paper is like {session.entry(paper_id).paper.display_title}", "")
    return found


def _liked(session: Session, call: CommandContext, limit: int) -> Sequence[tuple[str, float, Sequence[str]]]:
    ids = list_ids(session, call.options.query or [_UNREAD], "foryou", call.output)
    model = session.insights.preference_model()
    if not model.is_learned:
        raise NothingMatchedError(
            "there is nothing to learn an order from yet", "keep and skip three papers or more of each"
        )
    scores = model.scores()
    reasons = {paper_id: model.reasons(paper_id) for paper_id in ids[:limit]}
    return [
        (paper_id, round(scores.get(paper_id, 0.0), 2), (*found.positive, *(f"-{word}" for word in found.negative)))
        for paper_id, found in reasons.items()
    ]
