"""Parse the dates of listings. Never invents a part that is not printed."""

from __future__ import annotations

import re

from tui.model.partial_date import PartialDate

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_NAMED = rf"(?P<month>{MONTH})"
_PATTERNS = (  # compiled when they are first used: the dates of most bibliographies are three fields
    rf"{_NAMED}\s*{_DAY}(?!\d)(?:,?\s*{_YEAR})?",
    rf"{_DAY}\s*{_NAMED}(?:,?\s*{_YEAR})?",
    rf"{_NAMED},?\s*{_YEAR}",
    rf"{_YEAR}[-/.](?P<number>\d{{1,2}})(?:[-/.]{_DAY})?",
    rf"{_YEAR},?\s*{_NAMED}(?:\s*{_DAY})?",
    _YEAR,
)


def parse_date(printed: str) -> PartialDate:
    """Parse a printed date: ``Oct 26, 2023``, ``26 October 2023``, ``Sept 3``, ``2023-10-26``, ``2023``.

    Raises:
        ValueError: the text has no known format, or the date does not exist.
    """
    text = printed.strip()
    for pattern in _PATTERNS:
        if found := re.fullmatch(pattern, text, re.IGNORECASE):
            parts = found.groupdict()
            return PartialDate(_number(parts, "year"), _month(parts), _number(parts, "day"))
    raise ValueError(f"{text!r} is not a date")


def _month(parts: dict[str, str | None]) -> int | None:
    name = parts.get("month")
    if name is None:
        return _number(parts, "number")
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name[:3].casefold()))


def _number(parts: dict[str, str | None], part: str) -> int | None:
    digits = parts.get(part)
    return None if digits is None else int(digits)
