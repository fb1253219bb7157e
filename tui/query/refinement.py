"""Whether one query can only have answers that another one has: then it is enough to search in those, for the rest.

Sound, not complete: where it says yes, it is so; a no costs only time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.index.search_text import fold_text
from tui.query.syntax_tree import Field, MatchAll, Phrase, Prefix, Word, conjunction, conjuncts

if TYPE_CHECKING:
    from tui.query.syntax_tree import Node, Value


def narrows(new: Node, old: Node) -> bool:
    """Whether every paper that matches ``new`` matches ``old``."""
    parts = conjuncts(new)
    return all(any(_implies(part, condition) for part in parts) for condition in conjuncts(old))


def residual(new: Node, old: Node) -> Node:
    """What a paper that matches ``old`` has to match besides, to match ``new``."""
    known = conjuncts(old)
    parts = (part for part in conjuncts(new) if not any(_implies(condition, part) for condition in known))
    return conjunction(tuple(parts))


def _implies(new: Node, old: Node) -> bool:
    if new == old or isinstance(old, MatchAll):
        return True
    if isinstance(new, Word | Phrase | Prefix) and isinstance(old, Word | Phrase | Prefix):
        return _holds(new, old)
    if isinstance(new, Field) and isinstance(old, Field) and new.name == old.name and new.name in _BY_LETTERS:
        return len(new.values) == len(old.values) == 1 and _holds(new.values[0], old.values[0])
    return False


_BY_LETTERS = frozenset(("title", "author", "abstract", "note", "any"))


def _holds(new: Value, old: Value) -> bool:
    """A text with the longer word in it has the shorter one in it; so for beginnings of words."""
    if not isinstance(new, Word | Phrase | Prefix):
        return False
    if isinstance(old, Word | Phrase):
        return fold_text(old.text) in fold_text(new.text)
    return isinstance(old, Prefix) and isinstance(new, Prefix) and fold_text(new.text).startswith(fold_text(old.text))
