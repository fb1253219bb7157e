"""What a format has no place for, so that preflight can say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.export import text_cleanup
from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.model.entry import Entry


@dataclass(frozen=True, slots=True)
class Limitation:
    """Something that some entries have, or lack, and a format cannot write.

    Attributes:
        what: end of a sentence that begins with "3 papers have".
        strikes: whether an entry is one of them.
    """

    description: str
    applies_to: Callable[[Entry], bool]


UNTITLED = Limitation("no title", lambda entry: not text_cleanup.clean_line(entry.paper.title or ""))
NO_YEAR = Limitation(
    "a date without a year, which is left out",
    lambda entry: entry.paper.date is not None and entry.paper.date.year is None,
)
MORE_LINKS = Limitation("more than one link, of which the first is written", lambda entry: len(entry.paper.links) > 1)
UNREADABLE_SIGNS = Limitation(
    "control characters or broken signs in their texts, which are left out",
    lambda entry: text_cleanup.has_control_characters("".join(_texts(entry))),
)
BROKEN_SIGNS = Limitation(
    "broken signs (lone surrogates) in their texts, which become U+FFFD",
    lambda entry: any(text_cleanup.encodable(text) != text for text in _texts(entry)),
)
EARLIER_ABSTRACTS = Limitation(
    "earlier abstracts, which are left out", lambda entry: bool(entry.paper.earlier_abstracts)
)
AFFILIATION = Limitation("an affiliation, which is left out", lambda entry: bool(entry.paper.affiliation))
CODE = Limitation("a code flag, which is left out", lambda entry: entry.paper.has_code)
ET_AL = Limitation(
    "authors who are not named (et al.), which is left out", lambda entry: entry.paper.authors_truncated
)
PARAGRAPHS = Limitation(
    "a note or an abstract of several lines, which become one",
    lambda entry: any(
        "\n" in text_cleanup.clean_lines(text).strip() for text in (entry.mark.note, entry.paper.abstract or "")
    ),
)
CITED_ONLY = Limitation(
    "a tag, a note or an abstract, which a list of references has no place for",
    lambda entry: bool(entry.mark.tags or entry.mark.note or entry.paper.abstract),
)
BEYOND_ASCII = Limitation(
    "letters beyond ASCII, which become the nearest of ASCII, or question marks",
    lambda entry: not all(text.isascii() for text in _texts(entry)),
)
TRIAGE = Limitation(
    "a status, star or snooze date, which is left out",
    lambda entry: entry.mark.status is not Status.UNREAD or entry.mark.starred or bool(entry.mark.snoozed_until),
)


def _texts(entry: Entry) -> tuple[str, ...]:
    paper, mark = entry.paper, entry.mark
    return (paper.title or "", paper.abstract or "", mark.note, *paper.authors, *mark.tags, *paper.links)
