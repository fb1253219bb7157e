"""CSV by RFC 4180, always with a header, and without cells that a spreadsheet would evaluate.

A cell that begins like a formula gets a leading apostrophe (OWASP ASVS 5, 1.2.10).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.export import format_limitations
from tui.latex.display_text import display_text
from tui.model.display_names import shown_names
from tui.model.paper import IN_LATEX
from tui.model.publication import NO_PUBLICATION, PUBLICATION_FIELDS
from tui.text import cleanup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tui.model.entry import Entry
    from tui.model.paper import Paper

LIMITATIONS = (
    format_limitations.UNTITLED,
    format_limitations.EARLIER_ABSTRACTS,
    format_limitations.UNREADABLE_CHARACTERS,
)
# Fields and columns of the publication; the column "note" is the user's.
_PUBLICATION = {"source_note" if row.name == "note" else row.name: row for row in PUBLICATION_FIELDS}
COLUMNS = (
    "id", "citation_key", "title", "authors", "date", "year", "category", "status", "starred", "tags", "note",
    "links", "has_code", "abstract", "authors_truncated", "affiliation", "eprint", "doi", "snoozed_until", "added",
    "read_at", "priority", "due", *_PUBLICATION,
)  # fmt: skip

_NO_CELLS = dict.fromkeys(_PUBLICATION, "")

# Spreadsheets ignore spaces and quotation marks before the character, and accept its full-width form.
_FORMULA = re.compile(r"[\s\"'`‘’“”\u200b-\u200f\u2060\ufeff]*?[\t\r\n=+\-@＝＋－＠]")


def write(entries: Sequence[Entry], keys: Mapping[str, str]) -> Iterator[str]:
    """Write the header and a row for every entry."""
    return _render(entries, keys, escape_formula)


def write_raw(entries: Sequence[Entry], keys: Mapping[str, str]) -> Iterator[str]:
    """Write the same without apostrophes, for programs that evaluate no formulas."""
    return _render(entries, keys, str)


def escape_formula(cell: str) -> str:
    """Prefix a cell that a spreadsheet would evaluate with an apostrophe."""
    return f"'{cell}" if _opens_formula(cell) else cell


def _opens_formula(cell: str) -> bool:
    """Whether a spreadsheet would evaluate a cell; quickly false for most, which begin with a letter or digit."""
    return cell != "" and not cell[0].isalnum() and _FORMULA.match(cell) is not None


def _render(entries: Sequence[Entry], keys: Mapping[str, str], treat: Callable[[str], str]) -> Iterator[str]:
    yield ",".join(COLUMNS) + "\r\n"
    for entry in entries:
        yield ",".join(_quoted(treat(cell)) for cell in _cells(entry, keys.get(entry.id)).values()) + "\r\n"


def _cells(entry: Entry, key: str | None) -> dict[str, str]:
    paper, mark = entry.paper, entry.mark
    year = paper.date.year if paper.date is not None else None
    values = {
        "id": paper.id,
        "citation_key": key or "",
        "title": _text(paper, "title"),
        "authors": "; ".join(shown_names(paper.authors)),
        "date": "" if paper.date is None else str(paper.date),
        "year": "" if year is None else f"{year:04d}",
        "category": paper.category or "",
        "status": str(mark.status),
        "starred": _boolean(mark.starred),
        "tags": " ".join(mark.tags),
        "note": mark.note,
        "links": " ".join(paper.links),
        "has_code": _boolean(paper.has_code),
        "abstract": _text(paper, "abstract"),
        "authors_truncated": _boolean(paper.authors_truncated),
        "affiliation": paper.affiliation or "",
        "eprint": paper.eprint or "",
        "doi": paper.doi or "",
        "snoozed_until": mark.snoozed_until or "",
        "added": paper.added,
        "read_at": mark.read_at or "",
        "priority": mark.priority or "",
        "due": mark.due or "",
    }
    cells = {name: cleanup.clean_lines(value) for name, value in values.items()}
    if paper.publication is NO_PUBLICATION:
        return cells | _NO_CELLS
    texts = ((name, row.kind.text(getattr(paper.publication, row.name))) for name, row in _PUBLICATION.items())
    return cells | {name: cleanup.clean_lines(text) for name, text in texts}


def _text(paper: Paper, field: str) -> str:
    """A title or an abstract; readable text if it has LaTeX commands from a bibliography."""
    text = cleanup.clean_lines(getattr(paper, field) or "")
    if "\\" in text and any(name == IN_LATEX[field] for name, _ in paper.provenance):
        return display_text(text)
    return text


def _boolean(value: bool) -> str:
    return "true" if value else "false"


def _quoted(cell: str) -> str:
    if '"' in cell:
        cell = cell.replace('"', '""')
    elif not ("," in cell or "\n" in cell or "\r" in cell):
        return cell
    return f'"{cell}"'
