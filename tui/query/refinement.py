"""Detect that a query refines another one, whose cached result then is all that needs to be searched.

Sound, not complete: a false negative only costs time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.index.search_text import fold_text
from tui.query.fields import BY_NAME, FieldKind
from tui.query.match_all import MatchAll
from tui.query.syntax_tree import Field, Phrase, Prefix, Word, conjunction, conjuncts

if TYPE_CHECKING:
    from tui.query.syntax_tree import Node, Value


def narrows(new: Node, old: Node) -> bool:
    """Whether every paper that matches ``new`` matches ``old``."""
    parts = conjuncts(new)
    return all(any(_implies(part, condition) for part in parts) for condition in conjuncts(old))


def residual(new: Node, old: Node) -> Node:
    """The conditions of ``new`` that a match of ``old`` does not already fulfil."""
    old_parts = conjuncts(old)
    parts = (part for part in conjuncts(new) if not any(_implies(condition, part) for condition in old_parts))
    return conjunction(tuple(parts))


def _implies(new: Node, old: Node) -> bool:
    if new == old or isinstance(old, MatchAll):
        return True
    if isinstance(new, Word | Phrase | Prefix) and isinstance(old, Word | Phrase | Prefix):
        return _contains(new, old)
    if (
        isinstance(new, Field)
        and isinstance(old, Field)
        and new.name == old.name
        and BY_NAME[new.name].kind is FieldKind.TEXT
    ):
        return len(new.values) == len(old.values) == 1 and _contains(new.values[0], old.values[0])
    return False


def _contains(new: Value, old: Value) -> bool:
    """Whether a text that contains the new word contains the old one."""
    if not isinstance(new, Word | Phrase | Prefix):
        return False
    if isinstance(old, Word | Phrase):
        return fold_text(old.text) in fold_text(new.text)
    return isinstance(old, Prefix) and isinstance(new, Prefix) and fold_text(new.text).startswith(fold_text(old.text))
