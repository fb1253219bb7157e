"""Parser of readlist's own CSV: the table of ``export --format csv``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tui.ingest.csv_rows import header_of, iter_rows
from tui.ingest.parsers.readlist_json import RecordReader
from tui.ingest.record import RECORD_LIMIT, ParseResult
from tui.ingest.source_file import Diagnostic
from tui.model.publication import NO_PUBLICATION, PUBLICATION_FIELDS, changed_publication

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import Record, SourceLine
    from tui.ingest.source_file import SourceFile
    from tui.model.publication import Publication

_TELLING = frozenset(("id", "title", "authors", "eprint", "status", "starred", "tags", "abstract"))
# What the export put before a cell that a spreadsheet would evaluate.
_ESCAPED = re.compile(r"'[\s\"'`‘’“”\u200b-\u200f\u2060\ufeff]*?[\t\r\n=+\-@＝＋－＠]")
_FLAGS = frozenset(("starred", "has_code", "authors_truncated"))
_LISTS = {"authors": re.compile(r"; "), "tags": re.compile(r"\s+"), "links": re.compile(r"\s+(?=https?://)")}
# The column "note" is the user's; fields that no other has are not written in a form that can be read.
_PUBLICATION = {
    "source_note" if row.name == "note" else row.name: row for row in PUBLICATION_FIELDS if row.is_correctable
}
_HINT = "export the list again with `readlist export --format csv`"


class ReadlistCsv:
    """The table written by readlist."""

    name = "readlist's own CSV"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """1 if the header has our columns."""
        return 1.0 if set(header_of(source.lines)) >= _TELLING else 0.0

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
        """Parse every row; all lines are consumed."""
        records: list[Record] = []
        diagnostics: list[Diagnostic] = []
        for row in iter_rows(source, _HINT, diagnostics):
            if len(records) > RECORD_LIMIT:
                break
            on_line(row.line)
            reader = RecordReader(source.name, row.line, _fields(row.cells))
            publication, invalid = _publication(row.cells)
            record = reader.record()._replace(publication=publication)
            if publication is not NO_PUBLICATION:
                record = record.with_positions({"publication": row.line})
            diagnostics += reader.diagnostics
            diagnostics += [Diagnostic(source.name, row.line, reason, _HINT, repaired=True) for reason in invalid]
            if record.title or record.abstract:
                records.append(record)
            else:
                reason = "record skipped: it has neither a title nor an abstract"
                diagnostics.append(Diagnostic(source.name, row.line, reason, _HINT))
        return ParseResult(tuple(records), tuple(diagnostics), frozenset(line.number for line in lines))


def _publication(cells: Mapping[str, str]) -> tuple[Publication, list[str]]:
    """The publication of a row, and what is wrong with cells that were left out."""
    values: dict[str, Any] = {}
    invalid: list[str] = []
    for column, row in _PUBLICATION.items():
        text = " ".join(_unescaped(cells.get(column, "")).split())
        if not text:
            continue
        try:
            values[row.name] = row.kind.parse(row.kind.check(text))
        except ValueError as error:
            invalid.append(f"the column {column} was ignored: {str(error)[:200]}")
    return changed_publication(NO_PUBLICATION, values), invalid


def _unescaped(cell: str) -> str:
    return cell[1:] if _ESCAPED.match(cell) else cell


def _fields(cells: Mapping[str, str]) -> dict[str, Any]:
    """The values of a row as the JSON has them; empty cells are left out."""
    fields: dict[str, Any] = {}
    for name, cell in cells.items():
        text = _unescaped(cell)
        if not text or name in _PUBLICATION:
            continue
        if name in _FLAGS:
            fields[name] = text.lower() == "true"
        elif name in _LISTS:
            fields[name] = [part for part in _LISTS[name].split(text) if part]
        else:
            fields[name] = text
    return fields
