"""Form 3: a title line, then its abstract line, and so on.

Which line is which is decided for the page as a whole, by the likeliest sequence of labels (Viterbi's algorithm) over
how each line reads and what usually follows what. So a short abstract between two titles is still taken for one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tui.ingest.boilerplate import strip_button
from tui.ingest.line_classifier import interface_score, prose_score
from tui.ingest.parsers.source_parser import fill_body, has_abstract_label, is_link_line, strip_abstract_label
from tui.ingest.record import ParseResult, Record
from tui.ingest.source_file import Diagnostic
from tui.model.paper import SourceLocation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.parsers.source_parser import Told
    from tui.ingest.record import SourceLine
    from tui.ingest.source_file import SourceFile

_TITLE, _ABSTRACT, _OTHER = range(3)
# What the label of a line costs after that of the line before; the last row is the top of the page.
_STEP = (
    (-3.0, 0.0, -3.0),
    (0.0, -3.5, 0.0),
    (0.0, -4.0, 0.0),
    (0.0, -3.0, 0.0),
)
_LAST = (-1.5, 0.0, 0.0)
_TOP = 3
_OTHER_SCORE = -2.5
_MARK_SCORE = 12.0
_TITLE_LIMIT = 600
_TITLE_WORDS = 5
_PARAGRAPH_WORDS = 40


@dataclass(slots=True)
class _Record:
    """The lines of one record while it is being put together."""

    title: SourceLine | None = None
    abstract: list[SourceLine] = field(default_factory=list)
    references: list[SourceLine] = field(default_factory=list)

    @property
    def lines(self) -> list[SourceLine]:
        return [*([self.title] if self.title else []), *self.abstract, *self.references]


class TitleAndAbstract:
    """Titles and abstracts in turn."""

    name = "titles and abstracts"
    by_line = True

    def sniff(self, page: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """The share of lines in complete pairs; 0 for a text without a single one that reads like a pair."""
        labels = _labels(lines)
        pairs = [
            prose_score(lines[place].text) - prose_score(lines[place - 1].text)
            for place in range(1, len(lines))
            if labels[place] == _ABSTRACT
            and labels[place - 1] == _TITLE
            and interface_score(lines[place - 1].text) < 1.0
        ]
        alone = sum(
            label == _ABSTRACT and prose_score(line.text) >= 8.0 for label, line in zip(labels, lines, strict=True)
        )
        if not pairs:
            return alone / len(lines) if alone else 0.0
        return 2 * len(pairs) / len(lines) if sum(pairs) / len(pairs) > 1.0 else 0.0

    def parse(self, page: SourceFile, lines: Sequence[SourceLine], told: Told) -> ParseResult:  # noqa: ARG002, the protocol's
        """Read the pairs, and what is left of a pair where the page was cut."""
        records = _plausible(_records(lines, _labels(lines)))
        drafts: list[Record] = []
        problems: list[Diagnostic] = []
        claimed: set[int] = set()
        for place, record in enumerate(records):
            draft = _draft(page, record, first=place == 0)
            if draft.title or draft.abstract:
                drafts.append(draft)
            claimed.update(line.number for line in record.lines)
            problems.extend(_missing(page.name, draft))
        return ParseResult(tuple(drafts), tuple(problems), frozenset(claimed))


def _labels(lines: Sequence[SourceLine]) -> list[int]:
    """The likeliest label of every line."""
    best: list[float] = list(_STEP[_TOP])
    trail: list[tuple[int, ...]] = []
    for place, line in enumerate(lines):
        emitted = _emitted(line.text)
        if place == 0:
            best = [step + score for step, score in zip(best, emitted, strict=True)]
            continue
        origins = tuple(_origin(best, label) for label in range(3))
        best = [best[origins[label]] + _STEP[origins[label]][label] + emitted[label] for label in range(3)]
        trail.append(origins)
    if not lines:
        return []
    label = max(range(3), key=lambda last: best[last] + _LAST[last])
    labels = [label]
    for origins in reversed(trail):
        label = origins[label]
        labels.append(label)
    return labels[::-1]


def _origin(best: Sequence[float], label: int) -> int:
    """The label of the line before that leads to this one most cheaply."""
    return max(range(3), key=lambda before: best[before] + _STEP[before][label])


def _emitted(text: str) -> tuple[float, float, float]:
    if has_abstract_label(text):
        return (-_MARK_SCORE, _MARK_SCORE, 0.0)
    if is_link_line(text):
        return (-_MARK_SCORE, -_MARK_SCORE, 0.0)
    prose = prose_score(text)
    interface = interface_score(text)
    title = -prose - max(0.0, interface) * 2 - (8.0 if len(text) > _TITLE_LIMIT else 0.0)
    return (title, prose - max(0.0, interface), _OTHER_SCORE + max(0.0, interface))


def _records(lines: Sequence[SourceLine], labels: Sequence[int]) -> list[_Record]:
    records: list[_Record] = []
    for line, label in zip(lines, labels, strict=True):
        if label == _TITLE:
            records.append(_Record(title=line))
        elif label == _ABSTRACT and records and _belongs(records[-1], line):
            records[-1].abstract.append(line)
        elif label == _ABSTRACT:
            records.append(_Record(abstract=[line]))
        elif records and is_link_line(line.text):
            records[-1].references.append(line)
    return records


def _plausible(records: Sequence[_Record]) -> list[_Record]:
    """The records without the lone lines that are no title: a heading of the page, or of a part of it.

    A title whose abstract is missing is believed if it reads like one, or where the page was cut right behind it; but
    never above the first record, where only the page's own heading can stand.
    """
    first = next((place for place, record in enumerate(records) if record.abstract), len(records))
    last = len(records) - 1
    return [
        record
        for place, record in enumerate(records)
        if record.abstract or (place > first and _could_be_title(record, at_end=place == last))
    ]


def _could_be_title(record: _Record, *, at_end: bool) -> bool:
    text = record.title.text if record.title else ""
    count = len(text.split())
    return count >= _TITLE_WORDS or (count > 1 and (at_end or ": " in text))


def _belongs(record: _Record, line: SourceLine) -> bool:
    """Whether an abstract line is the record's, or goes on with its abstract."""
    if not any(strip_abstract_label(before.text) for before in record.abstract):
        return True
    if has_abstract_label(line.text):
        return False
    return line.text[0].islower() or len(line.text.split()) < _PARAGRAPH_WORDS


def _draft(page: SourceFile, record: _Record, *, first: bool) -> Record:
    start = record.lines[0].number
    draft = fill_body(Record(SourceLocation(page.name, start)), record.abstract, record.references)
    if record.title is None:
        return draft
    title = record.title.text
    if first:
        title = strip_button(title, draft.abstract or "", behind_furniture=_begins_late(page, record.title))
    return replace(draft, title=title).with_positions({"title": start})


def _begins_late(page: SourceFile, title: SourceLine) -> bool:
    return any(text.strip() for text in page.lines[: title.number - 1])


def _missing(page: str, draft: Record) -> list[Diagnostic]:
    line = draft.source.line
    if not draft.title and not draft.abstract:
        return [Diagnostic(page, line, "There is no text behind 'Abstract:'.", "Copy the abstract once more.")]
    if draft.title is None:
        reason = "This abstract has no title above it; it was taken in without one."
        return [Diagnostic(page, line, reason, "Put the title on the line above, or give the paper one later.")]
    if draft.abstract is None:
        reason = "This title has no abstract below it; the paper was taken in without one."
        return [Diagnostic(page, line, reason, "Put the abstract on the line below, or leave it so.")]
    return []
