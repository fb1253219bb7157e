"""Parse a source with all parsers: boilerplate is dropped, unrecognised lines are reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.bibtex.tolerant_parser import opens_entry
from tui.ingest.apply_parsers import apply_parsers, limited_result
from tui.ingest.parsers.bibtex import BibtexParser
from tui.ingest.record import SourceLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.parsers.source_parser import OnLine, SourceParser
    from tui.ingest.record import ParseResult
    from tui.ingest.source_file import SourceFile

_MARKS = "\ufeff\u200b\u2060\ufffc"


def parse_source(source: SourceFile, on_line: OnLine = lambda _: None) -> ParseResult:
    """Parse every record of a source.

    Every line that is not empty is part of a record, or boilerplate, or named in a diagnostic (one for all after the
    first 50 stray lines). The diagnostics start with those of the encoding.

    Args:
        source: the source.
        on_line: called with the line numbers reached, if the source is a bibliography.
    """
    raw = [
        SourceLine(number, text)
        for number, line in enumerate(source.lines, 1)
        if line and (text := line.strip().strip(_MARKS))
    ]
    found, rest = apply_parsers(source, raw, _bibliography_parsers(raw), on_line)
    if found.consumed and not rest:
        records = sorted(found.records, key=lambda record: record.source.line)
        return limited_result(source, records, list(found.diagnostics), found.consumed, unsure=False)
    from tui.ingest.parse_listing import parse_rest  # noqa: PLC0415 - most bibliographies are nothing else

    return parse_rest(source, found, rest, on_line)


def _bibliography_parsers(lines: Sequence[SourceLine]) -> Sequence[SourceParser]:
    """The parsers of bibliographies; for a source that begins with an entry, only BibTeX, which reads all lines."""
    if lines and opens_entry(lines[0].text):
        return (BibtexParser(),)
    from tui.ingest.parsers.bibliographies import BIBLIOGRAPHIES  # noqa: PLC0415 - most bibliographies are BibTeX

    return BIBLIOGRAPHIES
