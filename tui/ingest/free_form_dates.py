"""Parse the dates of bibliographies: words of many languages, ranges, days, timestamps. Never guesses.

A range yields its start. Ambiguous (``5/6``) and unusable parts (``Spring``) are skipped, and the result is marked as
incomplete.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.model.partial_date import PartialDate
from tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SHORT = tuple(month[:3] for month in _ENGLISH)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ALL_ROMAN = re.compile(r"[ivx]+(?:\s*[-/]+\s*[ivx]+)?\.?\Z")
_SHORTEST = 3  # letters of an abbreviated month
_LIKE = 0.8  # how similar a misspelt English month must be
_LONGEST = 200
_TO = frozenset(
    ("to", "and", "bis", "through", "thru", "until", "till", "und", "et", "y", "e", "og", "och", "au", "al")
)
_IDLE = frozenset(
    """
    between from of the de d del le den der di el am vom von on mon monday tue tues tuesday wed wednesday thu thur
    thurs thursday fri friday sat saturday sun sunday
    """.split()  # noqa: SIM905 - a table of words reads better without quotation marks
)
_TIME = re.compile(r"(?<=\d)(?:T|\s+)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?(?!\w)")
_ABOUT_A_VISIT = re.compile(r"access|visit|retriev|abgerufen|consult|viewed", re.IGNORECASE)
_BEFORE_WORD = re.compile(r"(?<=\d)(?=[^\W\d_]{3})")  # 28aug
_UNSPECIFIED = re.compile(r"(?:-(?:XX|xx|uu))+\Z")
# Compiled when they are first used, like those of characters that most files do not hold.
_HAN = r"(\d{4})\s*[年년]\s*(?:(\d{1,2})\s*[月월]\s*(?:(\d{1,2})\s*[日号號일])?)?"
_HAN_MONTH = r"(?<!\d)(\d{1,2})\s*[月월]\s*(?:(\d{1,2})\s*[日号號일])?"
_COMPACT = re.compile(r"([12]\d{3})([01]\d)([0-3]\d)\Z")
_YEAR_FIRST = re.compile(r"(\d{4})\s?([-/.])\s?(\d{1,2})(?!\d)(?:\s?\2\s?(\d{1,2})(?!\d))?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_TWO_NUMBERS = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\.?\Z")
_TOKEN = re.compile(
    r"(?P<number>(?<!['\d])\d{1,4}(?!\d))(?:(?:st|nd|rd|th|er)(?![^\W\d_])|(?![^\W\d_]))|(?P<word>[^\W\d_]+)|(?P<to>[-/&+]+)"
    r"|(?P<other>[^\s,;.:()\[\]])"
)


class DatePhrase(NamedTuple):
    """The parsed parts of a phrase.

    Attributes:
        year: or None.
        month: 1 to 12, or None.
        day: or None; only with a month.
        whole: whether no possible part of the date was left out.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    whole: bool = True

    @property
    def date(self) -> PartialDate | None:
        """The date, if there is one."""
        if not self.year and self.month is None:
            return None
        return PartialDate(self.year or None, self.month, self.day)


NOTHING = DatePhrase(whole=False)


def read_phrase(text: str, *, of_month: bool = False) -> DatePhrase:
    """Parse a phrase.

    Args:
        text: the phrase.
        of_month: whether it is the value of a month field, so that a lone number is a month.
    """
    return _read_phrase(text.strip()[:_LONGEST], of_month)


@lru_cache(maxsize=4096)  # a bibliography repeats few months and dates
def _read_phrase(text: str, of_month: bool) -> DatePhrase:
    text = _TIME.sub("", text.replace("\\slash", "/").replace("~", " "))
    if not text.isascii():
        text = re.sub(_HAN_MONTH, _han_month_to_english, re.sub(_HAN, _han_to_digits, text))
    text = _UNSPECIFIED.sub("", text).strip()
    if (found := _COMPACT.match(text)) is not None:
        return _make_phrase(int(found[1]), int(found[2]) or None, int(found[3]) or None)
    if (visited := _ABOUT_A_VISIT.search(text)) is not None:
        text = text[: visited.start()]
        return read_phrase(text, of_month=of_month)._replace(whole=False) if text else NOTHING
    text = _BEFORE_WORD.sub(" ", fold(text).strip())
    if of_month and _ALL_ROMAN.match(text):
        text = re.sub("[ivx]+", lambda roman: _roman(roman[0]), text)
    if text.isdecimal() and of_month:
        return _make_phrase(None, int(text), None)
    if (found := _YEAR_FIRST.match(text)) is not None:
        rest = _segments(text[found.end() :])
        phrase = _make_phrase(int(found[1]), int(found[3]), int(found[4]) if found[4] else None)
        # Only the end of a range may follow the date.
        return phrase if rest[0].empty and not rest[-1].other else phrase._replace(whole=False)
    if (found := _YEAR_LAST.match(text)) is not None:
        return _day_and_month(int(found[1]), int(found[3]), int(found[4]), dotted=found[2] == ".")
    if (found := _TWO_NUMBERS.match(text)) is not None:
        return _day_and_month(int(found[1]), int(found[3]), None, dotted=False)
    return _in_words(_segments(text), of_month=of_month)


def _roman(number: str) -> str:
    return _ENGLISH[_ROMAN.index(number)] if number in _ROMAN else number


def _han_to_digits(found: re.Match[str]) -> str:
    return "-".join(part for part in found.groups() if part) + " "


def _han_month_to_english(found: re.Match[str]) -> str:
    month = int(found[1])
    return f"{_ENGLISH[month - 1]} {found[2] or ''} " if 1 <= month <= len(_ENGLISH) else found[0]


