"""Parser of listings in which each title line is followed by an abstract line.

The lines are labelled together, by the most likely sequence of labels (Viterbi's algorithm) given the score of each
line and the usual order. So a short abstract between two titles is still recognised.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.ingest.boilerplate import strip_button
from tui.ingest.line_classifier import interface_score, prose_score
from tui.ingest.parsers.source_parser import fill_body, has_abstract_label, is_link_line, strip_abstract_label
from tui.ingest.record import ParseResult, Record
from tui.ingest.source_file import Diagnostic
from tui.model.paper import SourceLocation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import SourceLine
    from tui.ingest.source_file import SourceFile

_TITLE, _ABSTRACT, _OTHER = range(3)
# Score of a line's label given the label before it; the last row is the top of the source.
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
class _RecordLines:
    """The lines of one record, while they are collected."""

    title: SourceLine | None = None
    abstract: list[SourceLine] = field(default_factory=list)
    references: list[SourceLine] = field(default_factory=list)

    @property
    def lines(self) -> list[SourceLine]:
        return [*([self.title] if self.title else []), *self.abstract, *self.references]


class TitleAndAbstract:
    """Alternating titles and abstracts."""

    name = "titles and abstracts"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """The share of lines in complete pairs; 0 if no pair looks like title and abstract."""
        labels = _labels(lines)
        pairs = [
            prose_score(lines[index].text) - prose_score(lines[index - 1].text)
            for index in range(1, len(lines))
            if labels[index] == _ABSTRACT
            and labels[index - 1] == _TITLE
            and interface_score(lines[index - 1].text) < 1.0
        ]
        alone = sum(
            label == _ABSTRACT and prose_score(line.text) >= 8.0 for label, line in zip(labels, lines, strict=True)
        )
        if not pairs:
            return alone / len(lines) if alone else 0.0
        return 2 * len(pairs) / len(lines) if sum(pairs) / len(pairs) > 1.0 else 0.0

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:  # noqa: ARG002, the protocol's
        """Parse the pairs, and incomplete ones where the source was cut."""
        found = _plausible(_group_lines(lines, _labels(lines)))
        records: list[Record] = []
        diagnostics: list[Diagnostic] = []
        consumed: set[int] = set()
        for index, parts in enumerate(found):
            record = _to_record(source, parts, first=index == 0)
            if record.title or record.abstract:
                records.append(record)
            consumed.update(line.number for line in parts.lines)
            diagnostics.extend(_diagnose(source.name, record))
        return ParseResult(tuple(records), tuple(diagnostics), frozenset(consumed))


def _labels(lines: Sequence[SourceLine]) -> list[int]:
    """The most likely label of every line."""
    best: list[float] = list(_STEP[_TOP])
    backtrack: list[tuple[int, ...]] = []
    for index, line in enumerate(lines):
        emission = _emission(line.text)
        if index == 0:
            best = [step + score for step, score in zip(best, emission, strict=True)]
            continue
        origins = tuple(_origin(best, label) for label in range(3))
        best = [best[origins[label]] + _STEP[origins[label]][label] + emission[label] for label in range(3)]
        backtrack.append(origins)
    if not lines:
        return []
    label = max(range(3), key=lambda last: best[last] + _LAST[last])
    labels = [label]
    for origins in reversed(backtrack):
        label = origins[label]
        labels.append(label)
    return labels[::-1]


def _origin(best: Sequence[float], label: int) -> int:
    """The best label of the line before, given this one's label."""
    return max(range(3), key=lambda before: best[before] + _STEP[before][label])


def _emission(text: str) -> tuple[float, float, float]:
    if has_abstract_label(text):
        return (-_MARK_SCORE, _MARK_SCORE, 0.0)
    if is_link_line(text):
        return (-_MARK_SCORE, -_MARK_SCORE, 0.0)
    prose = prose_score(text)
    interface = interface_score(text)
    title = -prose - max(0.0, interface) * 2 - (8.0 if len(text) > _TITLE_LIMIT else 0.0)
    return (title, prose - max(0.0, interface), _OTHER_SCORE + max(0.0, interface))


def _group_lines(lines: Sequence[SourceLine], labels: Sequence[int]) -> list[_RecordLines]:
    found: list[_RecordLines] = []
    for line, label in zip(lines, labels, strict=True):
        if label == _TITLE:
            found.append(_RecordLines(title=line))
        elif label == _ABSTRACT and found and _belongs_to(found[-1], line):
            found[-1].abstract.append(line)
        elif label == _ABSTRACT:
            found.append(_RecordLines(abstract=[line]))
        elif found and is_link_line(line.text):
            found[-1].references.append(line)
    return found


def _plausible(found: Sequence[_RecordLines]) -> list[_RecordLines]:
    """The records without lone lines that are no titles, such as headings of the source or a section.

    A title without abstract is kept if it looks like one, or at the end of the source; but never above the first
    record,
    where it is the heading of the source.
    """
    first = next((index for index, parts in enumerate(found) if parts.abstract), len(found))
    last = len(found) - 1
    return [
        parts
        for index, parts in enumerate(found)
        if parts.abstract or (index > first and _could_be_title(parts, at_end=index == last))
    ]


def _could_be_title(parts: _RecordLines, *, at_end: bool) -> bool:
    text = parts.title.text if parts.title else ""
    count = len(text.split())
    return count >= _TITLE_WORDS or (count > 1 and (at_end or ": " in text))


def _belongs_to(parts: _RecordLines, line: SourceLine) -> bool:
    """Whether an abstract line belongs to the record, as its abstract or a continuation."""
    if not any(strip_abstract_label(before.text) for before in parts.abstract):
        return True
    if has_abstract_label(line.text):
        return False
    return line.text[0].islower() or len(line.text.split()) < _PARAGRAPH_WORDS


def _to_record(source: SourceFile, parts: _RecordLines, *, first: bool) -> Record:
    start = parts.lines[0].number
    record = fill_body(Record(SourceLocation(source.name, start)), parts.abstract, parts.references)
    if parts.title is None:
        return record
    title = parts.title.text
    if first:
        title = strip_button(title, record.abstract or "", after_boilerplate=_has_text_before(source, parts.title))
    return record._replace(title=title).with_positions({"title": start})


def _has_text_before(source: SourceFile, title: SourceLine) -> bool:
    return any(text.strip() for text in source.lines[: title.number - 1])


def _diagnose(source: str, record: Record) -> list[Diagnostic]:
    line = record.source.line
    if not record.title and not record.abstract:
        return [Diagnostic(source, line, "no text after 'Abstract:'", "copy the abstract again")]
    if record.title is None:
        reason = "this abstract has no title above it and was imported without one"
        return [Diagnostic(source, line, reason, "put the title on the line above, or edit the paper later")]
    if record.abstract is None:
        reason = "this title has no abstract below it and was imported without one"
        return [Diagnostic(source, line, reason, "put the abstract on the line below, or ignore this")]
    return []
