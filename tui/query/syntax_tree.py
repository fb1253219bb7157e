"""The syntax tree of a query, and its conversion to text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from tui.model.queue import WEEKDAYS
from tui.query.match_all import MatchAll

if TYPE_CHECKING:
    from tui.model.partial_date import PartialDate


@dataclass(frozen=True)
class _Text:
    """A node that is a text; nodes of different classes are never equal."""

    text: str


class Word(_Text):
    """A bare word: a substring of the folded text."""


class Phrase(_Text):
    """A quoted phrase: a substring of the folded text, including spaces."""


class Prefix(_Text):
    """``prefix*``: the beginning of a word."""


class Fuzzy(_Text):
    """``~word``: a word with up to two typos."""


@dataclass(frozen=True)
class Regex:
    """``/pattern/``: a regular expression on the unfolded text, ignoring case."""

    pattern: str


class Exact(_Text):
    """``=text`` after a field: the whole value, folded."""


@dataclass(frozen=True)
class RelativeDate:
    """A date relative to today: ``7d``, ``2w``, ``3m``, ``1y``; ``today``, ``yesterday``, ``tomorrow``; a weekday.

    Attributes:
        count: the number of units; -1 for the one of ``yesterday`` and ``tomorrow`` that is in the other direction;
            of a weekday, 0 for Monday.
        unit: one of ``d w m y``, or ``weekday`` for the next such day, or the last.
        ahead: whether it is after today, as in ``due:7d``, and not before.
    """

    count: int
    unit: str
    ahead: bool = False


@dataclass(frozen=True)
class OnDate:
    """One date after a date field: that whole day, month or year. Relative: the days between then and today."""

    date: PartialDate | RelativeDate


@dataclass(frozen=True)
class Compare:
    """A date after ``>``, ``>=``, ``<`` or ``<=``."""

    operator: str
    date: PartialDate | RelativeDate


@dataclass(frozen=True)
class Range:
    """``from..to``, inclusive; an end that is None is open."""

    low: PartialDate | RelativeDate | None
    high: PartialDate | RelativeDate | None


@dataclass(frozen=True)
class Field:
    """A field with one or more values, one of which must match."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class ViewRef:
    """``@name``: a saved view.

    Attributes:
        name: as typed.
        position: offset in the query text, for messages; not compared.
    """

    name: str
    position: int = field(default=0, compare=False)


@dataclass(frozen=True)
class View:
    """A saved view with its tree; made by ``expand_views``, not by the parser."""

    name: str
    where: Node


@dataclass(frozen=True)
class Not:
    """Papers that the part does not match."""

    part: Node


@dataclass(frozen=True)
class And:
    """Papers that all parts match; at least two parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Or:
    """Papers that one of the parts matches; at least two parts."""

    parts: tuple[Node, ...]


Date: TypeAlias = "PartialDate | RelativeDate"
Value: TypeAlias = Word | Phrase | Prefix | Fuzzy | Regex | Exact | OnDate | Compare | Range
Node: TypeAlias = MatchAll | Word | Phrase | Prefix | Fuzzy | Regex | Field | ViewRef | View | Not | And | Or


def conjuncts(node: Node) -> tuple[Node, ...]:
    """The parts that must all match: of an AND its parts, otherwise the node itself."""
    return node.parts if isinstance(node, And) else (node,)


def conjunction(parts: tuple[Node, ...]) -> Node:
    """The node for papers that all parts match; the inverse of ``conjuncts``."""
    if len(parts) == 1:
        return parts[0]
    return And(parts) if parts else MatchAll()


def to_text(node: Node) -> str:
    """The text of a tree; parsing it gives the same tree."""
    match node:
        case Not(part):
            return "-" + _in_parentheses(part, And, Or)
        case And(parts):
            return " ".join(_in_parentheses(part, And, Or) for part in parts)
        case Or(parts):
            return " OR ".join(_in_parentheses(part, Or) for part in parts)
        case Field(name, values):
            return name + ":" + ",".join(map(value_to_text, values))
        case ViewRef(name) | View(name):
            return "@" + (name if _is_one_word(name, '"(),|') else quoted(name))
        case MatchAll():
            return "*"
        case _:
            return _word_to_text(node)


def value_to_text(value: Value) -> str:
    """A value as written after the colon of its field."""
    match value:
        case Exact(text):
            return "=" + text_to_text(text)
        case OnDate(date):
            return _date_to_text(date)
        case Compare(operator, date):
            return operator + _date_to_text(date)
        case Range(low, high):
            return f"{_date_to_text(low) if low else ''}..{_date_to_text(high) if high else ''}"
        case _:
            return _word_to_text(value)


def text_to_text(text: str) -> str:
    """A text as written after the colon of a field, in quotes if necessary."""
    return text if text[:1].isalnum() and _is_one_word(text, '"(),|*') else quoted(text)


def quoted(text: str) -> str:
    """The text as a quoted phrase; a quotation mark in it is doubled."""
    return '"' + text.replace('"', '""') + '"'


def _is_one_word(text: str, stops: str) -> bool:
    return text.split() == [text] and not any(stop in text for stop in stops)


def _word_to_text(word: Word | Phrase | Prefix | Fuzzy | Regex) -> str:
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


def _in_parentheses(node: Node, *kinds: type[And | Or]) -> str:
    text = to_text(node)
    return f"({text})" if isinstance(node, kinds) else text


def _date_to_text(date: Date) -> str:
    if isinstance(date, RelativeDate):
        if date.unit == "weekday":
            return WEEKDAYS[date.count]
        if date.count < 0:
            return "yesterday" if date.ahead else "tomorrow"
        return f"{date.count}{date.unit}" if date.count else "today"
    return str(date)
