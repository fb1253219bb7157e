"""``readlist add``: add one paper by hand, or papers by identifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import parse_utf8
from tui.errors import UsageError
from tui.session.new_paper import new_paper
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext

# The options of a paper that is added by hand, and the names of their fields.
_FIELDS = {"year": "date", "doi": "doi", "arxiv": "eprint", "category": "category", "venue": "container_title",
           "abstract": "abstract"}  # fmt: skip
DESCRIPTION = """\
Add one paper by hand, or papers by arXiv id, DOI or link. Links may point to arxiv.org, doi.org, alphaxiv.org, hf.co,
aclanthology.org, semanticscholar.org, or a publisher whose links contain the DOI. The identifier is read from the
link; the link is not opened. A paper added by identifier has no title until `readlist fill` completes it. Papers
already in the list are not added again; adding one by hand fills in its missing fields. Papers that you have removed
are restored. The command is one undo step."""
EXAMPLES = """\
  readlist add --title 'On Mills and Weirs' --author 'Ann Lee' --author 'Bo Moor' --year 2023
  readlist add --title 'Rivers Under Glass' --venue 'Journal of Rivers' --tag water
  readlist add 2310.12345 hep-th/9901001
  readlist add https://arxiv.org/abs/2310.12345v2
  readlist add 10.1145/3292500.3330701
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("--title", type=parse_utf8, help="the title of a paper to add by hand")
    parser.add_argument(
        "--author", action="append", default=[], metavar="NAME", type=parse_utf8, help="an author; repeat for more"
    )
    parser.add_argument("--year", metavar="DATE", type=parse_utf8, help="2023, 2023-10 or 2023-10-26")
    parser.add_argument("--venue", metavar="NAME", type=parse_utf8, help="the journal, proceedings or book")
    parser.add_argument("--doi", type=parse_utf8, help="the DOI")
    parser.add_argument("--arxiv", metavar="ARXIV-ID", type=parse_utf8, help="the arXiv id")
    parser.add_argument("--category", type=parse_utf8, help="an arXiv category, such as cs.CV")
    parser.add_argument("--url", action="append", default=[], type=parse_utf8, help="a web address; repeat for more")
    parser.add_argument("--abstract", metavar="TEXT", type=parse_utf8, help="the abstract")
    parser.add_argument(
        "--tag", action="append", default=[], metavar="TAG", type=parse_utf8, help="a tag; repeat for more"
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("identifiers", nargs="*", metavar="ID", help="arXiv ids, DOIs or links")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    options = context.options
    texts = {field: text for name, field in _FIELDS.items() if (text := getattr(options, name))}
    texts |= {"authors": "; ".join(options.author)} if options.author else {}
    texts |= {"links": " ".join(options.url)} if options.url else {}
    is_by_hand = options.title is not None or bool(texts or options.tag)
    if is_by_hand and options.identifiers:
        raise UsageError(
            "a paper can be added by hand or by identifier, but not both",
            "to add an identifier by hand, use --doi, --arxiv or --url",
        )
    if is_by_hand:
        return _add_by_hand(context, texts | {"title": options.title or ""})
    if not options.identifiers:
        raise UsageError("nothing to add", "use an arXiv id, a DOI or a link, or --title; see `readlist add --help`")
    return _add_identifiers(context)


def _add_by_hand(context: CommandContext, texts: dict[str, str]) -> int:
    """Add a paper whose fields are given."""
    options, output = context.options, context.output
    source = new_paper(texts, options.tag)
    with context.session() as session:
        plan = session.imports.plan([source])
        imported = session.imports.carry_out(plan, restored=plan.removed_papers)
        if imported.change is None:
            raise UsageError("this paper is already in the list", f"`readlist list {options.title}` finds it")
        if options.json:
            known = [{"id": paper_id} for paper_id in imported.known]
            output.json({"new": list(imported.new), "known": known, "restored": list(imported.restored)})
            return 0
        for paper_id in dict.fromkeys((*imported.new, *imported.known, *imported.restored)):
            verb = "added" if paper_id in imported.new else "updated"
            verb = "restored" if paper_id in imported.restored else verb
            output.line(f"{verb} {paper_id}: {session.entry(paper_id).paper.display_title}")
    return 0


def _add_identifiers(context: CommandContext) -> int:
    """Add papers of which only an identifier is known."""
    options, output = context.options, context.output
    with context.session() as session:
        added = session.additions.add_identifiers(options.identifiers)
        if options.json:
            known = [{"identifier": name, "id": paper} for name, paper in added.known]
            output.json({"new": list(added.new), "known": known, "restored": list(added.restored)})
            return 0
        if added.new:
            output.line(f"{pluralise(len(added.new))} added")
            output.hint(f"`readlist fill` completes {'it' if len(added.new) == 1 else 'them'}")
        for paper_id in added.restored:
            output.line(f"restored (it had been removed): {session.entry(paper_id).paper.display_title}")
        for name, paper_id in added.known:
            output.line(f"{name} is already in the list: {session.entry(paper_id).paper.display_title}")
    return 0
