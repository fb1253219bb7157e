"""``readlist export``: papers as a bibliography."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.cli.paper_args import list_ids
from tui.errors import UsageError
from tui.session.exports import ExportOptions
from tui.settings.settings import ExportProfile
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping, Sequence

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Write the papers that answer, or all of them, in a format for other programs. What a format cannot carry is said on
standard error. A file is written aside and moved into place; an existing one is replaced only with --force. With
--split, Markdown goes to one file a paper, and what you write below the marker line of a file stays there.
@NAME alone runs the profile of that name in the settings, if there is one; options given beside it go before its own.
Anywhere else, and where there is no such profile, @NAME is the saved view, as in every query."""
EXAMPLES = """\
  readlist export --format bibtex tag:thesis > thesis.bib
  readlist export --format ris -o refs.ris is:read
  readlist export --format csl-json --force -o refs.json is:starred
  readlist export --format markdown --split notes tag:thesis
  readlist export --format references --style ieee tag:thesis
  readlist export @thesis
"""


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    from tui.session.session import Session  # noqa: PLC0415 - the other verbs' parsers need no session

    formats = [name for name, _ in Session.formats()]
    parser.add_argument("--format", choices=formats, metavar="F", help=f"one of {', '.join(formats)}")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file; - or nothing: to standard output")
    parser.add_argument("--split", metavar="DIR", help="markdown: write one file a paper to a folder")
    parser.add_argument("--force", action="store_true", help="replace the file if it exists")
    parser.add_argument("--ascii", action="store_true", help="bibtex, biblatex, ris: letters of ASCII only")
    parser.add_argument("--raw", action="store_true", help="csv: leave cells that begin like a formula as they are")
    parser.add_argument("--style", default="", metavar="S", help="references: apa, ieee or acm")
    parser.add_query("the papers to write, or @NAME of a profile; all when left out")


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    options, output = call.options, call.output
    if options.split is not None and options.output is not None:
        raise UsageError("--split and --output name two places", "give one of them")
    with call.session() as session:
        order = _order(options, session.settings.profiles)
        ids = list_ids(session, order.query, None, output)
        export = session.export(ids, order.format, order.wishes)
        for warning in export.warnings:
            output.warn(warning.with_papers)
        if not order.to or (order.to == "-" and not order.wishes.split):
            output.document(export.text)
        else:
            session.save(export, Path(order.to).expanduser(), force=order.force)
            output.line(f"wrote {pluralise(export.papers)} to {order.to}")
    return 0


class _Order(NamedTuple):
    """What is to be written, how and where: the options of the call, and behind them those of a profile."""

    query: Sequence[str]
    format: str
    wishes: ExportOptions
    to: str
    force: bool


def _order(options: Namespace, profiles: Mapping[str, ExportProfile]) -> _Order:
    """Take the order from the call, and from the profile that its only word names.

    Raises:
        UsageError: no format is given, or ``split`` has no folder.
    """
    named = options.query[0][1:] if len(options.query) == 1 and options.query[0].startswith("@") else None
    profile = profiles.get(named) if named else None
    if profile is None and options.format is None:
        hint = f"there are {', '.join(f'@{name}' for name in profiles)}" if profiles else "or run a profile: @NAME"
        raise UsageError("an export needs --format", hint)
    query = options.query if profile is None else [profile.query]
    # What a profile says of its own format does not suit another one.
    given = profile if profile is not None and options.format in (None, profile.format) else ExportProfile("", "")
    wishes = ExportOptions(
        raw=options.raw or given.raw,
        ascii=options.ascii or given.ascii,
        style=options.style or given.style,
        split=options.split is not None or (given.split and options.output is None),
    )
    to = options.split or options.output or given.to
    if wishes.split and not to:
        raise UsageError(f"the profile {named} is split and names no folder", 'give it one: to = "DIR"')
    force = options.force or (given.force and to == given.to)
    return _Order(query, options.format or given.format, wishes, to, force)
