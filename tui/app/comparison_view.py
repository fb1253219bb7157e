"""From two entries to the rows of a comparison: pure drawing. What both say recedes, what differs stands out.

Knows no widget and no session.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from tui.model.display_names import shown_names
from tui.text.display_text import display_text
from tui.text.fold import fold
from tui.text.sanitise import sanitise_block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.app.theming import Glyphs
    from tui.model.entry import Entry
    from tui.text.sanitise import SafeText

_MUTED = "$ink-muted"
_OTHER = "bold $secondary"
_COMPARED = 800  # words of a text
_ALIKE = 0.5  # share of equal words below which all would stand out, and so nothing


class ComparisonRow(NamedTuple):
    """Two texts side by side, or one over the whole width."""

    left: Content
    right: Content | None = None


def comparison_rows(left: Entry, right: Entry, glyphs: Glyphs) -> list[ComparisonRow]:
    """Set two papers side by side: which stays, title, who and when, state, abstract, note, where they were found.

    Args:
        left: the paper that stays.
        right: the one that would become part of it.
        glyphs: the signs.
    """
    rows = [
        ComparisonRow(Content.styled("stays", "bold $success"), Content.styled("becomes part of it", "bold $warning"))
    ]
    for one, other in zip(_fields(left, glyphs), _fields(right, glyphs), strict=True):
        if one or other:
            rows.append(_compare(sanitise_block(one), sanitise_block(other)))
    return rows


def _fields(entry: Entry, glyphs: Glyphs) -> Iterator[str]:
    """The texts that are compared, always as many; as they came, so not safe to be shown."""
    paper, mark = entry.paper, entry.mark
    facts = (
        str(paper.date or "").replace("XXXX-", ""),
        paper.category,
        paper.affiliation,
        "code" if paper.has_code else "",
    )
    yield " ".join(display_text(paper.title).split()) if paper.title else "(no title)"
    yield ", ".join(shown_names(paper.authors)) + (" et al." if paper.authors_truncated else "") or "(no authors)"
    yield f" {glyphs.bullet} ".join(fact for fact in facts if fact) or "(no date, no category)"
    yield " ".join(paper.links) or "(no link)"
    tags = "".join(f" #{tag}" for tag in mark.tags)
    yield f"{glyphs.status[mark.status]} {mark.status}{f' {glyphs.star}' if mark.starred else ''}{tags}"
    yield f"cited as {mark.citation_key}" if mark.citation_key else ""
    yield f"\n{display_text(paper.abstract)}\n" if paper.abstract else "\n(no abstract)\n"
    yield f"{glyphs.note} {mark.note}" if mark.note else ""
    yield "\n".join(dict.fromkeys(f"{source.page}, line {source.line}" for source in paper.sources))


def _compare(one: SafeText, other: SafeText) -> ComparisonRow:
    left, right = _words(one), _words(other)
    matcher = SequenceMatcher(
        None, [fold(one[start:end]) for start, end in left], [fold(other[start:end]) for start, end in right], False
    )
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if 2 * sum(block.size for block in blocks) < _ALIKE * (len(left) + len(right)):
        return ComparisonRow(Content(one), Content(other))
    return ComparisonRow(
        _highlight_differences(one, [(left[start][0], left[start + size - 1][1]) for start, _, size in blocks]),
        _highlight_differences(other, [(right[start][0], right[start + size - 1][1]) for _, start, size in blocks]),
    )


def _words(text: SafeText) -> list[tuple[int, int]]:
    """Where the first words of a text begin and end."""
    places: list[tuple[int, int]] = []
    at = 0
    for word in text.split()[:_COMPARED]:
        start = text.index(word, at)
        at = start + len(word)
        places.append((start, at))
    return places


def _highlight_differences(text: SafeText, equal: list[tuple[int, int]]) -> Content:
    """A text of which some ranges recede and all else stands out."""
    content = Content.styled(text, _MUTED)
    at = 0
    for start, end in (*equal, (len(text), len(text))):
        if start > at:
            content = content.stylize(_OTHER, at, start)
        at = end
    return content
