"""Format one paper per line: aligned columns for a terminal, separated fields for a pipe."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tui.cli.output import StyledSpan
from tui.model.display_names import author_line, shown_names
from tui.model.mark import Status
from tui.text.cells import cell_width, fit
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tui.model.entry import Entry

_UNICODE = {
    Status.UNREAD: "● u",
    Status.QUEUED: "◆ q",
    Status.READING: "◐ i",
    Status.READ: "✓ r",
    Status.SKIPPED: "– s",
}
_ASCII = {
    Status.UNREAD: "o u",
    Status.QUEUED: "+ q",
    Status.READING: "~ i",
    Status.READ: "x r",
    Status.SKIPPED: "- s",
}
_STYLES = {
    Status.UNREAD: "cyan",
    Status.QUEUED: "yellow",
    Status.READING: "magenta",
    Status.READ: "green",
    Status.SKIPPED: "bright_black",
}
_SHORTEST_ID = 6
_MARKS_WIDTH = 6  # status, its letter and the star, with their spaces


class ColumnWidths(NamedTuple):
    """Widths of the variable columns, in cells; 0 omits a column."""

    title: int
    id: int
    year: int
    author: int
    category: int
    tags: int


def field_line(entry: Entry) -> str:
    """A line for a pipe: id, status, star, title, authors, year, category and tags, separated by two spaces.

    An empty field is a single ``-``, and no field contains two spaces in a row, so that the line can be split.
    """
    paper, mark = entry.paper, entry.mark
    fields = (
        paper.id,
        str(mark.status),
        "*" if mark.starred else "",
        sanitise_line(paper.display_title),
        sanitise_line(_authors(entry)),
        _year(entry),
        _category(entry),
        sanitise_line(",".join(mark.tags)),
    )
    return "  ".join(" ".join(field.split()) or "-" for field in fields)


def short_length(ids: Sequence[str]) -> int:
    """Number of digits that make every id unique, at least six."""
    ordered = sorted(ids)
    shared = (_common_prefix_length(one, other) for one, other in pairwise(ordered))
    return max(_SHORTEST_ID, max(shared, default=0) + 1)


def table(entries: Sequence[Entry], width: int, id_length: int, *, unicode: bool) -> Iterator[list[StyledSpan]]:
    """Aligned lines for a terminal, never wider than it.

    Args:
        entries: the papers.
        width: cells of a line.
        id_length: digits of an id to show.
        unicode: the terminal can show characters beyond ASCII.
    """
    widths = _column_widths(entries, width, id_length)
    for entry in entries:
        yield list(_row(entry, widths, _UNICODE if unicode else _ASCII, SafeText("…" if unicode else "~")))


def _column_widths(entries: Sequence[Entry], width: int, id_length: int) -> ColumnWidths:
    """Share out the line: at least two fifths for the title, then each other column while there is space."""

    def widest(text: Callable[[Entry], str], limit: int) -> int:
        return min(max((cell_width(text(entry)) for entry in entries), default=0), limit)

    left = width - _MARKS_WIDTH - width * 2 // 5
    widths: list[int] = []
    for wanted, least in (
        (id_length, id_length),
        (widest(_year, 4), 4),
        (widest(_first_author, 12), 5),
        (widest(_category, 8), 5),
        (widest(_tags, width // 5), 5),
    ):
        granted = min(wanted, left - 1)
        widths.append(granted if granted >= min(wanted, least) else 0)
        left -= widths[-1] + 1 if widths[-1] else 0
    return ColumnWidths(max(width - _MARKS_WIDTH - sum(part + 1 for part in widths if part), 1), *widths)


def _row(entry: Entry, widths: ColumnWidths, glyphs: dict[Status, str], ellipsis: SafeText) -> Iterator[StyledSpan]:
    paper, mark = entry.paper, entry.mark
    done = mark.status in {Status.READ, Status.SKIPPED}
    title_style = "bright_black" if done else "bold" if mark.status is Status.UNREAD else ""
    yield StyledSpan(glyphs[mark.status], _STYLES[mark.status])
    yield StyledSpan(" * " if mark.starred else "   ", "yellow")
    yield StyledSpan(
        fit(sanitise_line(paper.display_title), widths.title, ellipsis),
        title_style if paper.title else f"{title_style} italic",
    )
    if widths.author:
        yield StyledSpan(" " + fit(_first_author(entry), widths.author, ellipsis), "bright_black")
    if widths.year:
        yield StyledSpan(" " + fit(sanitise_line(_year(entry)), widths.year, ellipsis), "bright_black")
    if widths.category:
        yield StyledSpan(" " + fit(_category(entry), widths.category, ellipsis), "blue")
    if widths.tags:
        yield StyledSpan(" " + fit(_tags(entry), widths.tags, ellipsis), "green")
    if widths.id:
        yield StyledSpan(" " + paper.id[: widths.id], "bright_black")


def _tags(entry: Entry) -> SafeText:
    return sanitise_line(" ".join(f"#{tag}" for tag in entry.mark.tags))


def _first_author(entry: Entry) -> SafeText:
    authors = shown_names(entry.paper.authors)
    if not authors:
        return SafeText("")
    family = authors[0].split()[-1:] or [""]
    return sanitise_line(family[0] + (" +" if len(authors) > 1 or entry.paper.authors_truncated else ""))


def _category(entry: Entry) -> SafeText:
    return sanitise_line(entry.paper.category or "")


def _authors(entry: Entry) -> str:
    return author_line(entry.paper.authors, truncated=entry.paper.authors_truncated)


def _year(entry: Entry) -> str:
    date = entry.paper.date
    return str(date.year) if date is not None and date.year is not None else ""


def _common_prefix_length(one: str, other: str) -> int:
    """Number of characters in the common prefix of two texts."""
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return index
    return min(len(one), len(other))
