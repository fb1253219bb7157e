"""Form 1: every record is one line, ``Abstract:`` and the abstract; no title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ingest.line_classifier import prose_score
from tui.ingest.parsers.source_parser import fill_body, has_abstract_label, strip_abstract_label
from tui.ingest.record import ParseResult, Record
from tui.ingest.source_file import Diagnostic
from tui.model.paper import SourceLocation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.parsers.source_parser import Told
    from tui.ingest.record import SourceLine
    from tui.ingest.source_file import SourceFile


class AbstractLines:
    """Lines that begin with ``Abstract:``, unless most of them stand under a title of their own."""

    name = "abstract lines"
    by_line = True

    def sniff(self, page: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """The share of lines that begin with the mark."""
        marked = [place for place, line in enumerate(lines) if has_abstract_label(line.text)]
        titled = sum(_stands_under_title(lines, place) for place in marked)
        return 0.0 if not marked or titled * 2 > len(marked) else len(marked) / len(lines)

    def parse(self, page: SourceFile, lines: Sequence[SourceLine], told: Told) -> ParseResult:  # noqa: ARG002, the protocol's
        """One record for every marked line; a line that goes on in lower case belongs to the record before it."""
        drafts: list[Record] = []
        problems: list[Diagnostic] = []
        claimed: set[int] = set()
        place = 0
        while place < len(lines):
            first = lines[place]
            place += 1
            if not has_abstract_label(first.text):
                continue
            parts = [first]
            while place < len(lines) and _goes_on(parts[-1].text, lines[place].text):
                parts.append(lines[place])
                place += 1
            claimed.update(part.number for part in parts)
            draft = fill_body(Record(SourceLocation(page.name, first.number)), parts, ())
            if draft.abstract:
                drafts.append(draft)
            else:
                reason = "There is no text behind 'Abstract:'."
                problems.append(Diagnostic(page.name, first.number, reason, "Copy the abstract once more."))
        return ParseResult(tuple(drafts), tuple(problems), frozenset(claimed))


def _stands_under_title(lines: Sequence[SourceLine], place: int) -> bool:
    before = lines[place - 1] if place else None
    return before is not None and not has_abstract_label(before.text) and prose_score(before.text) < 0


def _goes_on(before: str, text: str) -> bool:
    if has_abstract_label(text):
        return False
    if not strip_abstract_label(before):
        return prose_score(text) > 0
    return text[0].islower() and before[-1] not in ".!?"
