"""Render two papers side by side: equal words are muted, different words highlighted."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from tui.app.safe_display import Content
from tui.latex.display_text import display_text
from tui.model.display_names import author_line
from tui.model.venue_line import venue_line
from tui.text.fold import fold
from tui.text.sanitise import SafeText, sanitise_block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.app.theming import Glyphs
    from tui.model.entry import Entry

_MUTED = "$ink-muted"
_DIFFERENT = "bold $secondary"
_MAX_WORDS = 800  # words of a text that are compared
_MIN_EQUAL = 0.5  # share of equal words below which nothing is highlighted


class ComparisonRow(NamedTuple):
    """Two texts side by side, or one over the full width."""

    left: Content
    right: Content | None = None


def comparison_rows(left: Entry, right: Entry, glyphs: Glyphs) -> list[ComparisonRow]:
    """Compare two papers: title, authors, date, links, marks, citation key, abstract, note, sources.

    Args:
        left: the paper that is kept.
        right: the paper that would be merged into it.
        glyphs: the glyphs.
    """
    rows = [
        ComparisonRow(
            Content.styled(SafeText("keep"), "bold $success"),
            Content.styled(SafeText("merge into the left"), "bold $warning"),
        )
    ]
    for one, other in zip(_fields(left, glyphs), _fields(right, glyphs), strict=True):
        if one or other:
            rows.append(_compare(sanitise_block(one), sanitise_block(other)))
    return rows


def _fields(entry: Entry, glyphs: Glyphs) -> Iterator[str]:
    """The texts to compare, always the same number; not sanitised."""
    paper, mark = entry.paper, entry.mark
    details = (
        str(paper.date or "").replace("XXXX-", ""),
        paper.category,
        paper.affiliation,
        "code" if paper.has_code else "",
    )
    yield " ".join(display_text(paper.title).split()) if paper.title else "(no title)"
    yield author_line(paper.authors, truncated=paper.authors_truncated) or "(no authors)"
    yield f" {glyphs.bullet} ".join(detail for detail in details if detail) or "(no date, no category)"
    yield venue_line(paper)
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
    if 2 * sum(block.size for block in blocks) < _MIN_EQUAL * (len(left) + len(right)):
        return ComparisonRow(Content(one), Content(other))
    return ComparisonRow(
        _highlight_differences(one, [(left[start][0], left[start + size - 1][1]) for start, _, size in blocks]),
        _highlight_differences(other, [(right[start][0], right[start + size - 1][1]) for _, start, size in blocks]),
    )


def _words(text: SafeText) -> list[tuple[int, int]]:
    """Start and end offsets of the first words of a text."""
    spans: list[tuple[int, int]] = []
    at = 0
    for word in text.split()[:_MAX_WORDS]:
        start = text.index(word, at)
        at = start + len(word)
        spans.append((start, at))
    return spans


def _highlight_differences(text: SafeText, equal: list[tuple[int, int]]) -> Content:
    """A text with the equal ranges muted and all others highlighted."""
    content = Content.styled(text, _MUTED)
    at = 0
    for start, end in (*equal, (len(text), len(text))):
        if start > at:
            content = content.stylize(_DIFFERENT, at, start)
        at = end
    return content
