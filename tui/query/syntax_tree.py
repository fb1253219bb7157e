"""The syntax tree of a query, and its text again. Values only: knows not how they are read, nor what they match."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tui.query.frozen import frozen

if TYPE_CHECKING:
    from tui.model.partial_date import PartialDate


@frozen
class MatchAll:
    """Every paper: the empty query, or ``*``."""


@frozen
class Word:
    """A bare word: a part of the folded text."""

    text: str


@frozen
class Phrase:
    """A quoted phrase: a part of the folded text, blanks and all."""

    text: str


@frozen
class Prefix:
    """``prefix*``: the beginning of a word."""

    text: str


@frozen
class Fuzzy:
    """``~word``: a word with a slip or two."""

    text: str


@frozen
class Regex:
    """``/pattern/``: a regular expression over the text as it is written, ignoring case."""

    pattern: str


@frozen
class Exact:
    """``=text`` behind a field: the whole value, folded."""

    text: str


@frozen
class RelativeDate:
    """A day counted back from today: ``7d``, ``2w``, ``3m``, ``1y``; ``today`` is no days ago, ``yesterday`` one.

    Attributes:
        count: how many units.
        unit: one of ``d w m y``.
    """

    count: int
    unit: str


@frozen
class OnDate:
    """One date behind a date field: all of that day, month or year. A span counted back reaches up to today."""

    date: PartialDate | RelativeDate


@frozen
class Compare:
    """A date behind ``>``, ``>=``, ``<`` or ``<=``."""

    operator: str
    date: PartialDate | RelativeDate


@frozen
class Range:
    """``from..to``, both ends included; an end that is None is open."""

    low: PartialDate | RelativeDate | None
    high: PartialDate | RelativeDate | None


@frozen
class Field:
    """A field with the values of which it must have one."""

    name: str
    values: tuple[Value, ...]


@frozen
class ViewRef:
    """``@name``: a saved view.

    Attributes:
        name: as typed.
        position: where it stands in the query text, for messages; no part of its identity.
    """

    name: str
    position: int = 0
    aside = ("position",)


@frozen
class View:
    """A saved view with what it stands for; made by looking it up, never by the parser."""

    name: str
    where: Node


@frozen
class Not:
    """What the part does not match."""

    part: Node


@frozen
class And:
    """What all parts match; two parts or more."""

    parts: tuple[Node, ...]


@frozen
class Or:
    """What one of the parts matches; two parts or more."""

    parts: tuple[Node, ...]


Date: TypeAlias = "PartialDate | RelativeDate"
Value: TypeAlias = Word | Phrase | Prefix | Fuzzy | Regex | Exact | OnDate | Compare | Range
Node: TypeAlias = MatchAll | Word | Phrase | Prefix | Fuzzy | Regex | Field | ViewRef | View | Not | And | Or


@frozen
class SortKey:
    """One key of an order."""

    name: str
    descending: bool = False


@frozen
class Item:
    """A part of the outermost AND with its place in the text, so that it can be edited there.

    Attributes:
        node: None for ``sort:`` and ``limit:``.
        start: offset of the first character.
        end: offset behind the last character.
    """

    node: Node | None
    start: int
    end: int


@frozen
class Query:
    """A whole query.

    Attributes:
        where: what papers must match.
        sort: keys of the order asked for, the first one decides first.
        limit: at most so many papers.
        text: what was parsed.
        items: parts of the outermost AND; empty where the outermost operator is OR.
    """

    where: Node
    sort: tuple[SortKey, ...] = ()
    limit: int | None = None
    text: str = ""
    items: tuple[Item, ...] = ()
    aside = ("text", "items")


def conjuncts(node: Node) -> tuple[Node, ...]:
    """The parts that must all match: of an AND its parts, otherwise the node itself."""
    return node.parts if isinstance(node, And) else (node,)


def conjunction(parts: tuple[Node, ...]) -> Node:
    """The node that matches what all parts match; the opposite of ``conjuncts``."""
    if len(parts) == 1:
        return parts[0]
    return And(parts) if parts else MatchAll()


def to_text(query: Query | Node) -> str:
    """The text of a query or of a part; parsing it gives the same query again."""
    if not isinstance(query, Query):
        return _shown(query)
    where = "" if isinstance(query.where, MatchAll) else _shown(query.where)
    sort = f"sort:{sort_to_text(query.sort)}" if query.sort else ""
    limit = "" if query.limit is None else f"limit:{query.limit}"
    return " ".join(filter(None, (where, sort, limit)))


def sort_to_text(keys: tuple[SortKey, ...]) -> str:
    """An order as it is written behind ``sort:``."""
    return ",".join(f"{key.name}-desc" if key.descending else key.name for key in keys)


def value_to_text(value: Value) -> str:
    """A value as it is written behind the colon of its field."""
    match value:
        case Exact(text):
            return "=" + text_to_text(text)
        case OnDate(date):
            return _shown_date(date)
        case Compare(operator, date):
            return operator + _shown_date(date)
        case Range(low, high):
            return f"{_shown_date(low) if low else ''}..{_shown_date(high) if high else ''}"
        case _:
            return _shown_word(value)


def text_to_text(text: str) -> str:
    """The text as it is written behind the colon of a field, in quotes where it needs them."""
    return text if text[:1].isalnum() and _is_one_word(text, '"(),|*') else quoted(text)


def quoted(text: str) -> str:
    """The text as a quoted phrase; a quotation mark in it is doubled."""
    return '"' + text.replace('"', '""') + '"'


def _is_one_word(text: str, stops: str) -> bool:
    return text.split() == [text] and not any(stop in text for stop in stops)


def _shown(node: Node) -> str:
    match node:
        case Not(part):
            return "-" + _grouped(part, And, Or)
        case And(parts):
            return " ".join(_grouped(part, And, Or) for part in parts)
        case Or(parts):
            return " OR ".join(_grouped(part, Or) for part in parts)
        case Field(name, values):
            return name + ":" + ",".join(map(value_to_text, values))
        case ViewRef(name) | View(name):
            return "@" + (name if _is_one_word(name, '"(),|') else quoted(name))
        case MatchAll():
            return "*"
        case _:
            return _shown_word(node)


def _shown_word(word: Word | Phrase | Prefix | Fuzzy | Regex) -> str:
    match word:
        case Word(text):
            return text
        case Phrase(text):
            return quoted(text)
        case Prefix(text):
            return text + "*"
        case Fuzzy(text):
            return "~" + text
        case Regex(pattern):
            return "/" + pattern.replace("/", r"\/") + "/"


def _grouped(node: Node, *kinds: type[And | Or]) -> str:
    text = _shown(node)
    return f"({text})" if isinstance(node, kinds) else text


def _shown_date(date: Date) -> str:
    if isinstance(date, RelativeDate):
        return f"{date.count}{date.unit}" if date.count else "today"
    return str(date)
