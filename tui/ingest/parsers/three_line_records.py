"""Form 2: category with date and code flag, title with authors, abstract; three lines a record."""

from __future__ import annotations

from dataclasses import dataclass, replace
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

    from tui.ingest.parsers.source_parser import Told
    from tui.ingest.record import SourceLine
    from tui.ingest.record_header import RecordHeader
    from tui.ingest.source_file import SourceFile

_LIKELY_PROSE = 3.0
_SURELY_PROSE = 6.0


@dataclass(frozen=True, slots=True)
class _Record:
    """The lines of one record, told apart."""

    headline: RecordHeader | None
    head: SourceLine | None
    byline: SourceLine | None
    abstract: tuple[SourceLine, ...]
    references: tuple[SourceLine, ...]

    @property
    def lines(self) -> tuple[SourceLine, ...]:
        own = (self.head, self.byline)
        return (*(line for line in own if line), *self.abstract, *self.references)


class ThreeLineRecords:
    """Records that begin with a line such as ``CVOct 26, 2023Code``."""

    name = "three-line records"
    by_line = True

    def sniff(self, page: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """Three lines for every sure first line, as a share of all lines."""
        sure = sum(headline is not None and headline.sure for headline in map(_headline, lines))
        return min(1.0, 3 * sure / len(lines)) if sure else 0.0

    def parse(self, page: SourceFile, lines: Sequence[SourceLine], told: Told) -> ParseResult:  # noqa: ARG002, the protocol's
        """Read every record, also one whose first line was cut off at the top of the page."""
        heads = [(place, headline) for place, line in enumerate(lines) if (headline := _headline(line))]
        bounds = [place for place, _ in heads] + [len(lines)]
        blocks = [lines[start + 1 : end] for start, end in pairwise(bounds)]
        marked = sum(any(has_abstract_label(line.text) for line in block[:2]) for block in blocks) * 2 > len(blocks)
        records = [_headless(lines[: bounds[0]])]
        for (place, headline), block in zip(heads, blocks, strict=True):
            records.append(_told_apart(headline, lines[place], block, marked=marked))
        drafts: list[Record] = []
        problems: list[Diagnostic] = []
        for record in filter(None, records):
            problems.extend(_faults(page.name, record))
            draft = _draft(page.name, record)
            if draft.byline or draft.abstract:
                drafts.append(draft)
        claimed = frozenset(line.number for record in records if record for line in record.lines)
        return ParseResult(tuple(drafts), tuple(problems), claimed)


def _headline(line: SourceLine) -> RecordHeader | None:
    return parse_header(line.text)


def _headless(lines: Sequence[SourceLine]) -> _Record | None:
    """A record at the top of the page whose first line is missing: title with authors, and abstract."""
    if len(lines) < 2 or prose_score(lines[-1].text) <= 0 or not looks_like_byline(lines[-2].text):
        return None
    return _Record(None, None, lines[-2], (lines[-1],), ())


def _told_apart(headline: RecordHeader, head: SourceLine, block: Sequence[SourceLine], *, marked: bool) -> _Record:
    """Find title and abstract among the lines up to the next record."""
    references = tuple(line for line in block if is_link_line(line.text))
    rest = [line for line in block if not is_link_line(line.text) and (marked or not has_abstract_label(line.text))]
    if len(rest) < len(block) - len(references):
        rest = [
            line
            for line in rest
            if line.number < next(other.number for other in block if has_abstract_label(other.text))
        ]
    if not rest:
        return _Record(headline, head, None, (), references)
    place = _place_of_byline(rest)
    byline = rest[place] if place is not None else None
    behind = rest[place + 1 :] if place is not None else rest
    abstract = behind[:1]
    for line in behind[1:]:
        if prose_score(line.text) <= 0:
            break
        abstract.append(line)
    return _Record(headline, head, byline, tuple(abstract), references)


def _place_of_byline(lines: Sequence[SourceLine]) -> int | None:
    """The place of the line with title and authors: the first, unless that is plainly something else."""
    prose = [prose_score(line.text) for line in lines[:3]]
    if (len(lines) == 2 and prose[0] < prose[1]) or looks_like_byline(lines[0].text):
        return 0
    if len(lines) > 2 and prose[1] < prose[2] and looks_like_byline(lines[1].text):
        return 1
    alone = len(lines) == 1 and prose[0] >= _LIKELY_PROSE and not split_byline(lines[0].text).authors
    return None if alone or prose[0] >= _SURELY_PROSE else 0


def _draft(page: str, record: _Record) -> Record:
    start = record.lines[0].number
    draft = Record(SourceLocation(page, start), byline=record.byline.text if record.byline else None)
    if headline := record.headline:
        draft = replace(draft, date=headline.date, category=headline.category, has_code=headline.has_code)
    at_byline = record.byline.number if record.byline else start
    draft = draft.with_positions({"byline": at_byline, "date": start, "category": start, "has_code": start})
    return fill_body(draft, record.abstract, record.references)


def _faults(page: str, record: _Record) -> list[Diagnostic]:
    """What is wrong with a record, on the lines where it is wrong."""
    problems: list[Diagnostic] = []
    start = record.lines[0].number
    if record.headline is None:
        reason = "The record has no line with category and date above it."
        problems.append(Diagnostic(page, start, reason, "Put that line above the title, for example CVOct 26, 2023."))
    else:
        problems += [Diagnostic(page, start, reason, hint) for reason, hint in record.headline.errors]
    if not record.byline and not record.abstract:
        reason = "Nothing follows this line, so there is no paper to take in."
        problems.append(Diagnostic(page, start, reason, "Copy the whole record."))
    elif not record.byline:
        reason = "The record has no line with title and authors; it was taken in without a title."
        problems.append(Diagnostic(page, start, reason, "Put the line with title and authors above the abstract."))
    elif not record.abstract:
        reason = "The record has no abstract; it was taken in without one."
        problems.append(
            Diagnostic(page, record.byline.number, reason, "Put the abstract on the line below the title.")
        )
    return problems
