"""The values behind a field's colon: dates, ranges, words, one of a fixed choice. Knows no entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.errors import QueryError
from tui.index.search_text import fold_text
from tui.model.partial_date import PartialDate
from tui.query.fields import FieldKind, FieldSpec
from tui.query.safe_regex import PatternError, compile_safe
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
    SortKey,
    Value,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.query.lexer import Scanner

NAMED_DAYS = ("today", "yesterday")
_AGO = re.compile(r"(\d{1,4})([dwmy])\Z")
_DATE_HINT = "write 2023, 2023-10, 2023-10-26, today, yesterday, 7d, 2w, 3m or 1y"
# What dates and years look like while they are typed, the first dot of a range included.
_YEAR_BEGUN = re.compile(r"[0-9]{1,3}|([0-9]{4})?\.")
_DATE_BEGUN = re.compile(
    r"[0-9]{1,4}|[0-9]{4}-([0-9]|[0-9]{2}-[0-9]?)?|([0-9-]{4,10}|[0-9]{1,4}[dwmy]|today|yesterday)?\."
)
_ORDERS = (*SORTS, *(f"{name}-{way}" for name in SORTS for way in ("asc", "desc")))
_COMPARISONS = (">=", "<=", ">", "<")


def parse_value(scanner: Scanner, spec: FieldSpec) -> Value:
    """Read one value of a field.

    Raises:
        QueryError: there is none, or it does not suit the field.
    """
    start = scanner.at
    if scanner.next == "(":
        raise QueryError(f'"{spec.name}:" takes words, not a group', start, _commas(spec))
    if spec.kind in (FieldKind.DATE, FieldKind.NUMBER):
        return _read_date(scanner, spec)
    if spec.choices:
        return _read_choice(scanner, spec)
    for sign in _COMPARISONS:
        if scanner.accept(sign):
            raise QueryError(
                f'"{spec.name}:" cannot be compared with {sign}',
                start,
                f'if it is a word, quote it: {spec.name}:"{sign}"',
            )
    if scanner.accept("="):
        return Exact(_lettered(_text(scanner, spec, start), start))
    return parse_word(scanner, ",") or _missing(spec, start)


def parse_word(scanner: Scanner, stops: str = "") -> Word | Phrase | Prefix | Fuzzy | Regex | None:
    """Read a word in any of its forms; None where there is none.

    Raises:
        QueryError: a phrase or pattern is not closed, or cannot be used.
    """
    start = scanner.at
    if scanner.next == '"':
        return Phrase(_lettered(scanner.phrase(), start))
    if scanner.next == "/":
        return _checked_pattern(scanner)
    if scanner.accept("~"):
        if scanner.next == '"':
            raise QueryError('"~" takes one word, not a phrase', start, "write ~neural ~feild for both, mistyped")
        text = scanner.bare_word(stops)
        if not text:
            raise QueryError('"~" needs a word behind it', start, "write ~diffusion for words like diffusion", "")
        return Fuzzy(_lettered(text, start))
    text = scanner.bare_word(stops)
    if len(text) > 1 and text.endswith("*"):
        return Prefix(_lettered(text[:-1], start))
    return Word(_lettered(text, start)) if text else None


def parse_sort(text: str, position: int = 0) -> tuple[SortKey, ...]:
    """Read an order: ``year-desc,title``.

    Args:
        text: what stands behind ``sort:``.
        position: where it begins in the query, for messages.

    Raises:
        QueryError: a key is unknown.
    """
    keys: list[SortKey] = []
    for written in text.split(","):
        name, dash, direction = written.partition("-")
        if name not in SORTS or (dash and direction not in ("asc", "desc")):
            fault = f'"{written}" is no order' if written else "an order is missing"
            bare = written.strip("-+ ")
            turned = bare in SORTS and written != bare
            hint = (
                f"write {bare if turned else 'year'}-desc to turn it round"
                if turned or bare == "desc"
                else nearest(written, SORTS)
            )
            raise QueryError(fault, position, hint, _may_become(written, _ORDERS))
        keys.append(SortKey(name, direction == "desc"))
        position += len(written) + 1
    return tuple(keys)


def nearest(name: str, names: Iterable[str]) -> str:
    """A hint that names what was probably meant, or everything there is."""
    # Only a mistake needs it, and start-up should not pay for it.
    from difflib import get_close_matches  # noqa: PLC0415

    known = list(names)
    close = get_close_matches(name.lower(), known, 1, 0.5)
    return f'did you mean "{close[0]}"?' if close else "there are: " + ", ".join(known)


def _read_date(scanner: Scanner, spec: FieldSpec) -> Value:
    start = scanner.at
    for sign in _COMPARISONS:
        if scanner.accept(sign):
            text = _text(scanner, spec, start)
            return Compare(sign, _date(text, spec, scanner.at - len(text)))
    scanner.accept("=")
    text = _text(scanner, spec, start)
    begin = scanner.at - len(text)
    low, dots, high = text.partition("..")
    if not dots:
        date = _date(text, spec, begin)
        return (
            Range(date, date) if text == NAMED_DAYS[1] else OnDate(date)
        )  # that day alone, where 1d reaches up to today
    if not low and not high:
        hint = f"write {spec.name}:2019..2023, {spec.name}:2019.. or ..2023"
        raise QueryError("the range has no end", begin, hint, "")
    return Range(_date(low, spec, begin) if low else None, _date(high, spec, begin + len(low) + 2) if high else None)


def _date(text: str, spec: FieldSpec, position: int) -> Date:
    if spec.kind is FieldKind.NUMBER:
        if not re.fullmatch(r"[0-9]{4}", text) or text == "0000":
            ending = "" if _YEAR_BEGUN.fullmatch(text) else None
            raise QueryError(f'"{text}" is not a year', position, "write 2023, >=2020 or 2019..2023", ending)
        return PartialDate(int(text))
    if text in NAMED_DAYS:
        return RelativeDate(NAMED_DAYS.index(text), "d")
    found = _AGO.match(text)
    if found and text.isascii():
        # No days, weeks or years ago are all today.
        return RelativeDate(int(found[1]), found[2] if int(found[1]) else "d")
    try:
        date = PartialDate.parse(text)
    except ValueError:
        date = None
    if date is None or date.year is None or not text.isascii():
        ending = "" if _DATE_BEGUN.fullmatch(text) else _may_become(text, NAMED_DAYS)
        raise QueryError(f'"{text}" is not a date', position, _DATE_HINT, ending)
    return date


def _read_choice(scanner: Scanner, spec: FieldSpec) -> Word:
    start = scanner.at
    scanner.accept("=")
    text = _text(scanner, spec, start)
    if text.lower() not in spec.choices:
        fault, ending = f'"{spec.name}:" does not know "{text}"', _may_become(text.lower(), spec.choices)
        raise QueryError(fault, start, nearest(text, spec.choices), ending)
    return Word(text.lower())


def _text(scanner: Scanner, spec: FieldSpec, start: int) -> str:
    text = scanner.phrase() if scanner.next == '"' else scanner.bare_word(",")
    if not text:
        _missing(spec, start)
    return text


def _lettered(text: str, position: int) -> str:
    """The text, unless nothing is left of it to look for: that would be found everywhere."""
    if not fold_text(text):
        hint = f"a pattern finds signs as they are written: /{re.escape(text)}/"
        raise QueryError(f'nothing can be looked for with "{text}"', position, hint, "")
    return text


def _checked_pattern(scanner: Scanner) -> Regex:
    start = scanner.at
    pattern = scanner.pattern()
    if scanner.next and not scanner.next.isspace() and scanner.next not in ",)|":
        raise QueryError("there are letters behind the pattern", scanner.at, r"write a slash inside it as \/")
    try:
        compile_safe(pattern)
    except PatternError as fault:
        raise QueryError(str(fault), start, 'look for plain words instead, or quote it: "/…"') from None
    return Regex(pattern)


def _commas(spec: FieldSpec) -> str:
    return f"for one of several write {spec.name}:a,b"


def _missing(spec: FieldSpec, position: int) -> Value:
    hint = nearest("", spec.choices) if spec.choices else f"for example {spec.example}"
    raise QueryError(f'"{spec.name}:" needs a value', position, hint, "")


def _may_become(text: str, names: Iterable[str]) -> str | None:
    return "" if any(name.startswith(text) for name in names) else None
