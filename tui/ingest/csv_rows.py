"""Read the rows of a CSV file with a header, so that a broken row loses only itself."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.source_file import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.ingest.source_file import SourceFile

_CELL_LIMIT = 1_000_000
_ERROR_LIMIT = 100


class CsvRow(NamedTuple):
    """One row.

    Attributes:
        line: number of its first line.
        cells: column name and cell, stripped.
    """

    line: int
    cells: dict[str, str]


def header_of(lines: Sequence[str]) -> tuple[str, ...]:
    """The column names in the first line that is not empty; none if it is no header in CSV."""
    first = next((line for line in lines[:20] if line.strip()), "").lstrip("\ufeff")
    try:
        row = next(csv.reader([first], delimiter=_delimiter(first)), [])
    except csv.Error:
        return ()
    return tuple(cell.strip() for cell in row)


def iter_rows(source: SourceFile, hint: str, diagnostics: list[Diagnostic]) -> Iterator[CsvRow]:
    """Yield the rows below the header.

    Args:
        source: the source; its first line that is not empty is the header.
        hint: what to do about a broken row.
        diagnostics: receives an entry for every row with too few or too many cells, or if there is no row.
    """
    text = source.text.lstrip("\ufeff")
    names = header_of(source.lines)
    csv.field_size_limit(_CELL_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text.lstrip().partition("\n")[0]))
    started, errors, rows = False, 0, 0
    while errors < _ERROR_LIMIT:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            if rows == 0:
                diagnostics.append(Diagnostic(source.name, 1, "this table has a header but no rows", hint))
            return
        except csv.Error as error:
            errors += 1
            diagnostics.append(
                Diagnostic(source.name, line, f"this row is not valid CSV: {str(error).lower()}", hint)
            )
            continue
        if not any(map(str.strip, row)):
            continue
        if not started:
            started = True
            continue
        rows += 1
        if len(row) != len(names):
            errors += 1
            reason = f"this row has {len(row)} cells instead of {len(names)} and was not imported"
            diagnostics.append(Diagnostic(source.name, line, reason, hint))
            continue
        yield CsvRow(line, {name: cell.strip() for name, cell in zip(names, row, strict=True)})


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)
