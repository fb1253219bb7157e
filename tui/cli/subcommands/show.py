"""``readlist show``: print one paper in full."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from tui.cli.paper_args import single_id
from tui.model.display_names import author_line
from tui.model.paper import locations_by_field
from tui.model.venue_line import other_fields, venue_line
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.model.entry import Entry
    from tui.model.paper import Paper

DESCRIPTION = "Print the one paper that matches in full: its fields from the sources, and its status, tags and note."
EXAMPLES = """\
  readlist show id:7f3a91
  readlist show --json title:cachegen | jq -r .abstract
"""
_MAX_WIDTH = 100


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    parser.add_argument("--json", action="store_true", help="print a JSON object with every field of the paper")
    parser.add_query("an id, or a query that matches exactly one paper")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    output = context.output
    with context.session() as session:
        paper_id = single_id(session, context.options.query)
        if context.options.json:
            output.json(session.exports.record(paper_id))
            return 0
        entry = session.entry(paper_id)
    output.line(entry.paper.display_title)
    for name, value in _fields(entry):
        if value:
            output.line(f"{name + ':':<12} {value}")
    for line in _provenance(entry.paper):
        output.line(line)
    for text in (entry.paper.abstract, entry.mark.note and f"Note\n\n{entry.mark.note}"):
        if text:
            output.line()
            output.block(_wrap(text, output.width) if output.terminal else text)
    return 0


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    paper, mark = entry.paper, entry.mark
    yield "authors", author_line(paper.authors, truncated=paper.authors_truncated)
    yield "affiliation", paper.affiliation or ""
    yield "date", str(paper.date or "")
    yield "category", paper.category or ""
    yield "code", "yes" if paper.has_code else ""
    yield "arxiv", paper.eprint or ""
    yield "doi", paper.doi or ""
    yield "links", " ".join(paper.links)
    yield "venue", venue_line(paper)
    yield from other_fields(paper.publication)
    yield "cite as", mark.citation_key or ""
    yield "status", f"{mark.status}{', starred' if mark.starred else ''}"
    yield "priority", mark.priority or ""
    yield "due", mark.due or ""
    yield "snoozed", f"until {mark.snoozed_until}" if mark.snoozed_until else ""
    yield "tags", ", ".join(mark.tags)
    yield "earlier", pluralise(len(paper.earlier_abstracts), "earlier abstract") if paper.earlier_abstracts else ""
    yield (
        "corrected",
        "; ".join(f"{name} (in the sources: {original or 'empty'})" for name, _, original in _corrections(entry)),
    )
    yield "found at", ", ".join(f"{source.page}:{source.line}" for source in paper.sources)
    yield "id", paper.id


def _provenance(paper: Paper) -> Iterator[str]:
    """Which sources gave each field, and what other sources say of it."""
    by_field = locations_by_field(paper, whole=True)
    if by_field:
        yield "sources of each field:"
    for field, locations in by_field.items():
        places = ", ".join(f"{at.page}:{at.line}" for at in locations)
        yield f"  {field.replace('_', ' ') + ':':<19}{places}"
        for variant in paper.variants:
            if variant.field == field:
                at = variant.location
                yield f"{'':<21}{at.page}:{at.line} has {variant.value}"


def _corrections(entry: Entry) -> list[tuple[str, str, str]]:
    if not entry.mark.corrected:
        return []
    from tui.model.correction import corrected_fields  # noqa: PLC0415 - most papers have no corrections

    return corrected_fields(entry)


def _wrap(text: str, width: int) -> str:
    """Wrap paragraphs for reading, keeping their line breaks."""
    columns = min(width, _MAX_WIDTH)
    return "\n".join(textwrap.fill(line, max(columns, 20), break_on_hyphens=False) for line in text.splitlines())
