"""A record that somebody else keeps of a paper, and the text functions that every reader of such records needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.latex.display import latex_to_unicode
from tui.model.partial_date import PartialDate
from tui.model.publication import NO_PUBLICATION
from tui.text.fold import fold, fold_for_search
from tui.text.markup import line_without_markup
from tui.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from tui.model.publication import Publication

LONGEST_TITLE = 2_000
LONGEST_ABSTRACT = 50_000
MOST_AUTHORS = 10_000
_WITHDRAWN = re.compile(
    r"\s*\[?\s*(?:(?:this|the|our) (?:\w+ )?"
    r"(?:paper|article|submission|manuscript|preprint|work|version|note|letter|draft)"
    r" (?:\w+ ){0,2}?(?:has|have|is|was) (?:now )?(?:been )?(?:temporarily )?)?(?:withdrawn|retracted)\b",
    re.IGNORECASE,
)
_NOT_LETTERS = re.compile(r"[^\w+#*]|_")
_CONTROL = re.compile("[\u2400-\u2421\ufffd]")


@dataclass(frozen=True, slots=True)
class ExternalRecord:
    """One record; fields as in ``Paper``.

    Attributes:
        origin: where it was found, for people: a file with the line, or a service.
        withdrawn: whether its authors withdrew the paper.
        publication: where and how it was published.
    """

    origin: str
    title: str = ""
    authors: tuple[str, ...] = ()
    authors_truncated: bool = False
    abstract: str = ""
    date: PartialDate | None = None
    eprint: str = ""
    doi: str = ""
    category: str = ""
    links: tuple[str, ...] = ()
    withdrawn: bool = False
    publication: Publication = NO_PUBLICATION


def clean_line(text: str, limit: int = LONGEST_TITLE) -> str:
    """A text of a record as one line of plain text: markup, LaTeX and control characters become text or nothing."""
    plain = " ".join(text[: 4 * limit].split())
    if "\\" in plain or "$" in plain or "{" in plain:
        plain = latex_to_unicode(plain)
    if "<" in plain or "&" in plain:
        plain = line_without_markup(plain)
    return " ".join(_CONTROL.sub("", sanitise_line(plain, limit)).split())


def is_withdrawn(*texts: str) -> bool:
    """Whether an abstract or a comment begins by saying that the paper was withdrawn."""
    return any(_WITHDRAWN.match(text) is not None for text in texts)


def letters(title: str) -> str:
    """A title reduced to its folded letters and digits, and the signs that distinguish names (``C++``, ``A*``)."""
    return _NOT_LETTERS.sub("", fold_for_search(title))


def family_names(authors: tuple[str, ...]) -> frozenset[str]:
    """The folded family names of printed names."""
    return frozenset(fold(name.split()[-1]) for name in authors if name.split())


def day_of(text: str) -> PartialDate | None:
    """The day of an ISO 8601 instant or date; None if it is none."""
    try:
        return PartialDate.parse(text[:10])
    except ValueError:
        return None
