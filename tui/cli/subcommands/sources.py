"""``readlist sources``: list the sources of the papers, and remove one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import parse_utf8
from tui.errors import UsageError
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.session.source_removal import SourceInfo

_MAX_LISTED = 20  # papers that leave the list
_ACTIONS = ("list", "remove", "restore")
_HINT = "`readlist sources --help` has examples"
DESCRIPTION = """\
List the sources of the papers (name, format, number of papers, date of import, and whether the file is linked), or
remove a source, in one undo step. Papers that are in no other source and that you have not marked are removed with
it, as are the fields that `fill` took from it. The file itself is never deleted.
  list           list the sources (default)
  remove NAME    remove a source
  restore NAME   bring back a removed listing (for any other file, import it again)"""
EXAMPLES = """\
  readlist sources
  readlist sources remove --dry-run 003.txt
  readlist list source:refs.bib
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument(
        "--json",
        action="store_true",
        help="print a JSON array of {name, format, papers, completed, imported, linked, removed} (list only)",
    )
    parser.add_argument("--dry-run", action="store_true", help="show what remove would do, without doing it")
    parser.add_argument("action", nargs="?", default="list", choices=_ACTIONS, help="what to do")
    parser.add_argument(
        "name", nargs="?", metavar="NAME", type=parse_utf8, help="the name of a source, or part of the name"
    )


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    options, output = context.options, context.output
    if options.action == "list":
        if options.name or options.dry_run:
            raise UsageError("`sources list` accepts neither a name nor --dry-run", _HINT)
        with context.session() as session:
            sources = session.sources.removal.all()
        _print_list(context, sources)
        return 0
    if options.json or not options.name:
        wrong = "does not support --json" if options.json else "needs the name of a source"
        raise UsageError(f"`sources {options.action}` {wrong}", _HINT)
    with context.session() as session:
        if options.action == "restore":
            before = len(session.ids())
            name = session.sources.removal.restore(options.name)
            output.line(f"restored the source {name} and {pluralise(len(session.ids()) - before)}")
            return 0
        removal = session.sources.removal
        removed = (removal.preview if options.dry_run else removal.remove)(options.name)
    verb = "would remove" if options.dry_run else "removed"
    output.line(f"{verb} the source {removed.name} {removed.leaving}")
    for title in removed.gone[:_MAX_LISTED]:
        output.line(f"  {title}")
    if len(removed.gone) > _MAX_LISTED:
        output.line(f"  … and {len(removed.gone) - _MAX_LISTED} more")
    if removed.kept:
        output.hint("papers stay if another source has them, or if you have marked them")
    return 0


def _print_list(context: CommandContext, sources: Sequence[SourceInfo]) -> None:
    output = context.output
    if context.options.json:
        output.json(
            [
                {
                    "name": each.name,
                    "format": each.format or None,
                    "papers": each.papers,
                    "completed": each.completed,
                    "imported": each.imported or None,
                    "linked": each.is_linked,
                    "removed": each.is_removed,
                }
                for each in sources
            ]
        )
        return
    width = max((len(each.name) for each in sources), default=0)
    kinds = max((len(each.format) for each in sources), default=0)
    for each in sources:
        state = f"imported {each.imported[:10]}" if each.imported else "removed" if each.is_removed else "linked"
        state += ", linked" if each.imported and each.is_linked else ""
        state += f", completed {pluralise(each.completed)}" if each.completed else ""
        papers = "-" if each.completed else str(each.papers)
        output.line(f"{each.name:{width}}  {each.format or '-':{kinds}}  {papers:>6}  {state}")
    if not sources and output.terminal:
        output.warn("no sources yet")
