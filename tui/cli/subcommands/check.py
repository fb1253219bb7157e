"""``readlist check``: report unreadable input and verify or repair the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import StoreDamagedError, UsageError
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Read every source again and report what could not be read, with file, line, reason and hint. Then verify the store.
Nothing is changed. Exit status: 0 no problems, 3 part of a source or the settings could not be read, 4 the store is
damaged.

With --repair: show what would be set aside, what would be restored and from where, and how many marks would be
recovered; with --yes, do it. Nothing is deleted: damaged files are kept in the data folder under another name."""
EXAMPLES = """\
  readlist check
  readlist check --json | jq -r '.pages[] | .page + ":" + (.line | tostring)'
  readlist check --repair
  readlist check --repair --yes
  readlist check --repair --backup marks-000000000500.json
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument(
        "--json", action="store_true", help="print a JSON object: papers, pages, store, remarks, settings"
    )
    parser.add_argument("--repair", action="store_true", help="show how a damaged store would be repaired")
    parser.add_argument("--yes", action="store_true", help="with --repair: carry out the repair")
    parser.add_argument("--backup", metavar="NAME", help="with --repair: restore this file from the backups folder")


def run(context: CommandContext) -> int:
    """Carry it out, and return the exit status.

    Raises:
        UsageError: an option of --repair is given without it.
        ReadlistError: the sources cannot be read, or the store can be neither read nor repaired.
    """
    options = context.options
    if options.repair:
        return _repair(context)
    if options.yes or options.backup:
        raise UsageError("--yes and --backup can only be used with --repair", "`readlist check --help` has examples")
    try:
        return _check(context)
    except StoreDamagedError as error:
        if options.json:
            context.output.json({"papers": None, "pages": [], "store": [error.message], "remarks": []})
        raise


def _check(context: CommandContext) -> int:
    output = context.output
    with context.session() as session:
        problems, papers = session.sources.diagnostics(), len(session.ids())
        damage, leftovers = session.maintenance.inspect()
        settings_errors = session.settings.errors
    if context.options.json:
        sources = [
            {"page": problem.source, "line": problem.line, "reason": problem.reason, "hint": problem.hint}
            for problem in problems
        ]
        store = {"store": list(damage), "remarks": list(leftovers)}
        output.json({"papers": papers, "pages": sources, **store, "settings": list(settings_errors)})
    else:
        for problem in problems:
            output.line(f"{problem.source}:{problem.line}: {problem.reason}")
            output.line(f"  {problem.hint}")
        _print_lines(context, (*damage, *leftovers))
        for line in settings_errors:
            output.line(f"settings: {line}")
        state = "the store is damaged" if damage else "the store is OK"
        output.line(f"{pluralise(papers)}, {pluralise(len(problems), 'problem')} in the sources; {state}")
    return 4 if damage else 3 if problems or settings_errors else 0


def _repair(context: CommandContext) -> int:
    from tui.session.session import Session  # noqa: PLC0415 - see CommandContext.session

    options, output = context.options, context.output
    context.require_list()
    lines = Session.repair(context.paths, dry_run=not options.yes, source=options.backup)
    if options.json:
        output.json({"repair": list(lines), "done": bool(options.yes and lines)})
        return 4 if lines and not options.yes else 0
    _print_lines(context, lines)
    if not lines:
        output.line("the store is OK; nothing to repair")
        return 0
    if options.yes:
        output.line("repaired; the store is OK")
        return 0
    output.line("nothing changed yet; add --yes to repair the store")
    return 4


def _print_lines(context: CommandContext, lines: Sequence[str]) -> None:
    for line in lines:
        context.output.line(f"store: {line}")
