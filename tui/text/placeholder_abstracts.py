"""Detect texts in place of an abstract: a copyright line, a placeholder, a text that many works share."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Texts are given as ``normalise_words`` returns them.
# Compiled when they are first used: most abstracts are too long to be examined.
_LEGAL = (
    r"\b(?:all rights reserved|copyright|licensee|published (?:by|under)|creative commons|cc by|open access article"
    r"|reprinted (?:with|by) permission|no part of this|(?:elsevier|springer|wiley|ieee|acm|mdpi|sage|taylor) )"
)
_MAX_LEGAL_WORDS = 45
_PLACEHOLDER = (
    r"\b(?:no (?:abstract|summary|description)"
    r"|(?:abstract|summary|text|preview|description) (?:is |was |are )?(?:not|un)"
    r"|not (?:available|provided|applicable)|unavailable|(?:has|have|without) (?:no |an )?abstract|does not have"
    r"|see (?:the )?(?:pdf|paper|full text|article|attached)|abstract (?:to follow|missing|pending|forthcoming|only)"
    r"|to be (?:added|announced|completed|provided)|kein(?:e)? (?:abstract|zusammenfassung)|pas de resume|sin resumen"
    r"|resume (?:non|in)disponible|lorem ipsum|click here|first (?:page|paragraph)|tba|tbd|todo|n a|na|none|null"
    r"|abstract)\b"
)
_MAX_PLACEHOLDER_WORDS = 15
_BARE = frozenset(
    ("abstract", "summary", "tba", "tbd", "todo", "n a", "na", "none", "null", "unknown", "nan", "x", "xxx")
)
# A text that so many titles share is the publisher's or the book's, not an abstract.
_MIN_TITLES = 3


def is_placeholder(text: str) -> bool:
    """Whether a normalised text is no abstract."""
    words = text.count(" ") + 1
    if words <= _MAX_PLACEHOLDER_WORDS and (text in _BARE or (words > 1 and re.search(_PLACEHOLDER, text))):
        return True
    if words > _MAX_LEGAL_WORDS or not (found := re.search(_LEGAL, text)):
        return False
    return found[0] in ("all rights reserved", "copyright", "licensee") or words <= _MAX_PLACEHOLDER_WORDS


def without_placeholders(records: Iterable[tuple[str, str]]) -> list[str]:
    """The texts of records, given as (title, text), both normalised; placeholders become empty."""
    records = list(records)
    titles: defaultdict[str, set[str]] = defaultdict(set)
    for title, text in records:
        if title and text:
            titles[text].add(title)
    dropped = {text for text, found in titles.items() if len(found) >= _MIN_TITLES or is_placeholder(text)}
    return ["" if text in dropped else text for _, text in records]
