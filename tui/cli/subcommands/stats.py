"""``readlist stats``: counts over the list, and plots of how they came about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.output import StyledSpan

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Count the list: statuses, the inbox and what was added and read week by week, the pace, tags, categories and years, as
plots on a terminal and in a pipe alike."""
EXAMPLES = """\
  readlist stats
  readlist stats --json | jq .statuses.unread
"""
_SINGLE = ("papers", "starred", "noted", "tagged", "untitled", "snoozed", "pace")
_SEVERAL = ("statuses", "tags", "categories", "years", "read_by_month")
_STYLES = {"heading": "bold", "bar": "cyan", "good": "green", "muted": "bright_black"}
_WIDTH = 80


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument("--json", action="store_true", help="print one object")


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    output = call.output
    with call.session() as session:
        stats = session.insights.stats()
        if call.options.json:
            single = {name: getattr(stats, name) for name in _SINGLE}
            several = {name: {str(key): number for key, number in getattr(stats, name)} for name in _SEVERAL}
            output.json(single | several | {"weeks": [week._asdict() for week in stats.weeks]})
            return 0
        width = min(output.width or _WIDTH, _WIDTH)
        state, contents = session.insights.report(stats, width, unicode=output.unicode)
    output.styled(
        [StyledSpan(piece.text, _STYLES.get(piece.part, "")) for piece in line] for line in (*state, (), *contents)
    )
    return 0
