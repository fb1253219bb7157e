"""Form 1: every record is one line, ``Abstract:`` and the abstract; no title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ingest.draft import Draft, Reading
from tui.ingest.forms.form import is_marked, with_body, without_mark
from tui.ingest.page import Problem
from tui.ingest.prose import prose_score
from tui.model.paper import SourceLocation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.draft import Line
    from tui.ingest.forms.form import Told
    from tui.ingest.page import Page


class AbstractLines:
    """Lines that begin with ``Abstract:``, unless most of them stand under a title of their own."""

    name = "abstract lines"
    by_line = True

    def score(self, page: Page, lines: Sequence[Line]) -> float:  # noqa: ARG002, the protocol's
        """The share of lines that begin with the mark."""
        marked = [place for place, line in enumerate(lines) if is_marked(line.text)]
        titled = sum(_stands_under_title(lines, place) for place in marked)
        return 0.0 if not marked or titled * 2 > len(marked) else len(marked) / len(lines)

    def read(self, page: Page, lines: Sequence[Line], told: Told) -> Reading:  # noqa: ARG002, the protocol's
        """One record for every marked line; a line that goes on in lower case belongs to the record before it."""
        drafts: list[Draft] = []
        problems: list[Problem] = []
        claimed: set[int] = set()
        place = 0
        while place < len(lines):
            first = lines[place]
            place += 1
            if not is_marked(first.text):
                continue
            parts = [first]
            while place < len(lines) and _goes_on(parts[-1].text, lines[place].text):
                parts.append(lines[place])
                place += 1
            claimed.update(part.number for part in parts)
            draft = with_body(Draft(SourceLocation(page.name, first.number)), parts, ())
            if draft.abstract:
                drafts.append(draft)
            else:
                reason = "There is no text behind 'Abstract:'."
                problems.append(Problem(page.name, first.number, reason, "Copy the abstract once more."))
        return Reading(tuple(drafts), tuple(problems), frozenset(claimed))


def _stands_under_title(lines: Sequence[Line], place: int) -> bool:
    before = lines[place - 1] if place else None
    return before is not None and not is_marked(before.text) and prose_score(before.text) < 0


def _goes_on(before: str, text: str) -> bool:
    if is_marked(text):
        return False
    if not without_mark(before):
        return prose_score(text) > 0
    return text[0].islower() and before[-1] not in ".!?"
