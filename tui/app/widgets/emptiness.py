"""What stands where no paper answers: which term emptied the list, what each would give, the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from tui.text.sanitise import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.keymap import Keymap
    from tui.query.search import Listing
    from tui.session.session import Session

_MOST_TERMS = 12
_LONGEST = 60  # letters of a term


class Emptiness(Static):
    """Words in the place of the list."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)

    def put(self, content: Content) -> None:
        """Show some words."""
        self.update(content)
        self.display = True

    def show(self, session: Session, query: str, listing: Listing) -> None:
        """Say why the list is empty, where it is."""
        if listing.ids:
            self.display = False
        else:
            self.put(empty_list(query, listing.explanation, session.search.alone(listing), session.settings.keymap))


def empty_list(query: str, explanation: str, alone: Sequence[tuple[str, int]], keymap: Keymap) -> Content:
    """Set the words for an empty list.

    Args:
        query: what was asked.
        explanation: why nothing answers, in one line.
        alone: each term that must match, with the number of papers it alone would give.
        keymap: the keys in force.
    """
    if not query.strip():
        return Content("There is no paper in the list yet.")
    lines = [Content.styled("No paper answers this query.", "bold"), Content("")]
    if len(alone) > 1:
        emptied = explanation.partition(";")[0] if "empties the list" in explanation else ""
        lines += [Content(one_line(emptied, 200)), Content("")] if emptied else []
        lines.append(Content.styled("Each term alone would give:", "$ink-muted"))
        width = max(len(str(count)) for _, count in alone)
        lines += [
            Content.assemble((f"  {count:>{width}}  ", "$ink-muted" if count else "$error"), one_line(term, _LONGEST))
            for term, count in alone[:_MOST_TERMS]
        ]
    elif explanation:
        lines.append(Content(one_line(explanation, 200)))
    keys = Content.assemble(
        (one_line(keymap.key("view.back")), "bold $secondary"), (" shows every paper   ", "$ink-muted"),
        (one_line(keymap.key("find.query")), "bold $secondary"), (" changes the query   ", "$ink-muted"),
        (one_line(keymap.key("find.back")), "bold $secondary"), (" goes back to the one before", "$ink-muted"),
    )  # fmt: skip
    return Content("\n").join([*lines, Content(""), keys])
