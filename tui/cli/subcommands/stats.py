"""``readlist stats``: show statistics and trends of the reading list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.output import StyledSpan

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Show statistics for the reading list, with plots: statuses, papers added and read per week, the inbox, your pace,
tags, categories and years."""
EXAMPLES = """\
  readlist stats
  readlist stats --json | jq .statuses.unread
"""
_SINGLE_VALUES = ("papers", "starred", "noted", "tagged", "untitled", "snoozed", "pace")
_COUNTS = ("statuses", "tags", "categories", "years", "read_by_month")
_STYLES = {"heading": "bold", "bar": "cyan", "good": "green", "muted": "bright_black"}
_WIDTH = 80


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("--json", action="store_true", help="print a JSON object")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    output = context.output
    with context.session() as session:
        stats = session.insights.stats()
        if context.options.json:
            values = {name: getattr(stats, name) for name in _SINGLE_VALUES}
            counts = {name: {str(key): number for key, number in getattr(stats, name)} for name in _COUNTS}
            output.json(values | counts | {"weeks": [week._asdict() for week in stats.weeks]})
            return 0
        width = min(output.width or _WIDTH, _WIDTH)
        activity, collection = session.insights.report(stats, width, unicode=output.unicode)
    output.styled(
        [StyledSpan(span.text, _STYLES.get(span.part, "")) for span in line] for line in (*activity, (), *collection)
    )
    return 0
