"""Render a paper as a row of the list."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rich.style import Style

from tui.app.safe_display import SPACE, Segment
from tui.app.theming import category_hue
from tui.latex.display_text import display_text
from tui.model.author_name import parse_name
from tui.model.mark import Status
from tui.model.queue import due_text, is_near, snooze_text
from tui.settings.settings import COLUMNS
from tui.text.cells import cell_width, fit
from tui.text.match_spans import find_matches
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tui.app.theming import Glyphs, RowStyles
    from tui.model.entry import Entry

_ITALIC = Style(italic=True)
GUTTER = 5  # cells: selected, status, star, note, space


# For each column but the title: its width, and the width the title must keep for the column to be shown. Columns are
# added in this order.
_WIDTHS = {
    "year": (4, 30), "date": (10, 36), "author": (12, 44), "category": (8, 44), "added": (10, 50), "tags": (18, 60),
    "note": (24, 60), "due": (10, 50), "venue": (16, 60),
}  # fmt: skip
_TITLE_WIDTH = 90  # cells; wider lines share the rest between title and growing columns
_GROWING = {"author": 36, "tags": 36, "note": 60, "venue": 48}  # maximum widths
_MIN_NAME = 6  # cells of a short family name and its comma; limits the names that are parsed
# In the first cell, unless the paper is selected.
_PRIORITY_GLYPHS = {"high": SafeText("!"), "medium": SafeText(":"), "low": SafeText(".")}
_TAGS_SHARE = 3  # tags without a column take at most a third of a long title
_MORE = 3  # cells of the number of tags left out, with the space before it
COLUMN_TITLES = {name: name.capitalize() for name in COLUMNS} | {
    "date": "Date",
    "added": "Added",
    "note": "Note",
    "due": "Due",
    "venue": "Venue",
}


class RowState(NamedTuple):
    """The state of a row in the list."""

    cursor: bool = False
    focus: bool = True
    selected: bool = False
    stale: bool = False


@cache
def column_widths(width: int, columns: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """The columns that fit into a line, and their widths; columns that would make the title too narrow are left out.

    Args:
        width: width of the line in cells.
        columns: the requested columns, from left to right.
    """
    title = max(width - GUTTER - 1, 1)  # a space before the border
    widths: dict[str, int] = {}
    for name, (space, least) in _WIDTHS.items():
        if name in columns and title - space - 1 >= least:
            widths[name] = space
            title -= space + 1
    growing = [name for name in _GROWING if name in widths]
    for at, name in enumerate(growing, start=1):
        more = min(max(title - _TITLE_WIDTH, 0) // (len(growing) + 2 - at), _GROWING[name] - widths[name])
        widths[name] += more
        title -= more
    return tuple((name, title if name == "title" else widths[name]) for name in columns if name in {"title", *widths})


def render_row(
    entry: Entry,
    width: int,
    state: RowState,
    terms: Sequence[str],
    styles: RowStyles,
    glyphs: Glyphs,
    columns: tuple[str, ...] = COLUMNS,
) -> list[Segment]:
    """Render one paper in one line.

    Args:
        entry: the paper and its mark.
        width: width in cells.
        state: cursor, selection and so on.
        terms: folded terms to highlight.
        styles: the styles.
        glyphs: the glyphs.
        columns: the columns, from left to right.
    """
    paper, mark = entry.paper, entry.mark
    done = mark.status in (Status.READ, Status.SKIPPED)
    snoozed = _snooze(entry)
    quiet = state.stale or done or bool(snoozed)
    title_style = styles.muted if quiet else styles.text
    if paper.title is None:
        title_style += _ITALIC
    segments = [
        Segment(glyphs.selected if state.selected else _PRIORITY_GLYPHS.get(mark.priority or "", SPACE), styles.star),
        Segment(glyphs.snoozed, styles.muted)
        if snoozed
        else Segment(glyphs.status[mark.status], styles.status[mark.status]),
        Segment(glyphs.star if mark.starred else " ", styles.star),
        Segment(glyphs.note if mark.note else " ", styles.tag),
    ]
    widths = column_widths(width, columns)
    # Tags without a column follow the title.
    title_tags = _tags(entry) if "tags" in columns and all(name != "tags" for name, _ in widths) else ()
    title = 0  # width of a title not rendered yet
    for name, space in (*widths, ("", 0)):
        text = sanitise_line(_cell(name, entry, space, glyphs))
        # As in a spreadsheet, a title extends over the empty cells that follow it, unless that would move its tags.
        if title and name and not text and not title_tags:
            title += space + 1
            continue
        if title:
            segments += _title_segments(paper.display_title, title, title_tags, title_style, terms, styles, glyphs)
            title = 0
        if name == "title":
            title = space
        elif name:
            style = (
                styles.tag
                if name == "tags"
                else _hue(text, styles, quiet=quiet)
                if name == "category"
                else styles.muted
            )
            segments.append(Segment(" "))
            segments += _fit_segments(text, space, style, terms, styles, glyphs)
    segments.append(Segment(" "))
    ground = _background(state, styles)
    return segments if ground is None else list(Segment.apply_style(segments, ground))


def _fit_segments(
    text: SafeText, width: int, style: Style, terms: Sequence[str], styles: RowStyles, glyphs: Glyphs
) -> list[Segment]:
    shown = fit(text, width, glyphs.cut)
    segments: list[Segment] = []
    at = 0
    for start, end in find_matches(shown, terms):
        segments += [Segment(shown[at:start], style), Segment(shown[start:end], style + styles.match)]
        at = end
    segments.append(Segment(shown[at:], style))
    return segments


def _title_segments(
    text: str,
    width: int,
    tags: Sequence[str],
    style: Style,
    terms: Sequence[str],
    styles: RowStyles,
    glyphs: Glyphs,
) -> list[Segment]:
    """A title with tags at its right, which get the space it leaves, or a third of it.

    Args:
        text: the title.
        width: width of its column.
        tags: the tags; may be empty.
        style: style of the title.
        terms: folded terms to highlight.
        styles: the styles.
        glyphs: the glyphs.
    """
    safe_title = sanitise_line(display_text(text))
    if not tags:
        return [Segment(" "), *_fit_segments(safe_title, width, style, terms, styles, glyphs)]
    room = max(width - cell_width(safe_title) - 2, width // _TAGS_SHARE)
    safe_tags = sanitise_line(_as_many(tags, room, glyphs.cut))
    aside = min(cell_width(safe_tags), room)
    return [
        Segment(" "),
        *_fit_segments(safe_title, width - aside - 1, style, terms, styles, glyphs),
        Segment(" "),
        *_fit_segments(safe_tags, aside, styles.tag, terms, styles, glyphs),
    ]


def _hue(category: str, styles: RowStyles, *, quiet: bool) -> Style:
    return styles.muted if quiet else styles.hues[category_hue(category)]


def _cell(name: str, entry: Entry, space: int, glyphs: Glyphs) -> str:
    if name == "author":
        return _authors(entry, space)
    if name == "tags":
        return _as_many(_tags(entry), space, glyphs.cut)
    return _CELLS[name](entry) if name in _CELLS else ""


def _authors(entry: Entry, space: int) -> str:
    """The family names that fit, at least the first, and ``+`` if there are more."""
    authors = entry.paper.authors
    if not authors:
        return ""
    names = [parse_name(author).surname for author in authors[: 1 + space // _MIN_NAME]]
    shown = 1
    while shown < len(names) and len(", ".join(names[: shown + 1])) + 2 <= space:
        shown += 1
    more = shown < len(authors) or entry.paper.authors_truncated
    return ", ".join(names[:shown]) + (" +" if more else "")


def _year(entry: Entry) -> str:
    date = entry.paper.date
    return str(date.year) if date is not None and date.year is not None else ""


def _tags(entry: Entry) -> Sequence[str]:
    """The tags, after how long it is snoozed and a due date that is near."""
    mark = entry.mark
    words = [f"#{tag}" for tag in mark.tags]
    if mark.due is not None and mark.status not in (Status.READ, Status.SKIPPED):
        today = _today()
        if is_near(mark.due, today):
            words.insert(0, due_text(mark.due, today))
    if snooze := _snooze(entry):
        words.insert(0, snooze)
    return words


def _snooze(entry: Entry) -> str:
    """How long it is still snoozed; empty if it is not."""
    until = entry.mark.snoozed_until
    return snooze_text(until, _today()) if until is not None else ""


def _as_many(words: Sequence[str], room: int, cut: SafeText) -> str:
    """The words that fit whole, at least the first, and the number of the others: ``#diffusion +1``."""
    if not words:
        return ""
    shown, width = 0, -1
    for word in words:
        width += 1 + cell_width(word)
        if width + (_MORE if shown + 1 < len(words) else 0) > room:
            break
        shown += 1
    left = len(words) - max(shown, 1)
    more = f" +{left}" if left else ""
    if not shown:
        return fit(sanitise_line(words[0]), max(room - cell_width(more), 2), cut) + more
    return " ".join(words[:shown]) + more


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the reader's own day


def _background(state: RowState, styles: RowStyles) -> Style | None:
    if state.cursor:
        return styles.cursor if state.focus else styles.cursor_unfocused
    return styles.selected if state.selected else None


_CELLS: Mapping[str, Callable[[Entry], str]] = {
    "due": lambda entry: entry.mark.due or "",
    "year": _year,
    "date": lambda entry: str(entry.paper.date or ""),
    "category": lambda entry: entry.paper.category or "",
    "added": lambda entry: entry.paper.added[:10],
    "note": lambda entry: entry.mark.note.partition("\n")[0],
    "venue": lambda entry: entry.paper.publication.container_short or entry.paper.publication.container_title or "",
}
