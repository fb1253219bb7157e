"""The text shown instead of an empty list: which term emptied it, what each term matches, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.safe_display import Content, Static
from tui.text.plural import pluralise
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tui.keymap import Keymap
    from tui.query.search import Explanation, TermEffect

_MAX_TERMS = 12
_MAX_TERM_LENGTH = 60  # characters
_WAYS_IN = (  # commands, and what they do in an empty list
    ("in.import", "import a file: BibTeX, RIS, CSL-JSON, a listing, …"),
    ("in.add", "add a paper by hand"),
    ("app.lists", "open another list"),
)


class EmptyState(Static):
    """Text in place of an empty list."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)

    def put(self, content: Content) -> None:
        """Show a text."""
        self.update(content)
        self.display = True


def empty_list(
    query: str,
    explanation: Explanation,
    terms: Sequence[TermEffect],
    way_out: TermEffect | None,
    keymap: Keymap,
    folder: Path,
) -> Content:
    """The text for an empty list.

    Args:
        query: the query.
        explanation: why nothing matches.
        terms: the terms that must all match.
        way_out: the term that a key drops.
        keymap: the current keys.
        folder: the folder of the listings.
    """
    if not query.strip():
        return Content("\n").join(
            (
                Content.styled(SafeText("The list is empty."), "bold"),
                Content(""),
                *_keyed(keymap, _WAYS_IN),
                Content(""),
                Content(SafeText("You can also paste text here to import it. Listings added to")),
                Content.assemble((sanitise_line(str(folder), 200), "$primary"), SafeText(" appear immediately.")),
            )
        )
    lines = [Content.styled(SafeText("No matching papers."), "bold"), Content("")]
    if len(terms) > 1:
        if explanation.counts:
            lines += [Content(sanitise_line(explanation.text, 200)), Content("")]
        lines.append(Content.styled(SafeText("  alone  without it"), "$ink-muted"))
        lines += [
            Content.assemble(
                (sanitise_line(f"{term.alone:>7}"), "$ink-muted" if term.alone else "$error"),
                (sanitise_line(f"{term.without:>12}"), "$success" if term.without else "$ink-muted"),
                SafeText("  ") + sanitise_line(term.text, _MAX_TERM_LENGTH),
            )
            for term in terms[:_MAX_TERMS]
        ]
    elif explanation.text:
        lines.append(Content(sanitise_line(explanation.text, 200)))
    actions = [
        ("view.back", "show all papers"),
        ("find.query", "edit the query"),
        ("find.back", "go back to the previous query"),
    ]
    if way_out is not None:
        actions.insert(0, ("view.detail", f"drop {way_out.text[:_MAX_TERM_LENGTH]}: {pluralise(way_out.without)}"))
    return Content("\n").join([*lines, Content(""), *_keyed(keymap, actions)])


def _keyed(keymap: Keymap, actions: Sequence[tuple[str, str]]) -> list[Content]:
    """The keys of commands, and what each does here."""
    keys = [(keymap.key(command), effect) for command, effect in actions]
    width = max(len(key) for key, _ in keys)
    return [
        Content.assemble(
            (sanitise_line(f"{key:<{width}}"), "bold $secondary"), (sanitise_line(f"  {effect}"), "$ink-muted")
        )
        for key, effect in keys
    ]
