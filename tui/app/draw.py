"""From an entry to a line of the list: pure drawing. Knows no widget, no session and no theme."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from tui.paper.mark import Status
from tui.paper.names import parse_name
from tui.settings.settings import COLUMNS
from tui.text.readable import readable
from tui.text.sanitise import SafeText, one_line
from tui.text.spans import spans

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tui.app.looks import Glyphs, Ink
    from tui.paper.entry import Entry

_ITALIC = Style(italic=True)
_GUTTER = 5  # selected, status, star, note, blank


# Of each column but the title: the cells it takes, and the width of the list from which it is there.
_ROOM = {
    "author": (11, 48), "year": (4, 34), "category": (8, 84), "tags": (24, 48), "date": (10, 60), "added": (10, 84),
    "note": (24, 84),
}  # fmt: skip
_SHARED = frozenset(("tags", "note"))  # these take a sixth of a narrow list


class RowState(NamedTuple):
    """What a line of the list is besides its entry."""

    cursor: bool = False
    focus: bool = True
    selected: bool = False
    stale: bool = False


@cache
def shape_of(width: int, columns: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Share out a line: columns and their widths in cells. The title has what the others leave, a third at least."""
    shape = {
        name: min(_ROOM[name][0], width // 6) if name in _SHARED else _ROOM[name][0]
        for name in columns
        if name != "title" and width >= _ROOM[name][1]
    }
    while shape and width - _GUTTER - sum(part + 1 for part in shape.values()) < width // 3:
        shape.popitem()
    title = max(width - _GUTTER - sum(part + 1 for part in shape.values()), 1)
    return tuple((name, title if name == "title" else shape[name]) for name in columns if name in {"title", *shape})


def row(
    entry: Entry,
    width: int,
    state: RowState,
    terms: Sequence[str],
    ink: Ink,
    glyphs: Glyphs,
    columns: tuple[str, ...] = COLUMNS,
) -> list[Segment]:
    """Draw one paper in one line.

    Args:
        entry: the paper and its mark.
        width: cells to fill.
        state: cursor, selection and the like.
        terms: folded terms to highlight.
        ink: the styles.
        glyphs: the signs.
        columns: which, from left to right.
    """
    paper, mark = entry.paper, entry.mark
    done = mark.status in (Status.READ, Status.SKIPPED)
    quiet = state.stale or done
    heading = ink.muted if quiet else ink.text
    if paper.title is None:
        heading += _ITALIC
    segments = [
        Segment(glyphs.selected if state.selected else " ", ink.star),
        Segment(glyphs.status[mark.status], ink.status[mark.status]),
        Segment(glyphs.star if mark.starred else " ", ink.star),
        Segment(glyphs.note if mark.note else " ", ink.tag),
    ]
    title = 0  # cells of a title that is not drawn yet
    for name, room in shape_of(width, columns):
        if name == "title":
            title = room
            continue
        text = one_line(_CELLS[name](entry))
        # As a spreadsheet does: a title runs on over the cells behind it that are empty in its row.
        if title and not text:
            title += room + 1
            continue
        if title:
            segments += _titled(paper.heading, title, heading, terms, ink, glyphs)
            title = 0
        segments.append(Segment(" "))
        segments += _fitted(text, room, ink.tag if name == "tags" else ink.muted, terms, ink, glyphs)
    if title:
        segments += _titled(paper.heading, title, heading, terms, ink, glyphs)
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


def _titled(heading: str, width: int, style: Style, terms: Sequence[str], ink: Ink, glyphs: Glyphs) -> list[Segment]:
    return [Segment(" "), *_fitted(one_line(readable(heading)), width, style, terms, ink, glyphs)]


def _author(entry: Entry) -> str:
    authors = entry.paper.authors
    if not authors:
        return ""
    more = len(authors) > 1 or entry.paper.authors_truncated
    family = parse_name(authors[0]).surname
    return f"{family} +" if more else family


def _year(entry: Entry) -> str:
    date = entry.paper.date
    return str(date.year) if date is not None and date.year is not None else ""


def _ground(state: RowState, ink: Ink) -> Style | None:
    if state.cursor:
        return ink.cursor if state.focus else ink.shadow
    return ink.chosen if state.selected else None


_CELLS: Mapping[str, Callable[[Entry], str]] = {
    "tags": lambda entry: " ".join(f"#{tag}" for tag in entry.mark.tags),
    "author": _author,
    "year": _year,
    "date": lambda entry: str(entry.paper.date or ""),
    "category": lambda entry: entry.paper.category or "",
    "added": lambda entry: entry.paper.added[:10],
    "note": lambda entry: entry.mark.note.partition("\n")[0],
}
