"""One key of a sort order, and how it is written: ``year``, ``year-asc``, ``title-desc``.

Without a suffix, dates are sorted newest first and everything else in ascending order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEWEST_FIRST = frozenset({"year", "date", "added", "read"})
_SUFFIXES = {"-asc": False, "-desc": True}


class SortKey(NamedTuple):
    """One sort key."""

    name: str
    descending: bool = False


def parse_sort_key(text: str) -> SortKey:
    """Parse a sort key as written; the name is not checked."""
    for suffix, descending in _SUFFIXES.items():
        if text.endswith(suffix):
            return SortKey(text.removesuffix(suffix), descending)
    return SortKey(text, text in _NEWEST_FIRST)


def sort_to_text(keys: Iterable[SortKey]) -> str:
    """Sort keys as written after ``sort:``, with a suffix only where the direction is not the usual one."""
    return ",".join(map(_key_to_text, keys))


def reversed_key(text: str) -> str:
    """The key with the opposite direction, as written."""
    key = parse_sort_key(text)
    return _key_to_text(SortKey(key.name, not key.descending))


def _key_to_text(key: SortKey) -> str:
    if key.descending == (key.name in _NEWEST_FIRST):
        return key.name
    return key.name + ("-desc" if key.descending else "-asc")
