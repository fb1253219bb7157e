"""Apply parsers to the lines of a source in turn, and limit the records of the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ingest.record import RECORD_LIMIT, ParseResult
from tui.ingest.source_file import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.parsers.source_parser import OnLine, SourceParser
    from tui.ingest.record import Record, SourceLine
    from tui.ingest.source_file import SourceFile


def apply_parsers(
    source: SourceFile, lines: Sequence[SourceLine], parsers: Sequence[SourceParser], on_line: OnLine
) -> tuple[ParseResult, Sequence[SourceLine]]:
    """Apply the parsers in turn; returns their records and the remaining lines."""
    records: list[Record] = []
    diagnostics: list[Diagnostic] = []
    consumed: set[int] = set()
    unsure = False
    for parser in parsers:
        if lines and parser.sniff(source, lines) > 0:
            result = parser.parse(source, lines, on_line)
            records += result.records
            diagnostics += result.diagnostics
            consumed |= result.consumed
            unsure |= result.unsure
            lines = [line for line in lines if line.number not in result.consumed]
    return ParseResult(tuple(records), tuple(diagnostics), frozenset(consumed), unsure=unsure), lines


def limited_result(
    source: SourceFile,
    records: Sequence[Record],
    reports: list[Diagnostic],
    consumed: frozenset[int],
    *,
    unsure: bool,
) -> ParseResult:
    """The result with at most ``RECORD_LIMIT`` records."""
    if len(records) > RECORD_LIMIT:
        reason = f"the source has more than {RECORD_LIMIT} records; only the first {RECORD_LIMIT} were read"
        reports.append(Diagnostic(source.name, 0, reason, "split it into several files"))
    return ParseResult(
        tuple(records[:RECORD_LIMIT]), (*source.diagnostics, *sorted(reports)), consumed, unsure=unsure
    )
