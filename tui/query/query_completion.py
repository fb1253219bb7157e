"""Completion of a query: fields, their values, saved views."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.index.search_text import fold_text
from tui.model.publication_types import TYPES
from tui.model.queue import WEEKDAYS
from tui.query.fields import BY_NAME, FIELDS, FieldKind
from tui.query.full_width import with_ascii_punctuation
from tui.query.sort_key import reversed_key
from tui.query.sorting import SORTS
from tui.query.syntax_tree import text_to_text
from tui.query.values import NAMED_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tui.index.facet_key_counts import KeyCounts

_MAX_CANDIDATES = 50
_MAX_AUTHORS = 5_000  # more could not be searched between two keys


@dataclass(frozen=True)
class CompletionData:
    """The values in use that can be completed, the most frequent first."""

    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    views: tuple[str, ...] = ()

    @classmethod
    def from_counts(
        cls, counts: KeyCounts, spellings: Mapping[str, str], authors: Sequence[str], views: Iterable[str]
    ) -> CompletionData:
        """Gather the values from counted keys, the authors by frequency and the saved views in their order."""

        def group(name: str) -> tuple[str, ...]:
            keys = [key for key in counts.totals if key.startswith(name + ":")]
            keys.sort(key=lambda key: (-counts.totals[key], key))
            return tuple(spellings.get(key) or key.partition(":")[2] for key in keys)

        frequent_authors = tuple(authors[:_MAX_AUTHORS])
        return cls(group("tag"), group("cat"), frequent_authors, group("source"), group("year"), tuple(views))


@dataclass(frozen=True)
class Candidate:
    """One completion.

    Attributes:
        text: replaces the characters from ``start`` to ``end``.
        start: offset in the query text.
        end: offset after the last replaced character.
        label: the text to display.
        help: one line; may be empty.
    """

    text: str
    start: int
    end: int
    label: str
    help: str = ""


def complete(text: str, cursor: int, data: CompletionData) -> tuple[Candidate, ...]:
    """The completions at the cursor: values that begin with the typed text first.

    Args:
        text: the query text.
        cursor: offset in it; the text after it stays.
        data: the values in use.
    """
    text = with_ascii_punctuation(text)
    start = term_start(text, cursor)
    term = text[start:cursor]
    if term.startswith("@"):
        return _candidates(term[1:], [(name, "saved view") for name in data.views], start, cursor, prefix="@")
    name, colon, rest = term.partition(":")
    if not colon:
        fields = [(spec.name, spec.help) for spec in FIELDS]
        return _candidates(term, fields, start, cursor, end=":") if term else ()
    spec = BY_NAME.get(name.lower())
    if spec is None:
        return ()
    previous = rest[: _value_start(rest)]
    value = start + len(name) + 1 + len(previous)
    used = {fold_text(each.lstrip("=").strip('"')) for each in previous.split(",")}
    offers = [(offer, about) for offer, about in _offers(spec.name, data) if fold_text(offer) not in used]
    if spec.kind in (FieldKind.DATE, FieldKind.NUMBER):
        # Complete the date after a comparison operator or the dots of a range.
        operator = _DATE_OPERATORS.match(text, value, cursor)
        value = operator.end() if operator else value
    prefix = "=" if text[value:cursor].startswith("=") else ""
    return _candidates(text[value + len(prefix) : cursor], offers, value, cursor, prefix=prefix)


def _offers(name: str, data: CompletionData) -> list[tuple[str, str]]:
    spec = BY_NAME[name]
    match name:
        case "tag":
            values = data.tags
        case "cat":
            values = data.categories
        case "author":
            values = data.authors
        case "source":
            values = data.sources
        case "year":
            values = data.years
        case "type":
            values = tuple(row.label for row in TYPES.values())
        case "sort":
            orders = [(name, sort.help) for name, sort in SORTS.items()]
            return [*orders, *((reversed_key(name), f"reversed: {about}") for name, about in orders)]
        case "date":
            values = (*data.years, *_RELATIVE)
        case _:
            values = _RELATIVE if spec.kind is FieldKind.DATE else spec.choices
    return [(value, "") for value in values]


_DATE_OPERATORS = re.compile(r"[^,]*\.\.|[<>]=?|=")
_RELATIVE = (*NAMED_DAYS, "7d", "2w", "3m", "1y", *WEEKDAYS)


def _candidates(
    typed: str, offers: Iterable[tuple[str, str]], start: int, cursor: int, *, prefix: str = "", end: str = ""
) -> tuple[Candidate, ...]:
    pattern = fold_text(typed.lstrip('"'))
    ranked = []
    for number, (offer, about) in enumerate(offers):
        at = fold_text(offer).find(pattern)
        if at >= 0:
            ranked.append(
                (at > 0, number, Candidate(f"{prefix}{text_to_text(offer)}{end}", start, cursor, offer, about))
            )
    return tuple(candidate for _, _, candidate in sorted(ranked, key=lambda found: found[:2])[:_MAX_CANDIDATES])


def term_start(text: str, cursor: int) -> int:
    """The start of the term before the cursor, after any negation or parenthesis."""
    start = 0
    quoted = False
    for offset, character in enumerate(text[:cursor]):
        if character == '"' and (quoted or offset == 0 or not text[offset - 1].isalnum()):
            quoted = not quoted
        elif not quoted and (
            character.isspace() or character == "|" or (character == "(" and not text[start:offset].strip("-!"))
        ):
            start = offset + 1
    while start < cursor and text[start] in "-!":
        start += 1
    return start


def _value_start(values: str) -> int:
    """The start of the last value of a comma-separated list."""
    start = 0
    quoted = False
    for offset, character in enumerate(values):
        if character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            start = offset + 1
    return start
