"""From an entry to a line of the list: pure drawing. Knows no widget, no session and no theme."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from tui.paper.mark import Status
from tui.paper.names import parse_name
from tui.text.latex import readable
from tui.text.sanitise import SafeText, one_line
from tui.text.spans import spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.looks import Glyphs, Ink
    from tui.paper.entry import Entry

_ITALIC = Style(italic=True)
_GUTTER = 5  # selected, status, star, note, blank


class Columns(NamedTuple):
    """Widths in cells of the columns of the list; a width of 0 leaves a column out."""

    title: int
    tags: int
    author: int
    year: int
    category: int


class RowState(NamedTuple):
    """What a line of the list is besides its entry."""

    cursor: bool = False
    focus: bool = True
    selected: bool = False
    stale: bool = False


@cache
def columns(width: int) -> Columns:
    """Share out a line: the title has at least half of it, and the others come one by one as there is room."""
    author = 11 if width >= 48 else 0
    year = 4 if width >= 34 else 0
    category = 8 if width >= 84 else 0
    tags = min(24, width // 6) if width >= 48 else 0
    used = _GUTTER + sum(part + 1 for part in (author, year, category, tags) if part)
    return Columns(max(width - used, 1), tags, author, year, category)


def row(entry: Entry, width: int, state: RowState, terms: Sequence[str], ink: Ink, glyphs: Glyphs) -> list[Segment]:
    """Draw one paper in one line.

    Args:
        entry: the paper and its mark.
        width: cells to fill.
        state: cursor, selection and the like.
        terms: folded terms to highlight.
        ink: the styles.
        glyphs: the signs.
    """
    paper, mark = entry.paper, entry.mark
    shape = columns(width)
    done = mark.status in (Status.READ, Status.SKIPPED)
    quiet = state.stale or done
    heading = ink.muted if quiet else ink.text
    if paper.title is None:
        heading += _ITALIC
    cells = [
        (one_line(" ".join(f"#{tag}" for tag in mark.tags)), shape.tags, ink.tag),
        (_author(entry), shape.author, ink.muted),
        (_year(entry), shape.year, ink.muted),
        (one_line(paper.category or ""), shape.category, ink.muted),
    ]
    cells = [cell for cell in cells if cell[1]]
    title = shape.title
    # As a spreadsheet does: a title runs on over the cells behind it that are empty in its row.
    while cells and not cells[0][0]:
        title += cells.pop(0)[1] + 1
    segments = [
        Segment(glyphs.selected if state.selected else " ", ink.star),
        Segment(glyphs.status[mark.status], ink.status[mark.status]),
        Segment(glyphs.star if mark.starred else " ", ink.star),
        Segment(glyphs.note if mark.note else " ", ink.tag),
        Segment(" "),
        *_fitted(one_line(readable(paper.heading)), title, heading, terms, ink, glyphs),
    ]
    for text, cell, style in cells:
        segments += [Segment(" "), *_fitted(text, cell, style, terms, ink, glyphs)]
    ground = _ground(state, ink)
    return segments if ground is None else list(Segment.apply_style(segments, ground))


def fitted(text: SafeText, width: int, cut: str) -> str:
    """Text in exactly so many cells, cut with a sign where it is longer."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - cell_len(cut)) + cut


def _fitted(
    text: SafeText, width: int, style: Style, terms: Sequence[str], ink: Ink, glyphs: Glyphs
) -> list[Segment]:
    shown = fitted(text, width, glyphs.cut)
    segments: list[Segment] = []
    at = 0
    for start, end in spans(shown, terms):
        segments += [Segment(shown[at:start], style), Segment(shown[start:end], style + ink.match)]
        at = end
    segments.append(Segment(shown[at:], style))
    return segments


def _author(entry: Entry) -> SafeText:
    authors = entry.paper.authors
    if not authors:
        return SafeText("")
    family = one_line(parse_name(authors[0]).surname)
    more = len(authors) > 1 or entry.paper.authors_truncated
    return SafeText(family + " +" if more else family)


def _year(entry: Entry) -> SafeText:
    date = entry.paper.date
    return SafeText(str(date.year) if date is not None and date.year is not None else "")


def _ground(state: RowState, ink: Ink) -> Style | None:
    if state.cursor:
        return ink.cursor if state.focus else ink.shadow
    return ink.chosen if state.selected else None
