"""The words that a query searches for, for ranking and highlighting; without excluded words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.index.search_text import fold_text
from tui.query.fields import BY_NAME, FieldKind
from tui.query.syntax_tree import And, Exact, Field, Fuzzy, Not, Or, Phrase, Prefix, Regex, View, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tui.query.syntax_tree import Node, Value

    SimilarWords = Callable[[str], Iterable[str]]


def bare_words(node: Node, similar_words: SimilarWords) -> tuple[str, ...]:
    """The folded words and phrases searched for anywhere in a paper.

    Args:
        node: a tree with expanded views.
        similar_words: returns the words in use that are similar to a folded word.
    """
    return _distinct(
        term for value, is_bare in _searched_values(node) if is_bare for term in _fold_value(value, similar_words)
    )


def highlight_words(node: Node, similar_words: SimilarWords) -> tuple[str, ...]:
    """The folded words and phrases searched for in any text, including single fields."""
    return _distinct(term for value, _ in _searched_values(node) for term in _fold_value(value, similar_words))


def is_uncacheable(node: Node) -> bool:
    """Whether the result cannot be updated incrementally.

    ``~fuzzy`` may match a paper because of a word of another paper, and a pattern may take too long.
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


def _searched_values(node: Node) -> Iterator[tuple[Value, bool]]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _searched_values(part)
        case View(_, where):
            yield from _searched_values(where)
        case Field(name, values) if BY_NAME[name].kind is FieldKind.TEXT:
            yield from ((value, name == "any") for value in values)
        case Word() | Phrase() | Prefix() | Fuzzy():
            yield node, True


def _fold_value(value: Value, similar_words: SimilarWords) -> Iterable[str]:
    if isinstance(value, Fuzzy):
        return similar_words(fold_text(value.text))
    return (fold_text(value.text),) if isinstance(value, Word | Phrase | Prefix | Exact) else ()


def _distinct(terms: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, terms)))
