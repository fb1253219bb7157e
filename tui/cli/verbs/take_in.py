"""``readlist import``: pages and bibliographies from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.call import counted

if TYPE_CHECKING:
    from tui.cli.call import Call
    from tui.cli.parser import VerbParser

DESCRIPTION = """\
Take in pages and bibliographies, recognised by their contents; papers that are there already are joined, never
doubled. Everything is one step that `readlist undo` takes back. A record that cannot be read is reported with its
file and line, the others are taken, and the exit status is 3."""
EXAMPLES = """\
  readlist import --dry-run listing.txt
  readlist import refs.bib more.ris
"""


def arguments(parser: VerbParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
    parser.add_argument("files", nargs="+", metavar="FILE", help="the files to take in")


def run(call: Call) -> int:
    """Carry it out, and return the exit status."""
    options, output = call.options, call.output
    with call.session() as session:
        imported = session.import_files([Path(file) for file in options.files], dry_run=options.dry_run)
        headings = [session.entry(paper_id).paper.heading for paper_id in imported.new if not options.dry_run]
    would = "would be " if options.dry_run else ""
    output.line(f"{counted(len(imported.new))} {would}taken, {len(imported.known)} {would}joined with known ones")
    for heading in headings:
        output.line(f"  {heading}")
    for problem in imported.problems:
        output.notice(f"{problem.page}:{problem.line}: {problem.reason}")
        output.remark(problem.hint)
    return 3 if imported.problems else 0
