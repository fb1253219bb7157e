"""``readlist export``: papers as a bibliography."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.call import counted
from tui.cli.select import shown

if TYPE_CHECKING:
    from tui.cli.call import Call
    from tui.cli.parser import VerbParser

DESCRIPTION = """\
Write the papers that answer, or all of them, in a format for other programs. What a format cannot carry is said on
standard error. A file is written aside and moved into place; an existing one is replaced only with --force."""
EXAMPLES = """\
  readlist export --format bibtex tag:thesis > thesis.bib
  readlist export --format ris -o refs.ris is:read
  readlist export --format csl-json --force -o refs.json is:starred
"""


def arguments(parser: VerbParser) -> None:
    """Declare the options and words of the verb."""
    from tui.session import Session  # noqa: PLC0415 - the other verbs' parsers need no session

    formats = [name for name, _ in Session.formats()]
    parser.add_argument("--format", required=True, choices=formats, metavar="F", help=f"one of {', '.join(formats)}")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file; - or nothing: to standard output")
    parser.add_argument("--force", action="store_true", help="replace the file if it exists")
    parser.add_query("the papers to write; all when left out")


def run(call: Call) -> int:
    """Carry it out, and return the exit status."""
    options, output = call.options, call.output
    with call.session() as session:
        ids = shown(session, options.query, None, output)
        export = session.export(ids, options.format)
        for warning in export.warnings:
            output.notice(warning)
        if options.output in {None, "-"}:
            output.document(export.text)
        else:
            session.save(export, Path(options.output), force=options.force)
            output.line(f"wrote {counted(export.count)} to {options.output}")
    return 0
