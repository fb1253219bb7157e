"""What the parsers of arXiv's pages and e-mails have in common: identifiers, categories and dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.ingest.listed_paper import date_of_arxiv_id
from tui.ingest.plain_dates import parse_date
from tui.ingest.printed_venue import journal_reference
from tui.model.arxiv import expand_category
from tui.model.publication import NO_PUBLICATION, changed_publication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.model.partial_date import PartialDate
    from tui.model.publication import Publication

ARXIV_ID = r"(?:\d{4}\.\d{4,5}(?!\d)|[a-z][a-z-]+(?:\.[A-Za-z]{2})?/\d{7}(?!\d))"
_CODE = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)")
_DAY = re.compile(r"(?:[A-Z][a-z]{2,8},?\s+)?(\d{1,2}\s+[A-Z][a-z]{2,8},?\s+\d{2,4})")
_EARLY_IN_MONTH = 5


def categories_in(text: str) -> tuple[str, ...]:
    """The categories of ``Graphics (cs.GR); Optics (physics.optics)`` or ``cs.CV cs.GR``, in their order."""
    codes = _CODE.findall(text) or re.split(r"[\s;,]+", text)
    names = (expand_category(code) for code in codes if "." in code or "-" in code)
    return tuple(dict.fromkeys(found[0] for found in names if len(found) == 1))


def are_categories(text: str) -> bool:
    """Whether a text is nothing but names of categories, such as ``cs.CV cs.GR``."""
    words = text.split()
    return bool(words) and all(("." in word or "-" in word) and len(expand_category(word)) == 1 for word in words)


def printed_day(text: str) -> PartialDate | None:
    """The first date of a text such as ``Thu, 26 Nov 2026 20:13:22 GMT``, or None."""
    found = _DAY.search(text)
    if found is None:
        return None
    printed = found[1].replace(",", "")
    day, month, year = printed.split()
    if len(year) == 2:
        year = f"{'19' if int(year) > 90 else '20'}{year}"
    try:
        return parse_date(f"{day} {month} {year}")
    except ValueError:
        return None


def announced_on(identifier: str, day: PartialDate | None, *, replaced: bool) -> PartialDate | None:
    """The date of a paper that a listing announced on a day.

    For replaced papers and those listed again later, the day says nothing: then it is the month in the identifier.
    """
    submitted = date_of_arxiv_id(identifier)
    if day is None or replaced or submitted is None or day.month is None or day.year is None:
        return submitted
    months = (day.year - (submitted.year or 0)) * 12 + day.month - (submitted.month or 0)
    soon = months == 0 or (months == 1 and (day.day or 0) <= _EARLY_IN_MONTH)
    return day if soon else submitted


def arxiv_publication(reference: str, comments: str, report: str, version: str) -> Publication:
    """The publication of a paper of arXiv.

    Args:
        reference: the journal reference as printed.
        comments: of the authors.
        report: the number of a report.
        version: such as ``v2``; empty if it is not printed.
    """
    published = journal_reference(reference) if reference else NO_PUBLICATION
    values = {"note": comments or None, "number": report or None, "version": version or None}
    return changed_publication(published, values)


def without_first(categories: Sequence[str]) -> tuple[str, ...]:
    """The categories in which a paper is cross-listed."""
    return tuple(categories[1:])
