"""``readlist check``: what could not be read, whether the store is sound, and how to mend it where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import StoreDamagedError, UsageError
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Read every page again and say what could not be read, with file, line, reason and what to do; then verify the store.
Changes nothing. Exit status: 0 all is well, 3 parts of a page or of the settings could not be read, 4 the store is
damaged.

With --repair: say what would be set aside, restored, from where, and how many marks that gives; with --yes, do it.
Nothing is ever deleted: what is damaged is kept in the data folder under another name."""
EXAMPLES = """\
  readlist check
  readlist check --json | jq -r '.pages[] | .page + ":" + (.line | tostring)'
  readlist check --repair
  readlist check --repair --yes
  readlist check --repair --backup marks-000000000500.json
"""


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument(
        "--json", action="store_true", help="print one object: papers, pages, store, remarks, settings"
    )
    parser.add_argument("--repair", action="store_true", help="say how a damaged store would be mended")
    parser.add_argument("--yes", action="store_true", help="with --repair: mend it")
    parser.add_argument("--backup", metavar="NAME", help="with --repair: go back to this file of the folder backups")


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status.

    Raises:
        UsageError: an option of --repair stands without it.
        ReadlistError: the pages cannot be read, or the store can be neither read nor mended.
    """
    options = call.options
    if options.repair:
        return _repair(call)
    if options.yes or options.backup:
        raise UsageError("--yes and --backup belong to --repair", "`readlist check --help` has examples")
    try:
        return _check(call)
    except StoreDamagedError as fault:
        if options.json:
            call.output.json({"papers": None, "pages": [], "store": [fault.message], "remarks": []})
        raise


def _check(call: CommandContext) -> int:
    output = call.output
    with call.session() as session:
        problems, papers = session.diagnostics(), len(session.ids())
        damage, remarks = session.inspect()
        mistakes = session.settings.errors
    if call.options.json:
        pages = [
            {"page": problem.source, "line": problem.line, "reason": problem.reason, "hint": problem.hint}
            for problem in problems
        ]
        store = {"store": list(damage), "remarks": list(remarks)}
        output.json({"papers": papers, "pages": pages, **store, "settings": list(mistakes)})
    else:
        for problem in problems:
            output.line(f"{problem.source}:{problem.line}: {problem.reason}")
            output.line(f"  {problem.hint}")
        _lines(call, (*damage, *remarks))
        for sentence in mistakes:
            output.line(f"settings: {sentence}")
        state = "the store is damaged" if damage else "the store is sound"
        output.line(f"{pluralise(papers)}, {pluralise(len(problems), 'problem')} on the pages, {state}")
    return 4 if damage else 3 if problems or mistakes else 0


def _repair(call: CommandContext) -> int:
    from tui.session.session import Session  # noqa: PLC0415 - see Call.session; the store need not open here

    options, output = call.options, call.output
    said = Session.repair(call.home, dry_run=not options.yes, source=options.backup)
    if options.json:
        output.json({"repair": list(said), "done": bool(options.yes and said)})
        return 4 if said and not options.yes else 0
    _lines(call, said)
    if not said:
        output.line("the store is sound, and nothing was changed")
        return 0
    if options.yes:
        output.line("that is done, and the store is sound")
        return 0
    output.line("nothing was changed yet; add --yes to do that")
    return 4


def _lines(call: CommandContext, said: Sequence[str]) -> None:
    for sentence in said:
        call.output.line(f"store: {sentence}")