def _make_phrase(year: int | None, month: int | None, day: int | None, *, whole: bool = True) -> DatePhrase:
    """The phrase with as many parts as form a valid date."""
    for parts in ((year, month, day), (year, month, None)):
        with suppress(ValueError):
            PartialDate(parts[0] or 4, *parts[1:])  # 4: a leap year, if the year is unknown
            return DatePhrase(*parts, whole=whole and parts == (year, month, day))
    return DatePhrase(year, whole=False)


def _day_and_month(first: int, second: int, year: int | None, *, dotted: bool) -> DatePhrase:
    """``25/6`` and ``6/25``; ``5/6`` is ambiguous unless dots show that the day is first."""
    if first == second and year is not None:
        return _make_phrase(year, first, second)
    if first > len(_ENGLISH) >= second or (dotted and second <= len(_ENGLISH)):
        return _make_phrase(year, second, first)
    if second > len(_ENGLISH) >= first:
        return _make_phrase(year, first, second)
    return DatePhrase(year, whole=False)


class _Segment:
    """The parts between two range words or symbols."""

    def __init__(self) -> None:
        self.years: list[int] = []
        self.months: list[int] = []
        self.numbers: list[int] = []
        self.other: list[str] = []

    @property
    def empty(self) -> bool:
        return not (self.years or self.months or self.numbers or self.other)


def _segments(text: str) -> Sequence[_Segment]:
    found = [_Segment()]
    for token in _TOKEN.finditer(text):
        word = token["word"]
        if token["number"]:
            number = int(token["number"])
            (found[-1].years if len(token["number"]) == 4 else found[-1].numbers).append(number)
        elif token["to"] or word in _TO:
            found.append(_Segment())
        elif word is None:
            found[-1].other.append(token[0])
        elif (month := month_of(word)) is not None:
            found[-1].months.append(month)
        elif len(word) == 6 and word[:3] in _SHORT and word[3:] in _SHORT:  # octdec
            found[-1].months.append(_SHORT.index(word[:3]) + 1)
            found.append(_Segment())
            found[-1].months.append(_SHORT.index(word[3:]) + 1)
        elif word not in _IDLE:
            found[-1].other.append(word)
    return found


def _in_words(segments: Sequence[_Segment], *, of_month: bool) -> DatePhrase:
    first, *later = segments
    if first.empty:
        return NOTHING  # a range without a start
    years = [*first.years, *(year for segment in later for year in segment.years)]
    year = years[0] if years else None
    if len(set(first.years)) > 1:
        return DatePhrase(year, whole=False)
    whole = not any(segment.other for segment in segments) and (len(years) < 2 or years[1] - years[0] <= 1)
    named = next((segment for segment in later if segment.months), None)
    month = day = None
    if first.months:
        month = first.months[0]
        day, sure = _day_of(first, later)
        day = None if first.other else day  # April, 14 pages
        whole &= sure
        wraps = named is not None and named.months[-1] < month
        if wraps and not first.years:  # December to January of which year?
            return DatePhrase(year, whole=False)
    elif first.years and not first.numbers and later and named is later[0] and not named.years:
        month = named.months[0]  # 2015/October
        numbers = [*named.numbers, *(later[1].numbers if len(later) == 2 and not later[1].months else ())]
        day = numbers[0] if numbers else None
        whole &= len(numbers) < 2
    elif named is not None and first.numbers and first.numbers == sorted(first.numbers) and not first.other:
        day, month = first.numbers[0], named.months[0]
        if named.numbers and named.numbers[0] <= day:
            return DatePhrase(year, whole=False)
    elif of_month and len(segments) == 1 and len(first.numbers) == 1 and not first.other:
        month = first.numbers[0]
    elif first.numbers or (later and later[0].numbers):
        whole = False
    return _make_phrase(year, month, day, whole=whole)


def _day_of(first: _Segment, later: Sequence[_Segment]) -> tuple[int | None, bool]:
    """The day next to the month of a segment, and whether nothing was left out."""
    numbers = first.numbers
    if not numbers:
        # ``June-12-2014``, while ``Jun-12`` may be a year.
        split = bool(later) and bool(later[0].numbers) and not later[0].months
        if split and len(later) == 2 and later[1].years and not first.years:
            return later[0].numbers[0], True
        return None, not split
    if len(first.months) > 1 or numbers != sorted(numbers):
        return None, False
    return numbers[0], True


def month_of(word: str) -> int | None:
    """The number of a month given in full, abbreviated or, in English, misspelt."""
    word = fold(word)
    if len(word) < _SHORTEST:
        return None
    for number, month in enumerate(_ENGLISH, 1):
        if month.startswith(word):
            return number
    if (found := _other_languages().get(word)) is not None:
        return found or None
    import difflib  # noqa: PLC0415 - few months are misspelt

    close = difflib.get_close_matches(word, _ENGLISH, 1, _LIKE)
    return _ENGLISH.index(close[0]) + 1 if close else None


@cache
def _other_languages() -> Mapping[str, int]:
    """Months by name and by unambiguous prefix; 0 for ambiguous prefixes."""
    names = dict(_names())
    found: dict[str, int] = {}
    for name, number in names.items():
        for end in range(_SHORTEST, len(name)):
            start = name[:end]
            found[start] = number if found.get(start, number) == number else 0
    return found | names


def _names() -> Iterator[tuple[str, int]]:
    text = Path(__file__).with_name("months.txt").read_text(encoding="utf-8")
    rows = (row for row in text.splitlines() if not row.startswith("#"))
    for number, row in enumerate(rows, 1):
        for name in row.split():
            yield fold(name), number
