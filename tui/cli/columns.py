"""One paper in one line: aligned columns for a terminal, fields for a pipe. Pure; asks nobody and prints nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tui.cli.output import StyledSpan, cells
from tui.model.display_names import shown_names
from tui.model.mark import Status
from tui.text.sanitise import sanitise_line

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
_SIGNS = 6  # status, its letter and the star, with their blanks


class ColumnWidths(NamedTuple):
    """Cells given to the columns whose width varies; 0 leaves a column out."""

    title: int
    id: int
    year: int
    author: int
    category: int
    tags: int


def field_line(entry: Entry) -> str:
    """A line for a pipe: id, status, star, title, authors, year, category and tags, two blanks between them.

    A field that is empty is a single ``-``, and no field holds two blanks in a row, so that the line can be split.
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
    """How many digits of an id tell every paper from every other, at least six."""
    ordered = sorted(ids)
    alike = (_common(one, other) for one, other in pairwise(ordered))
    return max(_SHORTEST_ID, max(alike, default=0) + 1)


def table(entries: Sequence[Entry], width: int, id_length: int, *, unicode: bool) -> Iterator[list[StyledSpan]]:
    """Lines for a terminal, aligned and never wider than it.

    Args:
        entries: the papers.
        width: cells of a line.
        id_length: digits of an id to show.
        unicode: the terminal can show letters beyond ASCII.
    """
    shape = _shape(entries, width, id_length)
    for entry in entries:
        yield list(_row(entry, shape, _UNICODE if unicode else _ASCII, "…" if unicode else "~"))


def fit(text: str, width: int, cut: str = "…") -> str:
    """Text in exactly so many cells, ended by a sign where it had to be cut."""
    missing = width - cells(text)
    if missing >= 0:
        return text + " " * missing
    room = width - cells(cut)
    kept = ""
    for letter in text:
        room -= cells(letter)
        if room < 0:
            break
        kept += letter
    return kept + cut + " " * (width - cells(kept) - cells(cut))


def _shape(entries: Sequence[Entry], width: int, id_length: int) -> ColumnWidths:
    """The title has two fifths of the line at the least; the other columns come one by one as there is room."""

    def widest(text: Callable[[Entry], str], limit: int) -> int:
        return min(max((cells(text(entry)) for entry in entries), default=0), limit)

    room = width - _SIGNS - width * 2 // 5
    widths: list[int] = []
    for wanted, least in (
        (id_length, id_length),
        (widest(_year, 4), 4),
        (widest(_first_author, 12), 5),
        (widest(_category, 8), 5),
        (widest(_tags, width // 5), 5),
    ):
        given = min(wanted, room - 1)
        widths.append(given if given >= min(wanted, least) else 0)
        room -= widths[-1] + 1 if widths[-1] else 0
    return ColumnWidths(max(width - _SIGNS - sum(part + 1 for part in widths if part), 1), *widths)


def _row(entry: Entry, shape: ColumnWidths, signs: dict[Status, str], cut: str) -> Iterator[StyledSpan]:
    paper, mark = entry.paper, entry.mark
    done = mark.status in {Status.READ, Status.SKIPPED}
    heading = "bright_black" if done else "bold" if mark.status is Status.UNREAD else ""
    yield StyledSpan(signs[mark.status], _STYLES[mark.status])
    yield StyledSpan(" * " if mark.starred else "   ", "yellow")
    yield StyledSpan(
        fit(sanitise_line(paper.display_title), shape.title, cut), heading if paper.title else f"{heading} italic"
    )
    if shape.author:
        yield StyledSpan(" " + fit(_first_author(entry), shape.author, cut), "bright_black")
    if shape.year:
        yield StyledSpan(" " + fit(_year(entry), shape.year, cut), "bright_black")
    if shape.category:
        yield StyledSpan(" " + fit(_category(entry), shape.category, cut), "blue")
    if shape.tags:
        yield StyledSpan(" " + fit(_tags(entry), shape.tags, cut), "green")
    if shape.id:
        yield StyledSpan(" " + paper.id[: shape.id], "bright_black")


def _tags(entry: Entry) -> str:
    return sanitise_line(" ".join(f"#{tag}" for tag in entry.mark.tags))


def _first_author(entry: Entry) -> str:
    authors = shown_names(entry.paper.authors)
    if not authors:
        return ""
    family = authors[0].split()[-1:] or [""]
    return sanitise_line(family[0] + (" +" if len(authors) > 1 or entry.paper.authors_truncated else ""))


def _category(entry: Entry) -> str:
    return sanitise_line(entry.paper.category or "")


def _authors(entry: Entry) -> str:
    more = " et al." if entry.paper.authors_truncated else ""
    return ", ".join(shown_names(entry.paper.authors)) + more


def _year(entry: Entry) -> str:
    date = entry.paper.date
    return str(date.year) if date is not None and date.year is not None else ""


def _common(one: str, other: str) -> int:
    """Number of letters that two texts begin with alike."""
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return index
    return min(len(one), len(other))
