"""``readlist show``: one paper in full."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from tui.cli.paper_args import single_id
from tui.model.display_names import shown_names
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.model.entry import Entry

DESCRIPTION = "Print the one paper that answers: what the pages say of it, and what you did to it."
EXAMPLES = """\
  readlist show id:7f3a91
  readlist show --json title:cachegen | jq -r .abstract
"""
_READABLE_WIDTH = 100


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument("--json", action="store_true", help="print one object, with everything known of the paper")
    parser.add_query("a query that exactly one paper answers, or its id")


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    output = call.output
    with call.session() as session:
        paper_id = single_id(session, call.options.query)
        if call.options.json:
            output.json(session.record(paper_id))
            return 0
        entry = session.entry(paper_id)
    output.line(entry.paper.display_title)
    for name, value in _facts(entry):
        if value:
            output.line(f"{name + ':':<13}{value}")
    for text in (entry.paper.abstract, entry.mark.note and f"Note\n\n{entry.mark.note}"):
        if text:
            output.line()
            output.block(_wrapped(text, output.width) if output.terminal else text)
    return 0


def _facts(entry: Entry) -> Iterator[tuple[str, str]]:
    paper, mark = entry.paper, entry.mark
    yield "authors", ", ".join(shown_names(paper.authors)) + (" et al." if paper.authors_truncated else "")
    yield "affiliation", paper.affiliation or ""
    yield "date", str(paper.date or "")
    yield "category", paper.category or ""
    yield "code", "yes" if paper.has_code else ""
    yield "arxiv", paper.eprint or ""
    yield "doi", paper.doi or ""
    yield "links", " ".join(paper.links)
    yield "status", f"{mark.status}{', starred' if mark.starred else ''}"
    yield "snoozed", f"until {mark.snoozed_until}" if mark.snoozed_until else ""
    yield "tags", ", ".join(mark.tags)
    yield "earlier", pluralise(len(paper.earlier_abstracts), "earlier abstract") if paper.earlier_abstracts else ""
    yield (
        "corrected",
        "; ".join(f"{name} (the pages say: {was or 'nothing'})" for name, _, was in _corrections(entry)),
    )
    yield "found at", ", ".join(f"{source.page}:{source.line}" for source in paper.sources)
    yield "id", paper.id


def _corrections(entry: Entry) -> list[tuple[str, str, str]]:
    if not entry.mark.corrected:
        return []
    from tui.model.correction import corrected_fields  # noqa: PLC0415 - most papers are as the pages have them

    return corrected_fields(entry)


def _wrapped(text: str, width: int) -> str:
    """Paragraphs wrapped for reading, their line breaks kept."""
    wide = min(width, _READABLE_WIDTH)
    return "\n".join(textwrap.fill(line, max(wide, 20), break_on_hyphens=False) for line in text.splitlines())
