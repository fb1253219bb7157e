"""Parse the first line of a three-line record: arXiv category, date and the flag ``Code``, without separators."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.ingest.plain_dates import MONTH, parse_date
from tui.model.arxiv import expand_category

if TYPE_CHECKING:
    from tui.model.partial_date import PartialDate

_LONGEST = 60
_GAP = r"[\s·|,;–—-]*"
_YEAR = r"\d{4}"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_ISO = rf"{_YEAR}[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?"
_CODE = rf"(?P<code>{_GAP}\(?[Cc]ode\)?)?"


def _date_pattern(month: str) -> str:
    return rf"{month}\.?\s*{_DAY}(?:,?\s*{_YEAR})?|{_DAY}\s*{month}\.?(?:,?\s*{_YEAR})?|{month}\.?,?\s*{_YEAR}"


_KNOWN_MONTH = re.compile(rf"{_GAP}(?P<date>{_date_pattern(MONTH)}|{_ISO}){_CODE}{_GAP}", re.IGNORECASE)
# After a known category any capitalised word is accepted as a month, so that a misprint is reported.
_ANY_MONTH = re.compile(rf"(?P<date>[A-Z][a-z]{{2,8}}\.?\s*{_DAY}(?:,\s*{_YEAR})?){_CODE}")
_YEAR_ONLY = re.compile(rf"(?P<date>{_YEAR}){_CODE}")
_NO_DATE = re.compile(rf"(?P<date>){_CODE}")
_UNKNOWN = re.compile(
    rf"(?P<category>[A-Za-z][A-Za-z-]*(?:\.[A-Za-z][A-Za-z-]*)?)(?P<date>(?:{_date_pattern(MONTH)}|{_ISO})){_CODE}"
)


@dataclass(frozen=True, slots=True)
class RecordHeader:
    """A parsed header line.

    Attributes:
        sure: whether it is certainly a header; the others count only in a source with certain ones.
        category: full arXiv category, or None.
        date: as printed, or None if it is missing or invalid.
        has_code: whether the flag is present.
        errors: (reason, hint) for each invalid part.
    """

    sure: bool
    category: str | None
    date: PartialDate | None
    has_code: bool
    errors: tuple[tuple[str, str], ...] = ()


def parse_header(text: str) -> RecordHeader | None:
    """Parse a line such as ``CVOct 26, 2023Code`` or ``quant-ph2021-01-05``; None if it is not a header."""
    if len(text) > _LONGEST:
        return None
    for end in range(len(text), 1, -1):
        if _is_category(text[:end]):
            found = _match_after_category(text, end)
            if found is not None:
                sure = bool(found["date"]) and not found["date"].isdigit()
                return _make_header(text[:end], found, sure=sure)
    if found := _KNOWN_MONTH.fullmatch(text):
        return _make_header("", found, sure=False)
    if found := _UNKNOWN.fullmatch(text):
        return _make_header(found["category"], found, sure=True)
    return None


def _is_category(printed: str) -> bool:
    """Whether this is a category; plain words such as ``other`` and ``soft`` do not count."""
    return (printed.isupper() or "." in printed or "-" in printed) and bool(expand_category(printed))


def _match_after_category(text: str, end: int) -> re.Match[str] | None:
    for pattern in (_KNOWN_MONTH, _ANY_MONTH, _YEAR_ONLY, _NO_DATE):
        if found := pattern.fullmatch(text, end):
            return found
    return None


def _make_header(printed: str, found: re.Match[str], *, sure: bool) -> RecordHeader:
    errors: list[tuple[str, str]] = []
    names = expand_category(printed)
    if len(names) > 1:
        reason = f"the category {printed} is ambiguous: {', '.join(names)}"
        errors.append((reason, f"write {names[0]} in the source if that is the one you mean"))
    elif printed and not names:
        errors.append((f"{printed} is not an arXiv category", "write it as in arXiv's taxonomy, for example cs.CV"))
    elif not printed:
        errors.append(("the record has no category", "put it before the date, for example cs.CV"))
    date = None
    if found["date"]:
        try:
            date = parse_date(found["date"])
        except ValueError:
            reason = f"the date {found['date']!r} does not exist, so the paper was imported without one"
            errors.append((reason, "correct the date in the source"))
    else:
        errors.append(("the record has no date", "put it after the category, for example Oct 26, 2023"))
    return RecordHeader(sure, names[0] if len(names) == 1 else None, date, found["code"] is not None, tuple(errors))
