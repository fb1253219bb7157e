"""A page to its records: furniture is set aside, every form reads what is its own, the rest is reported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tui.ingest.boilerplate import is_boilerplate
from tui.ingest.listing_evidence import Verdict, verdict
from tui.ingest.parsers import PARSERS
from tui.ingest.parsers.source_parser import has_abstract_label
from tui.ingest.record import RECORD_LIMIT, ParseResult, SourceLine
from tui.ingest.source_file import Diagnostic
from tui.ingest.unsupported import detect_unsupported
from tui.text.markup import line_without_markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.parsers.source_parser import SourceParser, Told
    from tui.ingest.record import Record
    from tui.ingest.source_file import SourceFile

LINE_LIMIT = 1_000_000
_REPORTED_LINES = 50
_SHOWN = 60
_AS_LISTING = "import a bibliography, or a page on which every title is followed by its abstract, one line each"
_MARKS = "\ufeff\u200b\u2060\ufffc"


def parse_source(page: SourceFile, told: Told = lambda _: None) -> ParseResult:
    """Read every record of a page.

    Every line that is not blank is part of a record, or furniture, or named in a problem (beyond the first 50 stray
    lines of a page, in one problem for all). The problems begin with those of the page's encoding.

    Args:
        page: the page.
        told: called with the numbers of lines that were reached, where the page is a bibliography.
    """
    raw = [
        SourceLine(number, text)
        for number, line in enumerate(page.lines, 1)
        if line and (text := line.strip().strip(_MARKS))
    ]
    found, rest = _parse(page, raw, [form for form in PARSERS if not form.by_line], told)
    if rest and not found.consumed and (strange := detect_unsupported(rest)) is not None:
        return _refused(page, rest, *strange)
    reports: list[Diagnostic] = []
    lines = _content(page.name, rest, reports)
    listing, stray = _parse(page, lines, [form for form in PARSERS if form.by_line], told)
    judged = verdict(listing.records, len(listing.consumed), len(lines), _marked(lines))
    if judged is Verdict.NONE:
        if not found.consumed:
            return _refused(page, rest, "this looks like plain text, not a list of papers", _AS_LISTING)
        listing, stray = ParseResult(), lines
    drafts = sorted((*found.records, *listing.records), key=lambda draft: draft.source.line)
    claimed = found.consumed | listing.consumed
    reports += [*found.diagnostics, *listing.diagnostics]
    reports += _stray(page.name, stray) if claimed else _unrecognised(page.name, stray)
    if len(drafts) > RECORD_LIMIT:
        reason = f"the page holds more than {RECORD_LIMIT} records; the first {RECORD_LIMIT} were read"
        reports.append(Diagnostic(page.name, 0, reason, "split it into several files"))
    unsure = judged is Verdict.UNSURE
    return ParseResult(tuple(drafts[:RECORD_LIMIT]), (*page.diagnostics, *sorted(reports)), claimed, unsure=unsure)


def _parse(
    page: SourceFile, lines: Sequence[SourceLine], forms: Sequence[SourceParser], told: Told
) -> tuple[ParseResult, Sequence[SourceLine]]:
    """What the forms read, one after the other, and the lines that are left."""
    drafts: list[Record] = []
    problems: list[Diagnostic] = []
    claimed: set[int] = set()
    for form in forms:
        if lines and form.sniff(page, lines) > 0:
            reading = form.parse(page, lines, told)
            drafts += map(_without_markup, reading.records) if form.by_line else reading.records
            problems += reading.diagnostics
            claimed |= reading.consumed
            lines = [line for line in lines if line.number not in reading.consumed]
    return ParseResult(tuple(drafts), tuple(problems), frozenset(claimed)), lines


def _marked(lines: Sequence[SourceLine]) -> int:
    return sum(has_abstract_label(line.text) for line in lines)


def _refused(page: SourceFile, lines: Sequence[SourceLine], reason: str, hint: str) -> ParseResult:
    """A text of which nothing is read; all of it is named in one problem."""
    problem = Diagnostic(page.name, lines[0].number, reason, hint)
    return ParseResult(diagnostics=(*page.diagnostics, problem), consumed=frozenset(line.number for line in lines))


def _without_markup(draft: Record) -> Record:
    """The record of a listing with text for the markup that a site shows as it got it."""
    texts = {name: text for name in ("title", "byline", "abstract") if (text := getattr(draft, name))}
    bare: dict[str, Any] = {name: line_without_markup(text) for name, text in texts.items()}
    return draft if bare == texts else replace(draft, **bare)


def _content(page: str, raw: Sequence[SourceLine], problems: list[Diagnostic]) -> list[SourceLine]:
    """The lines that are no furniture, none longer than the limit."""
    lines: list[SourceLine] = []
    for line in raw:
        text = line.text
        if len(text) > LINE_LIMIT:
            reason = f"The line has {len(text)} characters; what follows the first {LINE_LIMIT} was left out."
            problems.append(
                Diagnostic(page, line.number, reason, "Break the line, or look whether this is a listing.")
            )
            text = text[:LINE_LIMIT]
        if has_abstract_label(text) or not is_boilerplate(text):
            lines.append(SourceLine(line.number, text))
    return lines


def _unrecognised(page: str, lines: Sequence[SourceLine]) -> list[Diagnostic]:
    if not lines:
        return [Diagnostic(page, 0, "The page holds no paper.", "Copy the listing once more, or remove the page.")]
    reason = f"No form of listing was recognised; the page begins with {_shown(lines[0].text)}."
    forms = ", ".join(form.name for form in PARSERS)
    return [Diagnostic(page, lines[0].number, reason, f"A page can hold: {forms}.")]


def _stray(page: str, lines: Sequence[SourceLine]) -> list[Diagnostic]:
    hint = "If it belongs to a paper, put it where the page's other records have it; otherwise remove it."
    problems = [
        Diagnostic(page, line.number, f"This line is part of no record: {_shown(line.text)}.", hint)
        for line in lines[:_REPORTED_LINES]
    ]
    if len(lines) > _REPORTED_LINES:
        further = lines[_REPORTED_LINES:]
        reason = f"{len(further)} further lines, from here to line {further[-1].number}, are part of no record."
        problems.append(Diagnostic(page, further[0].number, reason, hint))
    return problems


def _shown(text: str) -> str:
    return f"'{text[:_SHOWN]}…'" if len(text) > _SHOWN else f"'{text}'"
