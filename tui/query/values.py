"""Parse the values after a field's colon: dates, ranges, words, choices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.errors import QueryError
from tui.index.search_text import fold_text
from tui.model.partial_date import PartialDate
from tui.model.queue import WEEKDAY_NAMES, WEEKDAYS
from tui.query.fields import FieldKind, FieldSpec
from tui.query.pattern_search import PatternError, check_pattern
from tui.query.sort_key import SortKey, parse_sort_key
from tui.query.sorting import SORTS
from tui.query.syntax_tree import (
    Compare,
    Date,
    Exact,
    Fuzzy,
    OnDate,
    Phrase,
    Prefix,
    Range,
    Regex,
    RelativeDate,
    Value,
    Word,
)
from tui.text.typos import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.query.lexer import Scanner

NAMED_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}  # days from today
_AGO = re.compile(r"(\d{1,4})([dwmy])\Z")
_NAMES = (*NAMED_DAYS, *WEEKDAYS)
_DATE_HINT = "write 2023, 2023-10, 2023-10-26, today, yesterday, tomorrow, friday, 7d, 2w, 3m or 1y"
# Incomplete dates and years, including the first dot of a range.
_PARTIAL_YEAR = re.compile(r"[0-9]{1,3}|([0-9]{4})?\.")
_PARTIAL_DATE = re.compile(
    r"[0-9]{1,4}|[0-9]{4}-([0-9]|[0-9]{2}-[0-9]?)?|"
    rf"([0-9-]{{4,10}}|[0-9]{{1,4}}[dwmy]|{'|'.join((*NAMED_DAYS, *WEEKDAY_NAMES))})?\."
)
_ORDERS = (*SORTS, *(f"{name}-{direction}" for name in SORTS for direction in ("asc", "desc")))
_COMPARISONS = (">=", "<=", ">", "<")


def parse_value(scanner: Scanner, spec: FieldSpec) -> Value:
    """Parse one value of a field.

    Raises:
        QueryError: it is missing, or invalid for the field.
    """
    start = scanner.at
    if scanner.next == "(":
        raise QueryError(f'"{spec.name}:" takes words, not a group', start, _alternatives_hint(spec))
    if spec.kind in (FieldKind.DATE, FieldKind.NUMBER):
        return _parse_date_value(scanner, spec)
    if spec.choices:
        return _parse_choice(scanner, spec)
    for operator in _COMPARISONS:
        if scanner.accept(operator):
            raise QueryError(
                f'"{spec.name}:" cannot be used with {operator}',
                start,
                f'to search for it, quote it: {spec.name}:"{operator}"',
            )
    if scanner.accept("="):
        return Exact(_require_searchable(_text(scanner, spec, start), start))
    return parse_word(scanner, ",") or _missing(spec, start)


def parse_word(scanner: Scanner, stops: str = "") -> Word | Phrase | Prefix | Fuzzy | Regex | None:
    """Parse a word in any of its forms; None if there is none.

    Raises:
        QueryError: a phrase or pattern is not closed, or not supported.
    """
    start = scanner.at
    if scanner.next == '"':
        return Phrase(_require_searchable(scanner.phrase(), start))
    if scanner.next == "/":
        return _checked_pattern(scanner)
    if scanner.accept("~"):
        if scanner.next == '"':
            raise QueryError('"~" takes one word, not a phrase', start, "for example ~neural ~feild")
        text = scanner.bare_word(stops)
        if not text:
            raise QueryError('"~" needs a word', start, "for example ~diffusion", "")
        return Fuzzy(_require_searchable(text, start))
    text = scanner.bare_word(stops)
    if len(text) > 1 and text.endswith("*"):
        return Prefix(_require_searchable(text[:-1], start))
    return Word(_require_searchable(text, start)) if text else None


def parse_sort(text: str, position: int = 0) -> tuple[SortKey, ...]:
    """Parse sort keys: ``year-desc,title``.

    Args:
        text: the text after ``sort:``.
        position: its offset in the query, for messages.

    Raises:
        QueryError: a key is unknown.
    """
    keys: list[SortKey] = []
    for written in text.split(","):
        key = parse_sort_key(written)
        if key.name not in SORTS:
            message = f'unknown sort key "{written}"' if written else "a sort key is missing"
            bare = (written.partition("-")[0] or written).strip("-+ ")
            is_key = bare in SORTS
            hint = (
                f"write {bare if is_key else 'year'}-asc or {bare if is_key else 'year'}-desc"
                if is_key or bare == "desc"
                else suggest(bare, SORTS)
            )
            raise QueryError(message, position, hint, _may_become(written, _ORDERS))
        keys.append(key)
        position += len(written) + 1
    return tuple(keys)


def suggest(name: str, names: Iterable[str]) -> str:
    """A hint with the name that was probably meant, or all valid names."""
    valid = list(names)
    return did_you_mean(name, valid) or "choose one of: " + ", ".join(valid)


def _parse_date_value(scanner: Scanner, spec: FieldSpec) -> Value:
    start = scanner.at
    for operator in _COMPARISONS:
        if scanner.accept(operator):
            text = _text(scanner, spec, start)
            return Compare(operator, _date(text, spec, scanner.at - len(text)))
    scanner.accept("=")
    text = _text(scanner, spec, start)
    begin = scanner.at - len(text)
    low, dots, high = text.partition("..")
    if not dots:
        date = _date(text, spec, begin)
        # Yesterday or Friday alone; 1d includes today.
        name = text.lower()
        return Range(date, date) if NAMED_DAYS.get(name) or name in WEEKDAY_NAMES else OnDate(date)
    if not low and not high:
        hint = f"write {spec.name}:2019..2023, {spec.name}:2019.. or ..2023"
        raise QueryError("the range is empty", begin, hint, "")
    return Range(_date(low, spec, begin) if low else None, _date(high, spec, begin + len(low) + 2) if high else None)


def _date(text: str, spec: FieldSpec, position: int) -> Date:
    if spec.kind is FieldKind.NUMBER:
        if not re.fullmatch(r"[0-9]{4}", text) or text == "0000":
            ending = "" if _PARTIAL_YEAR.fullmatch(text) else None
            raise QueryError(f'"{text}" is not a year', position, "write 2023, >=2020 or 2019..2023", ending)
        return PartialDate(int(text))
    name = text.lower()
    if name in NAMED_DAYS:
        return RelativeDate(NAMED_DAYS[name] if spec.ahead else -NAMED_DAYS[name], "d", spec.ahead)
    if name in WEEKDAY_NAMES:
        return RelativeDate(WEEKDAY_NAMES[name], "weekday", spec.ahead)
    found = _AGO.match(text)
    if found and text.isascii():
        # 0 days, weeks or years from today all mean today.
        return RelativeDate(int(found[1]), found[2] if int(found[1]) else "d", spec.ahead)
    try:
        date = PartialDate.parse(text)
    except ValueError:
        date = None
    if date is None or date.year is None or not text.isascii():
        ending = "" if _PARTIAL_DATE.fullmatch(text) else _may_become(name, _NAMES)
        raise QueryError(f'"{text}" is not a date', position, _DATE_HINT, ending)
    return date


def _parse_choice(scanner: Scanner, spec: FieldSpec) -> Word:
    start = scanner.at
    scanner.accept("=")
    text = _text(scanner, spec, start)
    if text.lower() not in spec.choices:
        message, ending = f'unknown value "{text}" for {spec.name}:', _may_become(text.lower(), spec.choices)
        raise QueryError(message, start, suggest(text, spec.choices), ending)
    return Word(text.lower())


def _text(scanner: Scanner, spec: FieldSpec, start: int) -> str:
    text = scanner.phrase() if scanner.next == '"' else scanner.bare_word(",")
    if not text:
        _missing(spec, start)
    return text


def _require_searchable(text: str, position: int) -> str:
    """The text, unless folding leaves nothing to search for, which would match everything."""
    if not fold_text(text):
        hint = f"use a pattern to search for punctuation: /{re.escape(text)}/"
        raise QueryError(f'cannot search for "{text}"', position, hint, "")
    return text


def _checked_pattern(scanner: Scanner) -> Regex:
    start = scanner.at
    pattern = scanner.pattern()
    if scanner.next and not scanner.next.isspace() and scanner.next not in ",)|":
        raise QueryError("unexpected text after the pattern", scanner.at, r"write a slash in the pattern as \/")
    try:
        check_pattern(pattern)
    except PatternError as error:
        raise QueryError(str(error), start, 'search for plain words, or quote it: "/…"') from None
    return Regex(pattern)


def _alternatives_hint(spec: FieldSpec) -> str:
    return f"to match any of several values, write {spec.name}:a,b"


def _missing(spec: FieldSpec, position: int) -> Value:
    hint = suggest("", spec.choices) if spec.choices else f"for example {spec.example}"
    raise QueryError(f'"{spec.name}:" needs a value', position, hint, "")


def _may_become(text: str, names: Iterable[str]) -> str | None:
    return "" if any(name.startswith(text) for name in names) else None
