"""Where a paper was published, on one line: ``Journal of Graphics 12(3), 45–67, 2020``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.model.publication import PUBLICATION_FIELDS
from tui.model.publication_types import TYPES
from tui.model.value_kind import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.model.paper import Paper
    from tui.model.publication import Publication

_ON_THE_LINE = frozenset(
    (
        "genre", "container_title", "series", "volume", "issue", "number", "article_number", "pages", "edition",
        "publisher", "institution",
    )
)  # fmt: skip


def venue_line(paper: Paper) -> str:
    """Venue, volume, pages, publisher and year of a paper; empty if no source says where it was published."""
    publication = paper.publication
    parts = [_place(publication), publication.pages or publication.article_number]
    edition = publication.edition
    if edition:
        parts.append(f"edition {edition}" if edition.isdigit() else f"{edition} edition")
    parts += [publication.publisher, publication.institution]
    line = ", ".join(filter(None, dict.fromkeys(parts)))
    year = paper.date.year if paper.date else None
    return f"{line}, {year}" if line and year else line


def _place(publication: Publication) -> str:
    """The genre, the venue or series with its numbers."""
    volume = publication.volume or ""
    numbered = f"{volume}({publication.issue})" if publication.issue else volume
    name = publication.container_title or publication.series or publication.container_short
    number = publication.number or ""
    if not name:
        genre = " ".join(filter(None, (publication.genre, number)))
        return ", ".join(filter(None, (genre, f"volume {volume}" if volume else "")))
    series = publication.series if publication.series != name else ""
    if not series or publication.issue:
        return " ".join(filter(None, (name, numbered, number)))
    return ", ".join((name, " ".join(filter(None, (series, volume or publication.series_number)))))


def other_fields(publication: Publication) -> Iterator[tuple[str, str]]:
    """Label and text of every field that is not on the line; those kept verbatim with their own names."""
    for row, value in zip(PUBLICATION_FIELDS, publication, strict=True):
        if value and row.is_correctable and row.name not in _ON_THE_LINE:
            yield row.label, type_label(publication) if row.kind is TYPE else row.kind.text(value)
    for field in publication.extra:
        if field.name == "file" and publication.files:
            continue  # the same files, with their descriptions
        yield f"{field.name} ({field.format})", " ".join(field.value.split())


def type_label(publication: Publication) -> str:
    """The type in words; empty if it is not known."""
    row = TYPES.get(publication.type or "")
    return row.label if row else publication.type or ""
