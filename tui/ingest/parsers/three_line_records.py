"""Parser of three-line records: category with date and code flag, title with authors, abstract."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tui.ingest.byline import looks_like_byline, split_byline
from tui.ingest.line_classifier import prose_score
from tui.ingest.parsers.source_parser import fill_body, has_abstract_label, is_link_line
from tui.ingest.record import ParseResult, Record
from tui.ingest.record_header import parse_header
from tui.ingest.source_file import Diagnostic
from tui.model.paper import SourceLocation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import SourceLine
    from tui.ingest.record_header import RecordHeader
    from tui.ingest.source_file import SourceFile

_LIKELY_PROSE = 3.0
_SURELY_PROSE = 6.0


@dataclass(frozen=True, slots=True)
class _RecordLines:
    """The classified lines of one record."""

    header: RecordHeader | None
    header_line: SourceLine | None
    byline: SourceLine | None
    abstract: tuple[SourceLine, ...]
    references: tuple[SourceLine, ...]

    @property
    def lines(self) -> tuple[SourceLine, ...]:
        own = (self.header_line, self.byline)
        return (*(line for line in own if line), *self.abstract, *self.references)


class ThreeLineRecords:
    """Records that start with a line such as ``CVOct 26, 2023Code``."""

    name = "three-line records"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """The share of lines in records with a certain header, at three lines each."""
        sure = sum(header is not None and header.sure for header in map(_header_of, lines))
        return min(1.0, 3 * sure / len(lines)) if sure else 0.0

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:  # noqa: ARG002, the protocol's
        """Parse every record, including one whose header is missing at the top of the source."""
        headers = [(index, header) for index, line in enumerate(lines) if (header := _header_of(line))]
        bounds = [index for index, _ in headers] + [len(lines)]
        blocks = [lines[start + 1 : end] for start, end in pairwise(bounds)]
        labelled = sum(any(has_abstract_label(line.text) for line in block[:2]) for block in blocks) * 2 > len(blocks)
        found = [_without_header(lines[: bounds[0]])]
        for (index, header), block in zip(headers, blocks, strict=True):
            found.append(_split_block(header, lines[index], block, labelled=labelled))
        records: list[Record] = []
        diagnostics: list[Diagnostic] = []
        for parts in filter(None, found):
            diagnostics.extend(_diagnose(source.name, parts))
            record = _to_record(source.name, parts)
            if record.byline or record.abstract:
                records.append(record)
        consumed = frozenset(line.number for parts in found if parts for line in parts.lines)
        return ParseResult(tuple(records), tuple(diagnostics), consumed)


def _header_of(line: SourceLine) -> RecordHeader | None:
    return parse_header(line.text)


def _without_header(lines: Sequence[SourceLine]) -> _RecordLines | None:
    """A record at the top of the source whose header is missing: title with authors, and abstract."""
    if len(lines) < 2 or prose_score(lines[-1].text) <= 0 or not looks_like_byline(lines[-2].text):
        return None
    return _RecordLines(None, None, lines[-2], (lines[-1],), ())


def _split_block(
    header: RecordHeader, header_line: SourceLine, block: Sequence[SourceLine], *, labelled: bool
) -> _RecordLines:
    """Find title and abstract among the lines up to the next record."""
    references = tuple(line for line in block if is_link_line(line.text))
    rest = [line for line in block if not is_link_line(line.text) and (labelled or not has_abstract_label(line.text))]
    if len(rest) < len(block) - len(references):
        rest = [
            line
            for line in rest
            if line.number < next(other.number for other in block if has_abstract_label(other.text))
        ]
    if not rest:
        return _RecordLines(header, header_line, None, (), references)
    index = _byline_index(rest)
    byline = rest[index] if index is not None else None
    body = rest[index + 1 :] if index is not None else rest
    abstract = body[:1]
    for line in body[1:]:
        if prose_score(line.text) <= 0:
            break
        abstract.append(line)
    return _RecordLines(header, header_line, byline, tuple(abstract), references)


def _byline_index(lines: Sequence[SourceLine]) -> int | None:
    """The index of the line with title and authors: the first, unless it is clearly something else."""
    prose = [prose_score(line.text) for line in lines[:3]]
    if (len(lines) == 2 and prose[0] < prose[1]) or looks_like_byline(lines[0].text):
        return 0
    if len(lines) > 2 and prose[1] < prose[2] and looks_like_byline(lines[1].text):
        return 1
    alone = len(lines) == 1 and prose[0] >= _LIKELY_PROSE and not split_byline(lines[0].text).authors
    return None if alone or prose[0] >= _SURELY_PROSE else 0


def _to_record(source: str, parts: _RecordLines) -> Record:
    start = parts.lines[0].number
    record = Record(SourceLocation(source, start), byline=parts.byline.text if parts.byline else None)
    if header := parts.header:
        record = record._replace(date=header.date, category=header.category, has_code=header.has_code)
    at_byline = parts.byline.number if parts.byline else start
    record = record.with_positions({"byline": at_byline, "date": start, "category": start, "has_code": start})
    return fill_body(record, parts.abstract, parts.references)


def _diagnose(source: str, parts: _RecordLines) -> list[Diagnostic]:
    """The diagnostics of a record."""
    diagnostics: list[Diagnostic] = []
    start = parts.lines[0].number
    if parts.header is None:
        reason = "the record has no line with a category and date"
        diagnostics.append(Diagnostic(source, start, reason, "put it above the title, for example CVOct 26, 2023"))
    else:
        diagnostics += [Diagnostic(source, start, reason, hint) for reason, hint in parts.header.errors]
    if not parts.byline and not parts.abstract:
        reason = "nothing follows this line, so there is no paper to import"
        diagnostics.append(Diagnostic(source, start, reason, "copy the whole record"))
    elif not parts.byline:
        reason = "the record has no line with a title and authors, so it was imported without a title"
        diagnostics.append(
            Diagnostic(source, start, reason, "put the line with the title and authors above the abstract")
        )
    elif not parts.abstract:
        reason = "the record has no abstract and was imported without one"
        diagnostics.append(
            Diagnostic(source, parts.byline.number, reason, "put the abstract on the line below the title")
        )
    return diagnostics
