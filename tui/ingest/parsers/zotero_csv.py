"""Parser of the CSV that Zotero exports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.ingest.author_format import format_author, from_family_first, is_et_al
from tui.ingest.bibliography_record import BibliographyRecord, range_start, to_record
from tui.ingest.csv_rows import header_of, iter_rows
from tui.ingest.database_notes import clutter_diagnostics, sort_note
from tui.ingest.parsers.zotero_publication import publication_of
from tui.ingest.publication_details import details_of
from tui.ingest.record import RECORD_LIMIT, ParseResult
from tui.model.arxiv import find_arxiv_id
from tui.model.author_name import AuthorName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.csv_rows import CsvRow
    from tui.ingest.database_notes import SortedNote
    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import Record, SourceLine
    from tui.ingest.source_file import Diagnostic, SourceFile

_TELLING = frozenset(("Key", "Item Type", "Publication Year", "Author", "Title"))
_NOT_PAPERS = frozenset(("attachment", "note", "annotation"))
_KEY_IN_EXTRA = re.compile(r"^\s*citation key\s*:\s*(\S+)\s*$", re.IGNORECASE | re.MULTILINE)
_YEAR = re.compile(r"\d{4}")
_HINT = "export the items from Zotero as BibTeX, RIS or CSL-JSON"


class ZoteroCsv:
    """Zotero's table of items."""

    name = "Zotero CSV"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """1 if the header has Zotero's first columns."""
        return 1.0 if set(header_of(source.lines)) >= _TELLING else 0.0

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
        """Parse every row but attachments and notes; all lines are consumed."""
        records: list[Record] = []
        diagnostics: list[Diagnostic] = []
        clutter: list[tuple[int, str]] = []
        for row in iter_rows(source, _HINT, diagnostics):
            if len(records) > RECORD_LIMIT:
                break
            on_line(row.line)
            if row.cells["Item Type"] in _NOT_PAPERS:
                continue
            note = sort_note(row.cells.get("Extra", ""), variables=True)
            clutter += [(row.line, text) for text in note.clutter[:1]]
            record = to_record(source.name, _reference(row, note), diagnostics)
            records += [record] if record else []
        diagnostics += clutter_diagnostics(source.name, clutter)
        return ParseResult(tuple(records), tuple(diagnostics), frozenset(line.number for line in lines))


def _reference(row: CsvRow, note: SortedNote) -> BibliographyRecord:
    cell = row.cells
    extra = cell.get("Extra", "")
    authors = _people(cell["Author"])
    keywords = (*_split(cell.get("Manual Tags", "")), *_split(cell.get("Automatic Tags", "")))
    free_text = (cell.get("Archive Location", ""), cell.get("Number", ""), extra)
    in_extra = _KEY_IN_EXTRA.search(extra)
    doi = cell.get("DOI", "") or next((text for text in note.identifiers if "10." in text), "")
    return BibliographyRecord(
        row.line,
        title=" ".join(cell["Title"].split()),
        authors=tuple(name for name in authors if not is_et_al(name)),
        truncated=any(map(is_et_al, authors)),
        date=_date(cell.get("Date", ""), cell["Publication Year"]),
        abstract=cell.get("Abstract Note", ""),
        note="\n\n".join(filter(None, (cell.get("Notes", ""), note.own))),
        keywords=keywords,
        links=(cell.get("Url", ""),),
        free_text=free_text,
        doi=doi,
        key=in_extra[1] if in_extra else "",
        details=details_of(
            "chapter" if cell["Item Type"] == "bookSection" else "",
            container=cell.get("Publication Title", ""),
            volume=cell.get("Volume", ""),
            number=cell.get("Issue", ""),
            pages=cell.get("Pages", ""),
            isbn=(cell.get("ISBN", ""),),
            key=cell["Key"],
            named=(extra,),
        ),
        publication=publication_of(
            cell,
            _people,
            eprint=any(map(find_arxiv_id, (*free_text, cell.get("Url", "")))),
            keywords=keywords,
        ),
    )


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _people(text: str) -> list[str]:
    return [name for part in _split(text) if (name := _author(part))]


def _author(name: str) -> str:
    """A name as an author list shows it; one without a comma is that of an organisation, or a single name."""
    if "," in name:
        return from_family_first(name)
    return name if is_et_al(name) else format_author(AuthorName(literal=name))


def _date(date: str, year: str) -> str:
    """The date as far as it can be read, else the year."""
    return range_start(date) if _YEAR.search(date) else year
