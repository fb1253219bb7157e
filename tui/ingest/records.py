"""A page to its records: furniture is set aside, every form reads what is its own, the rest is reported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tui.ingest.draft import RECORD_LIMIT, Line, Reading
from tui.ingest.foreign import foreign
from tui.ingest.forms import FORMS
from tui.ingest.forms.form import is_marked
from tui.ingest.furniture import is_furniture
from tui.ingest.listing_evidence import Verdict, verdict
from tui.ingest.page import Problem
from tui.text.markup import line_without_markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.draft import Draft
    from tui.ingest.forms.form import Form, Told
    from tui.ingest.page import Page

LINE_LIMIT = 1_000_000
_REPORTED_LINES = 50
_SHOWN = 60
_AS_LISTING = "import a bibliography, or a page on which every title is followed by its abstract, one line each"
_MARKS = "\ufeff\u200b\u2060\ufffc"


def read_records(page: Page, told: Told = lambda _: None) -> Reading:
    """Read every record of a page.

    Every line that is not blank is part of a record, or furniture, or named in a problem (beyond the first 50 stray
    lines of a page, in one problem for all). The problems begin with those of the page's encoding.

    Args:
        page: the page.
        told: called with the numbers of lines that were reached, where the page is a bibliography.
    """
    raw = [
        Line(number, text)
        for number, line in enumerate(page.lines, 1)
        if line and (text := line.strip().strip(_MARKS))
    ]
    found, rest = _parse(page, raw, [form for form in FORMS if not form.by_line], told)
    if rest and not found.claimed and (strange := foreign(rest)) is not None:
        return _refused(page, rest, *strange)
    reports: list[Problem] = []
    lines = _content(page.name, rest, reports)
    listing, stray = _parse(page, lines, [form for form in FORMS if form.by_line], told)
    judged = verdict(listing.drafts, len(listing.claimed), len(lines), _marked(lines))
    if judged is Verdict.NONE:
        if not found.claimed:
            return _refused(page, rest, "this looks like plain text, not a list of papers", _AS_LISTING)
        listing, stray = Reading(), lines
    drafts = sorted((*found.drafts, *listing.drafts), key=lambda draft: draft.source.line)
    claimed = found.claimed | listing.claimed
    reports += [*found.problems, *listing.problems]
    reports += _stray(page.name, stray) if claimed else _unrecognised(page.name, stray)
    if len(drafts) > RECORD_LIMIT:
        reason = f"the page holds more than {RECORD_LIMIT} records; the first {RECORD_LIMIT} were read"
        reports.append(Problem(page.name, 0, reason, "split it into several files"))
    unsure = judged is Verdict.UNSURE
    return Reading(tuple(drafts[:RECORD_LIMIT]), (*page.problems, *sorted(reports)), claimed, unsure=unsure)


def _parse(page: Page, lines: Sequence[Line], forms: Sequence[Form], told: Told) -> tuple[Reading, Sequence[Line]]:
    """What the forms read, one after the other, and the lines that are left."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    claimed: set[int] = set()
    for form in forms:
        if lines and form.score(page, lines) > 0:
            reading = form.read(page, lines, told)
            drafts += map(_without_markup, reading.drafts) if form.by_line else reading.drafts
            problems += reading.problems
            claimed |= reading.claimed
            lines = [line for line in lines if line.number not in reading.claimed]
    return Reading(tuple(drafts), tuple(problems), frozenset(claimed)), lines


def _marked(lines: Sequence[Line]) -> int:
    return sum(is_marked(line.text) for line in lines)


def _refused(page: Page, lines: Sequence[Line], reason: str, hint: str) -> Reading:
    """A text of which nothing is read; all of it is named in one problem."""
    problem = Problem(page.name, lines[0].number, reason, hint)
    return Reading(problems=(*page.problems, problem), claimed=frozenset(line.number for line in lines))


def _without_markup(draft: Draft) -> Draft:
    """The record of a listing with text for the markup that a site shows as it got it."""
    texts = {name: text for name in ("title", "byline", "abstract") if (text := getattr(draft, name))}
    bare: dict[str, Any] = {name: line_without_markup(text) for name, text in texts.items()}
    return draft if bare == texts else replace(draft, **bare)


def _content(page: str, raw: Sequence[Line], problems: list[Problem]) -> list[Line]:
    """The lines that are no furniture, none longer than the limit."""
    lines: list[Line] = []
    for line in raw:
        text = line.text
        if len(text) > LINE_LIMIT:
            reason = f"The line has {len(text)} characters; what follows the first {LINE_LIMIT} was left out."
            problems.append(Problem(page, line.number, reason, "Break the line, or look whether this is a listing."))
            text = text[:LINE_LIMIT]
        if is_marked(text) or not is_furniture(text):
            lines.append(Line(line.number, text))
    return lines


def _unrecognised(page: str, lines: Sequence[Line]) -> list[Problem]:
    if not lines:
        return [Problem(page, 0, "The page holds no paper.", "Copy the listing once more, or remove the page.")]
    reason = f"No form of listing was recognised; the page begins with {_shown(lines[0].text)}."
    forms = ", ".join(form.name for form in FORMS)
    return [Problem(page, lines[0].number, reason, f"A page can hold: {forms}.")]


def _stray(page: str, lines: Sequence[Line]) -> list[Problem]:
    hint = "If it belongs to a paper, put it where the page's other records have it; otherwise remove it."
    problems = [
        Problem(page, line.number, f"This line is part of no record: {_shown(line.text)}.", hint)
        for line in lines[:_REPORTED_LINES]
    ]
    if len(lines) > _REPORTED_LINES:
        further = lines[_REPORTED_LINES:]
        reason = f"{len(further)} further lines, from here to line {further[-1].number}, are part of no record."
        problems.append(Problem(page, further[0].number, reason, hint))
    return problems


def _shown(text: str) -> str:
    return f"'{text[:_SHOWN]}…'" if len(text) > _SHOWN else f"'{text}'"
