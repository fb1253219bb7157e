"""What stands where no paper answers: which term emptied the list, what each would give, the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from tui.text.plural import pluralise
from tui.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tui.keymap import Keymap
    from tui.query.search import QueryResult, TermEffect
    from tui.session.session import Session

_MOST_TERMS = 12
_LONGEST = 60  # letters of a term


class EmptyState(Static):
    """Words in the place of the list.

    Attributes:
        way_out: the term to leave out, so that there are papers again; None where no single one does it.
    """

    way_out: TermEffect | None = None

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)

    def put(self, content: Content) -> None:
        """Show some words."""
        self.update(content)
        self.display = True

    def show(self, session: Session, query: str, listing: QueryResult) -> None:
        """Say why the list is empty, where it is."""
        self.way_out = None
        if listing.ids:
            self.display = False
            return
        terms = session.search.explain_terms(listing)
        # Of several, the one typed last: what stood before it had papers.
        self.way_out = next((it for it in reversed(terms) if it.without and it.rest is not None), None)
        keymap, pages = session.settings.keymap, session.paths.seeds
        self.put(empty_list(query, listing.explanation, terms, self.way_out, keymap, pages))


def empty_list(
    query: str, explanation: str, terms: Sequence[TermEffect], way_out: TermEffect | None, keymap: Keymap, pages: Path
) -> Content:
    """Set the words for an empty list.

    Args:
        query: what was asked.
        explanation: why nothing answers, in one line.
        terms: the terms that must all match.
        way_out: the term that a key leaves out.
        keymap: the keys in force.
        pages: the folder that papers come from.
    """
    if not query.strip():
        return Content.assemble(
            ("There is no paper in the list yet.", "bold"),
            "\n\nA page that is put into ",
            (sanitise_line(str(pages), 200), "$primary"),
            " shows here at once.\n",
            ("readlist import FILE", "$primary"),
            " takes BibTeX, RIS, CSL-JSON and pages.",
        )
    lines = [Content.styled("No paper answers this query.", "bold"), Content("")]
    if len(terms) > 1:
        emptied = explanation.partition(";")[0] if "empties the list" in explanation else ""
        lines += [Content(sanitise_line(emptied, 200)), Content("")] if emptied else []
        lines.append(Content.styled("  alone  without it", "$ink-muted"))
        lines += [
            Content.assemble(
                (f"{term.alone:>7}", "$ink-muted" if term.alone else "$error"),
                (f"{term.without:>12}", "$success" if term.without else "$ink-muted"),
                f"  {sanitise_line(term.text, _LONGEST)}",
            )
            for term in terms[:_MOST_TERMS]
        ]
    elif explanation:
        lines.append(Content(sanitise_line(explanation, 200)))
    ways = [
        ("view.back", "shows every paper"),
        ("find.query", "changes the query"),
        ("find.back", "goes back to the one before"),
    ]
    if way_out is not None:
        papers = pluralise(way_out.without)
        ways.insert(0, ("view.detail", f"leaves out {way_out.text[:_LONGEST]}: {papers}"))
    keys = [(keymap.key(command), does) for command, does in ways]
    width = max(len(key) for key, _ in keys)
    lines += [
        Content(""),
        *(
            Content.assemble(
                (sanitise_line(f"{key:<{width}}"), "bold $secondary"), (sanitise_line(f"  {does}"), "$ink-muted")
            )
            for key, does in keys
        ),
    ]
    return Content("\n").join(lines)
