"""``readlist export``: papers as a bibliography."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.call import counted
from tui.cli.select import shown
from tui.departures import Options
from tui.errors import UsageError

if TYPE_CHECKING:
    from tui.cli.call import Call
    from tui.cli.parser import VerbParser

DESCRIPTION = """\
Write the papers that answer, or all of them, in a format for other programs. What a format cannot carry is said on
standard error. A file is written aside and moved into place; an existing one is replaced only with --force. With
--split, Markdown goes to one file a paper, and what you write below the marker line of a file stays there."""
EXAMPLES = """\
  readlist export --format bibtex tag:thesis > thesis.bib
  readlist export --format ris -o refs.ris is:read
  readlist export --format csl-json --force -o refs.json is:starred
  readlist export --format markdown --split notes tag:thesis
  readlist export --format references --style ieee tag:thesis
"""


def arguments(parser: VerbParser) -> None:
    """Declare the options and words of the verb."""
    from tui.session import Session  # noqa: PLC0415 - the other verbs' parsers need no session

    formats = [name for name, _ in Session.formats()]
    parser.add_argument("--format", required=True, choices=formats, metavar="F", help=f"one of {', '.join(formats)}")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file; - or nothing: to standard output")
    parser.add_argument("--split", metavar="DIR", help="markdown: write one file a paper to a folder")
    parser.add_argument("--force", action="store_true", help="replace the file if it exists")
    parser.add_argument("--ascii", action="store_true", help="bibtex, biblatex, ris: letters of ASCII only")
    parser.add_argument("--raw", action="store_true", help="csv: leave cells that begin like a formula as they are")
    parser.add_argument("--style", default="", metavar="S", help="references: apa, ieee or acm")
    parser.add_query("the papers to write; all when left out")


def run(call: Call) -> int:
    """Carry it out, and return the exit status."""
    options, output = call.options, call.output
    target = options.split if options.split is not None else options.output
    if options.split is not None and options.output is not None:
        raise UsageError("--split and --output name two places", "give one of them")
    wishes = Options(raw=options.raw, ascii=options.ascii, style=options.style, split=options.split is not None)
    with call.session() as session:
        ids = shown(session, options.query, None, output)
        export = session.export(ids, options.format, wishes)
        for warning in export.warnings:
            output.notice(warning)
        if target is None or (target == "-" and not wishes.split):
            output.document(export.text)
        else:
            session.save(export, Path(target), force=options.force)
            output.line(f"wrote {counted(export.count)} to {target}")
    return 0
