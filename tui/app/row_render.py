"""From an entry to a line of the list: pure drawing. Knows no widget, no session and no theme."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from tui.app.theming import category_hue
from tui.model.author_name import parse_name
from tui.model.mark import Status
from tui.settings.settings import COLUMNS
from tui.text.display_text import display_text
from tui.text.match_spans import find_matches
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tui.app.theming import Glyphs, RowStyles
    from tui.model.entry import Entry

_ITALIC = Style(italic=True)
GUTTER = 5  # selected, status, star, note, blank


# Of each column but the title: the cells it takes, and the cells that the title keeps at least beside it. The first
# come first; papers are told by their titles, so these have the room that the others need not have.
_ROOM = {
    "year": (4, 30), "date": (10, 36), "author": (12, 44), "category": (8, 44), "added": (10, 50), "tags": (18, 60),
    "note": (24, 60),
}  # fmt: skip
_ENOUGH = 90  # cells of a title; what a line has beyond is shared with the columns that may grow
_GROWING = {"author": 36, "tags": 36, "note": 60}  # up to so many cells
_SHORTEST_NAME = 6  # cells of a short family name with its comma, so that no more are looked at than may find room
_BESIDE = 3  # tags that have no column take so much of a title that needs its room: a part in three
COLUMN_TITLES = {name: name.capitalize() for name in COLUMNS} | {"date": "Date", "added": "Added", "note": "Note"}


class RowState(NamedTuple):
    """What a line of the list is besides its entry."""

    cursor: bool = False
    focus: bool = True
    selected: bool = False
    stale: bool = False


@cache
def column_widths(width: int, columns: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Share out a line: columns and their widths in cells, without those that would leave the title too little.

    Args:
        width: cells of the line.
        columns: the columns asked for, from left to right.
    """
    title = max(width - GUTTER - 1, 1)  # a blank before the edge
    shape: dict[str, int] = {}
    for name, (room, least) in _ROOM.items():
        if name in columns and title - room - 1 >= least:
            shape[name] = room
            title -= room + 1
    growing = [name for name in _GROWING if name in shape]
    for at, name in enumerate(growing, start=1):
        more = min(max(title - _ENOUGH, 0) // (len(growing) + 2 - at), _GROWING[name] - shape[name])
        shape[name] += more
        title -= more
    return tuple((name, title if name == "title" else shape[name]) for name in columns if name in {"title", *shape})


def render_row(
    entry: Entry,
    width: int,
    state: RowState,
    terms: Sequence[str],
    styles: RowStyles,
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
    heading = styles.muted if quiet else styles.text
    if paper.title is None:
        heading += _ITALIC
    segments = [
        Segment(glyphs.selected if state.selected else " ", styles.star),
        Segment(glyphs.status[mark.status], styles.status[mark.status]),
        Segment(glyphs.star if mark.starred else " ", styles.star),
        Segment(glyphs.note if mark.note else " ", styles.tag),
    ]
    shape = column_widths(width, columns)
    # Tags that have no column of their own stand behind the title.
    beside = _CELLS["tags"](entry) if "tags" in columns and all(name != "tags" for name, _ in shape) else ""
    title = column = 0  # cells of a title that is not drawn yet, and of its column
    for name, room in (*shape, ("", 0)):
        text = sanitise_line(_cell(name, entry, room))
        # As a spreadsheet does: a title runs on over the cells behind it that are empty in its row.
        if title and name and not text:
            title += room + 1
            continue
        if title:
            segments += _title_segments(paper.display_title, (column, title), beside, heading, terms, styles, glyphs)
            title = 0
        if name == "title":
            title = column = room
        elif name:
            style = (
                styles.tag
                if name == "tags"
                else _hue(text, styles, quiet=quiet)
                if name == "category"
                else styles.muted
            )
            segments.append(Segment(" "))
            segments += _fit_segments(text, room, style, terms, styles, glyphs)
    segments.append(Segment(" "))
    ground = _background(state, styles)
    return segments if ground is None else list(Segment.apply_style(segments, ground))


def fit(text: SafeText, width: int, cut: str) -> str:
    """Text in exactly so many cells, cut with a sign where it is longer."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - cell_len(cut)) + cut


def _fit_segments(
    text: SafeText, width: int, style: Style, terms: Sequence[str], ink: RowStyles, glyphs: Glyphs
) -> list[Segment]:
    shown = fit(text, width, glyphs.cut)
    segments: list[Segment] = []
    at = 0
    for start, end in find_matches(shown, terms):
        segments += [Segment(shown[at:start], style), Segment(shown[start:end], style + ink.match)]
        at = end
    segments.append(Segment(shown[at:], style))
    return segments


def _title_segments(
    heading: str,
    room: tuple[int, int],
    beside: str,
    style: Style,
    terms: Sequence[str],
    ink: RowStyles,
    glyphs: Glyphs,
) -> list[Segment]:
    """A title, and at its right what has the room it leaves, or a third of it.

    Args:
        heading: the title.
        room: cells of its column, and all that it may take where the cells behind it are empty.
        beside: what stands at its right, or nothing.
        style: of the title.
        terms: folded terms to highlight.
        ink: the styles.
        glyphs: the signs.
    """
    column, width = room
    text, tags = sanitise_line(display_text(heading)), sanitise_line(beside)
    title, aside = cell_len(text), cell_len(tags)
    if not aside:
        return [Segment(" "), *_fit_segments(text, width, style, terms, ink, glyphs)]
    # At the end of its column where both find room there, so that tags stand below each other.
    whole = min(max(column, title + 2 + aside), width)
    aside = min(aside, max(whole - title - 2, whole // _BESIDE))
    return [
        Segment(" "),
        *_fit_segments(text, whole - aside - 1, style, terms, ink, glyphs),
        Segment(" "),
        *_fit_segments(tags, aside, ink.tag, terms, ink, glyphs),
        Segment(" " * (width - whole)),
    ]


def _hue(category: str, ink: RowStyles, *, quiet: bool) -> Style:
    return ink.muted if quiet else ink.hues[category_hue(category)]


def _cell(name: str, entry: Entry, room: int) -> str:
    if name == "author":
        return _authors(entry, room)
    return _CELLS[name](entry) if name in _CELLS else ""


def _authors(entry: Entry, room: int) -> str:
    """The family names that there is room for, the first at least, and a sign where there are more."""
    authors = entry.paper.authors
    if not authors:
        return ""
    names = [parse_name(author).surname for author in authors[: 1 + room // _SHORTEST_NAME]]
    shown = 1
    while shown < len(names) and len(", ".join(names[: shown + 1])) + 2 <= room:
        shown += 1
    more = shown < len(authors) or entry.paper.authors_truncated
    return ", ".join(names[:shown]) + (" +" if more else "")


def _year(entry: Entry) -> str:
    date = entry.paper.date
    return str(date.year) if date is not None and date.year is not None else ""


def _background(state: RowState, ink: RowStyles) -> Style | None:
    if state.cursor:
        return ink.cursor if state.focus else ink.cursor_unfocused
    return ink.selected if state.selected else None


_CELLS: Mapping[str, Callable[[Entry], str]] = {
    "tags": lambda entry: " ".join(f"#{tag}" for tag in entry.mark.tags),
    "year": _year,
    "date": lambda entry: str(entry.paper.date or ""),
    "category": lambda entry: entry.paper.category or "",
    "added": lambda entry: entry.paper.added[:10],
    "note": lambda entry: entry.mark.note.partition("\n")[0],
}
