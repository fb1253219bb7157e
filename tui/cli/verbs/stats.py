"""``readlist stats``: counts over the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.cli.call import Call
    from tui.cli.parser import VerbParser

DESCRIPTION = "Count the list: statuses, stars, notes, tags, categories, years, and the papers read month by month."
EXAMPLES = """\
  readlist stats
  readlist stats --json | jq .statuses.unread
"""


def arguments(parser: VerbParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument("--json", action="store_true", help="print one object")


def run(call: Call) -> int:
    """Carry it out, and return the exit status."""
    with call.session() as session:
        stats = session.stats()
    single = {name: getattr(stats, name) for name in ("papers", "starred", "noted", "tagged", "untitled")}
    several = {name: getattr(stats, name) for name in ("statuses", "tags", "categories", "years", "read_by_month")}
    if call.options.json:
        call.output.json(
            single | {name: {str(key): number for key, number in rows} for name, rows in several.items()}
        )
        return 0
    for name, number in single.items():
        call.output.line(f"{number:>6}  {name}")
    for name, rows in several.items():
        _print(call, name.replace("_", " "), rows)
    return 0


def _print(call: Call, title: str, rows: Iterable[tuple[object, int]]) -> None:
    lines = [f"{number:>6}  {key}" for key, number in rows]
    if lines:
        call.output.line()
        call.output.line(title)
        for line in lines:
            call.output.line(line)
