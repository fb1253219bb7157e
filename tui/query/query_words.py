"""The words that a query asks for: what relevance counts and what the screen highlights; never what it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.index.search_text import fold_text
from tui.query.fields import BY_NAME, FieldKind
from tui.query.syntax_tree import And, Exact, Field, Fuzzy, Not, Or, Phrase, Prefix, Regex, View, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tui.query.syntax_tree import Node, Value

    Nearest = Callable[[str], Iterable[str]]


def bare_words(node: Node, nearest: Nearest) -> tuple[str, ...]:
    """The folded words and phrases asked for anywhere in a paper.

    Args:
        node: views looked up.
        nearest: the words in use that are close to a folded word.
    """
    return _distinct(term for value, bare in _asked(node) if bare for term in _folded(value, nearest))


def highlight_words(node: Node, nearest: Nearest) -> tuple[str, ...]:
    """The folded words and phrases asked for in any text, also of one field."""
    return _distinct(term for value, _ in _asked(node) for term in _folded(value, nearest))


def is_uncacheable(node: Node) -> bool:
    """Whether the answer is not kept by difference.

    By ``~fuzzy`` a paper may match because of a word that another paper has, and a pattern may take too long.
    """
    match node:
        case And(parts) | Or(parts):
            return any(map(is_uncacheable, parts))
        case Not(part) | View(_, part):
            return is_uncacheable(part)
        case Field(_, values):
            return any(isinstance(value, Fuzzy | Regex) for value in values)
        case _:
            return isinstance(node, Fuzzy | Regex)


def _asked(node: Node) -> Iterator[tuple[Value, bool]]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _asked(part)
        case View(_, where):
            yield from _asked(where)
        case Field(name, values) if BY_NAME[name].kind is FieldKind.TEXT:
            yield from ((value, name == "any") for value in values)
        case Word() | Phrase() | Prefix() | Fuzzy():
            yield node, True


def _folded(value: Value, nearest: Nearest) -> Iterable[str]:
    if isinstance(value, Fuzzy):
        return nearest(fold_text(value.text))
    return (fold_text(value.text),) if isinstance(value, Word | Phrase | Prefix | Exact) else ()


def _distinct(terms: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, terms)))
