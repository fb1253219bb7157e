"""Parse what is left of a source after its bibliographies: copied pages, e-mails, feeds and text listings.

Boilerplate of listings is dropped, and unrecognised lines are reported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.ingest.apply_parsers import apply_parsers, limited_result
from tui.ingest.boilerplate import is_boilerplate
from tui.ingest.listing_evidence import Verdict, verdict
from tui.ingest.mail_text import readable_lines
from tui.ingest.parsers.listings import PAGES, PARSERS, TEXT_LISTINGS
from tui.ingest.parsers.source_parser import has_abstract_label
from tui.ingest.record import ParseResult, SourceLine
from tui.ingest.source_file import Diagnostic, DiagnosticKind
from tui.ingest.unsupported_files import detect_unsupported
from tui.text.markup import line_without_markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import Record
    from tui.ingest.source_file import SourceFile

LINE_LIMIT = 1_000_000
EXAMINED_LINES = 400  # by the parsers of pages
_REPORTED_LINES = 50
_EXCERPT = 60
_EXAMINED_CHARACTERS = 20_000
_AS_LISTING = "import a bibliography, or a listing in which each title is followed by its abstract, one line each"


def parse_rest(source: SourceFile, found: ParseResult, rest: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
    """Parse the lines that no parser of bibliographies consumed.

    Args:
        source: the source.
        found: what these parsers found.
        rest: the lines that they left.
        on_line: called with the line numbers reached.

    Returns:
        The result for the whole source.
    """
    page, shown = _parse_pages(source, rest, on_line)
    if page.consumed:
        return _with_page(source, found, page, shown)
    if rest and not found.consumed and (strange := detect_unsupported(rest)) is not None:
        return _reject(source, rest, *strange)
    reports: list[Diagnostic] = []
    lines = _content(source.name, rest, reports)
    listing, stray = apply_parsers(source, lines, TEXT_LISTINGS, on_line)
    listing = listing._replace(records=tuple(map(_without_markup, listing.records)))
    judgement = verdict(listing.records, len(listing.consumed), len(lines), _labelled(lines))
    if judgement is Verdict.NONE:
        if not found.consumed:
            return _reject(source, rest, "this looks like plain text, not a list of papers", _AS_LISTING)
        listing, stray = ParseResult(), lines
    records = sorted((*found.records, *listing.records), key=lambda record: record.source.line)
    consumed = found.consumed | listing.consumed
    reports += [*found.diagnostics, *listing.diagnostics]
    reports += _stray_lines(source.name, stray) if consumed else _unrecognised(source.name, stray)
    return limited_result(source, records, reports, consumed, unsure=judgement is Verdict.UNSURE)


def format_name(source: SourceFile) -> str:
    """The name of the format of a source, by its first parser that recognises it; empty if none does."""
    lines = [SourceLine(number, text) for number, line in enumerate(source.lines, 1) if (text := line.strip())]
    content = [line for line in lines if has_abstract_label(line.text) or not is_boilerplate(line.text)]
    return next(
        (
            parser.name
            for parser in PARSERS
            if lines and parser.sniff(source, content if parser in TEXT_LISTINGS else lines) > 0
        ),
        "",
    )


def _parse_pages(
    source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine
) -> tuple[ParseResult, Sequence[SourceLine]]:
    """Apply the parsers of pages and e-mails, which see the lines as a reader does; returns their remaining lines."""
    sample = readable_lines(source, list(_sample(lines)))
    if not sample or not any(parser.sniff(source, sample) > 0 for parser in PAGES):
        return ParseResult(), lines
    return apply_parsers(source, readable_lines(source, lines), PAGES, on_line)


def _sample(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """The first lines, cut so that recognising a page takes bounded time."""
    size = 0
    for line in lines[:EXAMINED_LINES]:
        yield line._replace(text=line.text[:_EXAMINED_CHARACTERS])
        size += len(line.text)
        if size > 10 * _EXAMINED_CHARACTERS:
            return


def _with_page(source: SourceFile, found: ParseResult, page: ParseResult, lines: Sequence[SourceLine]) -> ParseResult:
    """The result for a page or an e-mail: what is left of it is no text listing, only reported."""
    reports = [*found.diagnostics, *page.diagnostics]
    stray = _content(source.name, lines, reports)
    reports += _stray_lines(source.name, stray)
    records = sorted((*found.records, *page.records), key=lambda record: record.source.line)
    # A text that only quotes a few papers may be something else.
    unsure = page.unsure or (bool(page.records) and len(stray) > len(page.consumed))
    return limited_result(source, records, reports, found.consumed | page.consumed, unsure=unsure)


def _labelled(lines: Sequence[SourceLine]) -> int:
    return sum(has_abstract_label(line.text) for line in lines)


def _reject(source: SourceFile, lines: Sequence[SourceLine], reason: str, hint: str) -> ParseResult:
    """The result for an unsupported text: no records, one diagnostic for all lines."""
    diagnostic = Diagnostic(source.name, lines[0].number, reason, hint)
    return ParseResult(
        diagnostics=(*source.diagnostics, diagnostic), consumed=frozenset(line.number for line in lines)
    )


def _without_markup(record: Record) -> Record:
    """The record of a listing with the markup in its texts replaced by text."""
    texts = {name: text for name in ("title", "byline", "abstract") if (text := getattr(record, name))}
    bare: dict[str, Any] = {name: line_without_markup(text) for name, text in texts.items()}
    return record if bare == texts else record._replace(**bare)


def _content(source: str, raw: Sequence[SourceLine], diagnostics: list[Diagnostic]) -> list[SourceLine]:
    """The lines that are not boilerplate, cut to the maximum length."""
    lines: list[SourceLine] = []
    for line in raw:
        text = line.text
        if len(text) > LINE_LIMIT:
            reason = f"the line has {len(text)} characters; only the first {LINE_LIMIT} were read"
            diagnostics.append(
                Diagnostic(source, line.number, reason, "split the line, or check whether this is a listing")
            )
            text = text[:LINE_LIMIT]
        if has_abstract_label(text) or not is_boilerplate(text):
            lines.append(SourceLine(line.number, text))
    return lines


def _unrecognised(source: str, lines: Sequence[SourceLine]) -> list[Diagnostic]:
    if not lines:
        return [Diagnostic(source, 0, "the source has no papers", "copy the listing again, or remove the file")]
    reason = f"unknown listing format (the source begins with {_excerpt(lines[0].text)})"
    formats = ", ".join(parser.name for parser in PARSERS)
    hint, kind = f"known formats: {formats}", DiagnosticKind.UNKNOWN_FORMAT
    return [Diagnostic(source, lines[0].number, reason, hint, kind=kind)]


def _stray_lines(source: str, lines: Sequence[SourceLine]) -> list[Diagnostic]:
    hint = "if it belongs to a paper, put it where the other records have it; otherwise remove it"
    diagnostics = [
        Diagnostic(source, line.number, f"not part of any record: {_excerpt(line.text)}", hint)
        for line in lines[:_REPORTED_LINES]
    ]
    if len(lines) > _REPORTED_LINES:
        further = lines[_REPORTED_LINES:]
        reason = f"{len(further)} more lines, from here to line {further[-1].number}, are not part of any record"
        diagnostics.append(Diagnostic(source, further[0].number, reason, hint))
    return diagnostics


def _excerpt(text: str) -> str:
    return f"'{text[:_EXCERPT]}…'" if len(text) > _EXCERPT else f"'{text}'"
