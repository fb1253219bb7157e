"""``readlist add``: add one paper by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import parse_utf8
from tui.errors import UsageError
from tui.session.new_paper import new_paper

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

DESCRIPTION = """\
Add one paper by hand, in one undoable step. If the list has it already, by identifier or by title and authors, that
paper is completed. A list of arXiv ids, DOIs or links can be imported: `readlist import -`."""
EXAMPLES = """\
  readlist add --title 'On Mills and Weirs' --author 'Ann Lee' --author 'Bo Moor' --year 2023
  readlist add --title 'Rivers Under Glass' --doi 10.5555/rivers --tag water
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("--title", required=True, type=parse_utf8, help="the title")
    parser.add_argument(
        "--author", action="append", default=[], metavar="NAME", type=parse_utf8, help="an author; repeat for more"
    )
    parser.add_argument("--year", metavar="DATE", type=parse_utf8, help="2023, 2023-10 or 2023-10-26")
    parser.add_argument("--doi", type=parse_utf8, help="the DOI")
    parser.add_argument("--arxiv", metavar="ID", type=parse_utf8, help="the arXiv identifier")
    parser.add_argument("--category", type=parse_utf8, help="an arXiv category, such as cs.CV")
    parser.add_argument("--url", action="append", default=[], type=parse_utf8, help="a web address; repeat for more")
    parser.add_argument("--abstract", metavar="TEXT", type=parse_utf8, help="the abstract")
    parser.add_argument(
        "--tag", action="append", default=[], metavar="TAG", type=parse_utf8, help="a tag; repeat for more"
    )


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    options, output = context.options, context.output
    texts = {
        "title": options.title,
        "authors": "; ".join(options.author),
        "date": options.year or "",
        "doi": options.doi or "",
        "eprint": options.arxiv or "",
        "category": options.category or "",
        "links": " ".join(options.url),
        "abstract": options.abstract or "",
    }
    source = new_paper({name: text for name, text in texts.items() if text}, options.tag)
    with context.session() as session:
        imported = session.imports.carry_out(session.imports.plan([source]))
        if imported.change is None:
            raise UsageError("this paper has been added already", f"`readlist list {options.title}` finds it")
        for paper_id in (*imported.new, *imported.known):
            verb = "added" if paper_id in imported.new else "updated"
            output.line(f"{verb} {paper_id}: {session.entry(paper_id).paper.display_title}")
    return 0
