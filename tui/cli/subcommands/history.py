"""``readlist history``: list the changes, with old and new values as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import parse_number
from tui.errors import UsageError

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.model.change import Change

DESCRIPTION = "List the changes, newest first: number, time (UTC), number of papers changed, and what was done."
EXAMPLES = """\
  readlist history --limit 10
  readlist history --json | jq '.[0].papers[].fields'
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument(
        "--json", action="store_true", help="print a JSON array, with the old and new value of every field"
    )
    parser.add_argument("-n", "--limit", metavar="N", type=parse_number, help="print at most N changes")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    limit = context.options.limit
    if limit is not None and limit < 1:
        raise UsageError(f"--limit must be at least 1, not {limit}", "omit it to print all changes")
    with context.session() as session:
        changes = session.edits.history(limit)
    if context.options.json:
        context.output.json([_record(change) for change in changes])
        return 0
    for change in changes:
        prefix = "" if change.undoes is None else f"{change.kind} of {change.undoes}: "
        context.output.hanging(f"{change.number:>5}  {change.at}  {len(change.ids):>5}  ", f"{prefix}{change.label}")
    if not changes and context.output.terminal:
        context.output.warn("no changes yet")
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
        "values": [{"value": part.field, "old": part.old, "new": part.new} for part in change.value_changes],
        "sources": [{"source": name, "imported": is_imported} for name, is_imported in change.pages],
    }


def _values(change: Change) -> list[tuple[str, list[tuple[str, object, object]]]]:
    return [(paper, [(part.field, part.old, part.new) for part in parts]) for paper, parts in change.marks]
