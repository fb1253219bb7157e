"""Limitations of formats, reported as warnings: what users would miss in an export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.export.main_link import has_more_links
from tui.model.mark import Status
from tui.text import cleanup

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.model.entry import Entry


@dataclass(frozen=True, slots=True)
class Limitation:
    """Something that some entries have, or lack, and a format cannot represent.

    Attributes:
        description: completes a message that begins with "3 papers have".
        applies_to: whether an entry is affected.
    """

    description: str
    applies_to: Callable[[Entry], bool]


UNTITLED = Limitation("no title", lambda entry: not cleanup.clean_line(entry.paper.title or ""))
NO_YEAR = Limitation(
    "a date without a year (omitted)",
    lambda entry: entry.paper.date is not None and entry.paper.date.year is None,
)
MORE_LINKS = Limitation("more than one link (only the first is written)", lambda entry: has_more_links(entry.paper))
UNREADABLE_CHARACTERS = Limitation(
    "control characters or lone surrogates (omitted)",
    lambda entry: cleanup.has_control_characters("".join(_texts(entry))),
)
LONE_SURROGATES = Limitation(
    "lone surrogates (replaced by U+FFFD)",
    lambda entry: any(cleanup.encodable(text) != text for text in _texts(entry)),
)
EARLIER_ABSTRACTS = Limitation("earlier abstracts (omitted)", lambda entry: bool(entry.paper.earlier_abstracts))
AFFILIATION = Limitation("an affiliation (omitted)", lambda entry: bool(entry.paper.affiliation))
CODE = Limitation("a code flag (omitted)", lambda entry: entry.paper.has_code)
KEYS_FOR_BIBER = Limitation(
    "an apostrophe or a parenthesis in the citation key (biber does not read the file until the key is changed)",
    lambda entry: any(character in "'()" for character in entry.mark.citation_key or ""),
)
ET_AL = Limitation('a truncated author list ("et al." is omitted)', lambda entry: entry.paper.authors_truncated)
PARAGRAPHS = Limitation(
    "a note or abstract with several lines (joined into one)",
    lambda entry: any(
        "\n" in cleanup.clean_lines(text).strip() for text in (entry.mark.note, entry.paper.abstract or "")
    ),
)
BEYOND_ASCII = Limitation(
    "non-ASCII characters (replaced by the nearest ASCII ones, or ?)",
    lambda entry: not all(text.isascii() for text in _texts(entry)),
)
TRIAGE = Limitation(
    "a status, star, priority, due date or snooze date (omitted)",
    lambda entry: (
        entry.mark.status is not Status.UNREAD
        or any((entry.mark.starred, entry.mark.snoozed_until, entry.mark.priority, entry.mark.due))
    ),
)


def _texts(entry: Entry) -> tuple[str, ...]:
    paper, mark = entry.paper, entry.mark
    return (paper.title or "", paper.abstract or "", mark.note, *paper.authors, *mark.tags, *paper.links)
