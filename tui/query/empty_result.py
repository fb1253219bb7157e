"""Explain an empty result: which term excludes everything, and how a mistyped word is probably spelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.index.search_text import fold_text
from tui.query.fields import BY_NAME, IS, FieldKind
from tui.query.match_all import MatchAll
from tui.query.result import NO_EXPLANATION, Explanation, TermEffect
from tui.query.syntax_tree import And, Exact, Field, Or, Phrase, Prefix, Word, conjunction, conjuncts, to_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tui.query.query_value import Query
    from tui.query.syntax_tree import Node

    Select = Callable[[Node], Sequence[int]]
    SimilarWords = Callable[[str], Mapping[str, int]]


def term_effects(query: Query, executed: Node, select: Select) -> tuple[TermEffect, ...]:
    """The terms that must all match, each with its effect on the result.

    Args:
        query: as parsed.
        executed: its tree, with views expanded and spelling corrected.
        select: returns the rows that a tree matches.
    """
    from tui.query.facet_edit import remove_item  # noqa: PLC0415 - only the screen explains empty results

    parts = conjuncts(executed)
    items = [item for item in query.items if item.node is not None]
    rests = [remove_item(query, item) for item in items] if len(items) == len(parts) else [None] * len(parts)

    def others(number: int) -> Node:
        return conjunction((*parts[:number], *parts[number + 1 :]))

    return tuple(
        TermEffect(_typed(part), len(select(part)), len(select(others(number))), rests[number])
        for number, part in enumerate(parts)
    )


def correct_spelling(where: Node, select: Select, similar_words: SimilarWords) -> tuple[Node, Explanation]:
    """Replace words that no paper has by the most similar words in use; excluded words stay.

    Returns:
        The corrected query and an explanation of it; the query itself and none if nothing was corrected.
    """
    messages: list[str] = []

    def corrected(node: Node) -> Node:
        match node:
            case And(parts) | Or(parts):
                return type(node)(tuple(map(corrected, parts)))
            case Word() | Phrase() | Prefix():
                return corrected_value(node, lambda word: word)
            case Field(name, (Word() | Phrase() | Prefix() as value,)) if BY_NAME[name].kind is FieldKind.TEXT:
                return corrected_value(value, lambda word: Field(name, (word,)))
            case _:
                return node

    def corrected_value(value: Word | Phrase | Prefix, term_of: Callable[[Word | Phrase | Prefix], Node]) -> Node:
        if select(term_of(value)):
            return term_of(value)
        if term_of(value) == value and (intended := _intended_term(value.text)) and select(intended):
            messages.append(f'no matches for "{value.text}"; showing {to_text(intended)}')
            return intended
        kind = type(value)
        words = fold_text(value.text).split()
        similar = [
            word
            if select(term_of(Word(word)))
            else _best(similar_words(word), lambda candidate: select(term_of(Word(candidate))))
            for word in words
        ]
        text = " ".join(similar)
        if not all(similar) or similar == words:
            return term_of(value)
        messages.append(f'no matches for "{value.text}"; showing "{text}"')
        return term_of(kind(text))

    whole = corrected(where)
    return (whole, Explanation("; ".join(messages), is_correction=True)) if messages else (where, NO_EXPLANATION)


def _intended_term(text: str) -> Node | None:
    """The term that a bare word probably stands for: a status, or a tag as the list shows it."""
    if text.lower() in IS:
        return Field("is", (Word(text.lower()),))
    if text[:1] == "#" and text[1:2].isalnum():
        return Field("tag", (Word(text[1:]),))
    return None


def _best(similar: Mapping[str, int], select: Callable[[str], Sequence[int]]) -> str:
    """Of the most similar words that any paper has, the one that most papers have."""
    for distance in sorted(set(similar.values())):
        counts = {word: len(select(word)) for word, each in similar.items() if each == distance}
        best = max(counts, key=counts.__getitem__)
        if counts[best]:
            return best
    return ""


def explain_empty(where: Node, select: Select) -> Explanation:
    """Which term leaves no papers, with the number of matches without it and of each term alone."""
    parts = [part for part in conjuncts(where) if not isinstance(part, MatchAll)]
    if len(parts) < 2:
        return Explanation(f"no paper matches {_typed(where)}")
    first = 0
    while select(conjunction(tuple(parts[: first + 1]))):
        first += 1
    without = len(select(conjunction((*parts[:first], *parts[first + 1 :]))))
    alone = ", ".join(f"{_typed(part)} {len(select(part))}" for part in parts)
    relaxed = f" ({without} without it)" if without else ""
    text = f"{_typed(parts[first])} leaves no papers{relaxed}"
    return Explanation(text, f"each term alone: {alone}")


def _typed(node: Node) -> str:
    """The text of a term; of a word that may be an identifier as well, the word."""
    match node:
        case Or((Word(text) as word, Field(_, (Word(same) | Exact(same),)))) if text == same:
            return to_text(word)
        case _:
            return to_text(node)
