"""``readlist history``: the steps taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import number
from tui.errors import UsageError

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.model.change import Change

DESCRIPTION = "List the steps taken, the newest first: number, time (UTC), how many papers it changed, what was done."
EXAMPLES = """\
  readlist history --limit 10
  readlist history --json | jq '.[0].papers[].fields'
"""


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument("--json", action="store_true", help="print one array, with old and new value of every field")
    parser.add_argument("-n", "--limit", metavar="N", type=number, help="print at most so many steps")


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    limit = call.options.limit
    if limit is not None and limit < 1:
        raise UsageError(f"--limit {limit} leaves nothing to print", "give a number of at least 1")
    with call.session() as session:
        changes = session.history(limit)
    if call.options.json:
        call.output.json([_record(change) for change in changes])
        return 0
    for change in changes:
        of = "" if change.undoes is None else f"{change.kind} of {change.undoes}: "
        call.output.line(f"{change.number:>5}  {change.at}  {len(change.ids):>5}  {of}{change.label}")
    if not changes and call.output.terminal:
        call.output.warn("no steps were taken yet")
    return 0


def _record(change: Change) -> dict[str, object]:
    return {
        "number": change.number,
        "at": change.at,
        "label": change.label,
        "kind": str(change.kind),
        "of": change.undoes,
        "papers": [
            {"id": paper, "fields": [{"field": field, "old": old, "new": new} for field, old, new in parts]}
            for paper, parts in _values(change)
        ],
        "facts": [{"fact": fact.field, "old": fact.old, "new": fact.new} for fact in change.value_changes],
        "pages": [{"page": page, "taken_in": taken_in} for page, taken_in in change.pages],
    }


def _values(change: Change) -> list[tuple[str, list[tuple[str, object, object]]]]:
    return [(paper, [(part.field, part.old, part.new) for part in parts]) for paper, parts in change.marks]
