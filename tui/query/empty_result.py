"""Why a list is empty and which term to leave out, and what a mistyped word was probably meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.index.search_text import fold_text
from tui.query.fields import BY_NAME, IS, FieldKind
from tui.query.result import TermEffect
from tui.query.syntax_tree import And, Field, MatchAll, Or, Phrase, Prefix, Word, conjunction, conjuncts, to_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tui.query.syntax_tree import Node, Query

    Select = Callable[[Node], Sequence[int]]
    Nearest = Callable[[str], Mapping[str, int]]


def term_effects(query: Query, answered: Node, select: Select) -> tuple[TermEffect, ...]:
    """The terms that must all match, each with what it does to the list.

    Args:
        query: as asked.
        answered: its tree, views looked up and mistyped words replaced.
        select: the rows that a tree matches.
    """
    from tui.query.facet_edit import remove_item  # noqa: PLC0415 - only an empty list is explained, and on the screen alone

    parts = conjuncts(answered)
    items = [item for item in query.items if item.node is not None]
    rests = [remove_item(query, item) for item in items] if len(items) == len(parts) else [None] * len(parts)

    def others(place: int) -> Node:
        return conjunction((*parts[:place], *parts[place + 1 :]))

    return tuple(
        TermEffect(to_text(part), len(select(part)), len(select(others(place))), rests[place])
        for place, part in enumerate(parts)
    )


def correct_spelling(where: Node, select: Select, nearest: Nearest) -> tuple[Node, str]:
    """Put the nearest words in use in the place of words that no paper has; what is left out stays as it is.

    Returns:
        The query with the words put in and a sentence that says so; the query as it was and an empty sentence where
        no word is at fault or none has a neighbour.
    """
    told: list[str] = []

    def mended(node: Node) -> Node:
        match node:
            case And(parts) | Or(parts):
                return type(node)(tuple(map(mended, parts)))
            case Word() | Phrase() | Prefix():
                return better(node, lambda word: word)
            case Field(name, (Word() | Phrase() | Prefix() as value,)) if BY_NAME[name].kind is FieldKind.TEXT:
                return better(value, lambda word: Field(name, (word,)))
            case _:
                return node

    def better(value: Word | Phrase | Prefix, asked: Callable[[Word | Phrase | Prefix], Node]) -> Node:
        if select(asked(value)):
            return asked(value)
        if asked(value) == value and (meant := _meant(value.text)) and select(meant):
            told.append(f'no hits for "{value.text}"; showing {to_text(meant)}')
            return meant
        kind = type(value)
        words = fold_text(value.text).split()
        near = [
            word if select(asked(Word(word))) else _best(nearest(word), lambda rival: select(asked(Word(rival))))
            for word in words
        ]
        text = " ".join(near)
        if not all(near) or near == words:
            return asked(value)
        told.append(f'no hits for "{value.text}"; showing "{text}"')
        return asked(kind(text))

    whole = mended(where)
    return (whole, "; ".join(told)) if told else (where, "")


def _meant(text: str) -> Node | None:
    """What a bare word is in a query that is no word of a paper: a state, or a tag as the list shows it."""
    if text.lower() in IS:
        return Field("is", (Word(text.lower()),))
    if text[:1] == "#" and text[1:2].isalnum():
        return Field("tag", (Word(text[1:]),))
    return None


def _best(close: Mapping[str, int], select: Callable[[str], Sequence[int]]) -> str:
    """Of the nearest words that any paper has, the one that most papers have."""
    for gap in sorted(set(close.values())):
        hits = {word: len(select(word)) for word, distance in close.items() if distance == gap}
        best = max(hits, key=hits.__getitem__)
        if hits[best]:
            return best
    return ""


def explain_empty(where: Node, select: Select) -> str:
    """Which term emptied the list, what is there without it, and what each single term would give."""
    parts = [part for part in conjuncts(where) if not isinstance(part, MatchAll)]
    if len(parts) < 2:
        return f"no paper matches {to_text(where)}"
    left = 0
    while select(conjunction(tuple(parts[: left + 1]))):
        left += 1
    without = len(select(conjunction((*parts[:left], *parts[left + 1 :]))))
    alone = ", ".join(f"{to_text(part)} {len(select(part))}" for part in parts)
    way_out = f"; without it {without}" if without else ""
    return f"{to_text(parts[left])} empties the list{way_out}; each term alone: {alone}"
