"""Completion of a query while it is typed: fields, their values, saved views."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.index.search_text import fold_text
from tui.query.fields import BY_NAME, FIELDS, FieldKind
from tui.query.frozen import frozen
from tui.query.full_width import with_ascii_punctuation
from tui.query.sorting import SORTS
from tui.query.syntax_tree import text_to_text
from tui.query.values import NAMED_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tui.index.key_counts import KeyCounts

_AT_MOST = 50
_AUTHORS = 5_000  # offered; more could not be looked through between two keys


@frozen
class CompletionData:
    """What a corpus can offer, the most frequent first."""

    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    views: tuple[str, ...] = ()

    @classmethod
    def from_counts(
        cls, tally: KeyCounts, spellings: Mapping[str, str], authors: Sequence[str], views: Iterable[str]
    ) -> CompletionData:
        """Gather the facts from counted keys, the authors by frequency and the names of the views in their order."""

        def group(name: str) -> tuple[str, ...]:
            keys = [key for key in tally.totals if key.startswith(name + ":")]
            keys.sort(key=lambda key: (-tally.totals[key], key))
            return tuple(spellings.get(key) or key.partition(":")[2] for key in keys)

        named = tuple(authors[:_AUTHORS])
        return cls(group("tag"), group("cat"), named, group("source"), group("year"), tuple(views))


@frozen
class Candidate:
    """One way to go on.

    Attributes:
        text: what replaces the characters from ``start`` to ``end``.
        start: offset in the query text.
        end: offset behind the last replaced character.
        label: what is shown.
        help: one line about it; may be empty.
    """

    text: str
    start: int
    end: int
    label: str
    help: str = ""


def complete(text: str, cursor: int, data: CompletionData) -> tuple[Candidate, ...]:
    """What may stand at the cursor, the likeliest first: beginnings before other matches.

    Args:
        text: the query text.
        cursor: offset in it; what stands behind it stays.
        facts: what the corpus can offer.
    """
    text = with_ascii_punctuation(text)
    start = term_start(text, cursor)
    term = text[start:cursor]
    if term.startswith("@"):
        return _candidates(term[1:], [(name, "saved view") for name in data.views], start, cursor, sign="@")
    name, colon, rest = term.partition(":")
    if not colon:
        fields = [(spec.name, spec.help) for spec in FIELDS]
        return _candidates(term, fields, start, cursor, end=":") if term else ()
    spec = BY_NAME.get(name.lower())
    if spec is None:
        return ()
    values = rest[: _value_start(rest)]
    value = start + len(name) + 1 + len(values)
    given = {fold_text(each.lstrip("=").strip('"')) for each in values.split(",")}
    offers = [(offer, about) for offer, about in _offers(spec.name, data) if fold_text(offer) not in given]
    if spec.kind in (FieldKind.DATE, FieldKind.NUMBER):
        # The end of a comparison or of a range is a date of its own.
        behind = _DATE_SIGNS.match(text, value, cursor)
        value = behind.end() if behind else value
    sign = "=" if text[value:cursor].startswith("=") else ""
    return _candidates(text[value + len(sign) : cursor], offers, value, cursor, sign=sign)


def _offers(name: str, facts: CompletionData) -> list[tuple[str, str]]:
    spec = BY_NAME[name]
    match name:
        case "tag":
            values = facts.tags
        case "cat":
            values = facts.categories
        case "author":
            values = facts.authors
        case "source":
            values = facts.sources
        case "year":
            values = facts.years
        case "sort":
            orders = [(name, sort.help) for name, sort in SORTS.items()]
            return [*orders, *((f"{name}-desc", f"turned round: {about}") for name, about in orders)]
        case "date":
            values = (*facts.years, *_RELATIVE)
        case _:
            values = _RELATIVE if spec.kind is FieldKind.DATE else spec.choices
    return [(value, "") for value in values]


_DATE_SIGNS = re.compile(r"[^,]*\.\.|[<>]=?|=")
_RELATIVE = (*NAMED_DAYS, "7d", "2w", "3m", "1y")


def _candidates(
    typed: str, offers: Iterable[tuple[str, str]], start: int, cursor: int, *, sign: str = "", end: str = ""
) -> tuple[Candidate, ...]:
    wanted = fold_text(typed.lstrip('"'))
    ranked = []
    for place, (offer, about) in enumerate(offers):
        at = fold_text(offer).find(wanted)
        if at >= 0:
            ranked.append(
                (at > 0, place, Candidate(f"{sign}{text_to_text(offer)}{end}", start, cursor, offer, about))
            )
    return tuple(candidate for _, _, candidate in sorted(ranked, key=lambda found: found[:2])[:_AT_MOST])


def term_start(text: str, cursor: int) -> int:
    """Where the term before the cursor begins, behind any sign of negation or parenthesis."""
    start = 0
    quoted = False
    for place, letter in enumerate(text[:cursor]):
        if letter == '"' and (quoted or place == 0 or not text[place - 1].isalnum()):
            quoted = not quoted
        elif not quoted and (
            letter.isspace() or letter == "|" or (letter == "(" and not text[start:place].strip("-!"))
        ):
            start = place + 1
    while start < cursor and text[start] in "-!":
        start += 1
    return start


def _value_start(values: str) -> int:
    """Where the last value of a comma list begins."""
    start = 0
    quoted = False
    for place, letter in enumerate(values):
        if letter == '"':
            quoted = not quoted
        elif letter == "," and not quoted:
            start = place + 1
    return start
