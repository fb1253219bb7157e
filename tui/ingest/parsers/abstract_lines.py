"""Parser of listings in which every record is one line ``Abstract:`` with the abstract, without title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ingest.line_classifier import prose_score
from tui.ingest.parsers.source_parser import fill_body, has_abstract_label, strip_abstract_label
from tui.ingest.record import ParseResult, Record
from tui.ingest.source_file import Diagnostic
from tui.model.paper import SourceLocation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import SourceLine
    from tui.ingest.source_file import SourceFile


class AbstractLines:
    """Lines that start with ``Abstract:``, unless most of them follow a title."""

    name = "abstract lines"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """The share of lines with the label."""
        marked = [index for index, line in enumerate(lines) if has_abstract_label(line.text)]
        titled = sum(_follows_title(lines, index) for index in marked)
        return 0.0 if not marked or titled * 2 > len(marked) else len(marked) / len(lines)

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:  # noqa: ARG002, the protocol's
        """Parse one record for every labelled line; a line in lower case continues the record before it."""
        records: list[Record] = []
        diagnostics: list[Diagnostic] = []
        consumed: set[int] = set()
        index = 0
        while index < len(lines):
            first = lines[index]
            index += 1
            if not has_abstract_label(first.text):
                continue
            parts = [first]
            while index < len(lines) and _continues(parts[-1].text, lines[index].text):
                parts.append(lines[index])
                index += 1
            consumed.update(part.number for part in parts)
            record = fill_body(Record(SourceLocation(source.name, first.number)), parts, ())
            if record.abstract:
                records.append(record)
            else:
                reason = "no text after 'Abstract:'"
                diagnostics.append(Diagnostic(source.name, first.number, reason, "copy the abstract again"))
        return ParseResult(tuple(records), tuple(diagnostics), frozenset(consumed))


def _follows_title(lines: Sequence[SourceLine], index: int) -> bool:
    before = lines[index - 1] if index else None
    return before is not None and not has_abstract_label(before.text) and prose_score(before.text) < 0


def _continues(before: str, text: str) -> bool:
    if has_abstract_label(text):
        return False
    if not strip_abstract_label(before):
        return prose_score(text) > 0
    return text[0].islower() and before[-1] not in ".!?"
