"""Citation keys: ``vandermaaten2008visualizing``. Stable, unique over the whole list; ASCII unless they were given.

What a key is made of says the pattern; here keys are told apart and those once used are kept. Knows no format: a key
made here is legal in all of them.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from tui.export.citekey_pattern import DEFAULT, parse_pattern
from tui.model.citation_key import writable_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.model.entry import Entry

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def citation_keys(entries: Iterable[Entry], pattern: str = "", used: Iterable[str] = ()) -> dict[str, str]:
    """Give every entry its key.

    Pinned keys win. Of the entries that would have the same key, the one with the smallest id keeps it and the
    others get ``a``, ``b``, … ``z``, ``aa``; keys that differ in case only count as the same. The answer does not
    depend on the order of the entries.

    Args:
        entries: the whole list, not the part to be exported, so that a part's keys are the whole list's keys.
        pattern: what keys that are not pinned are made of; empty for the usual one.
        used: keys that papers had which are not in the list (now); nobody else gets them.

    Returns:
        The key of every id.

    Raises:
        UsageError: the pattern is none.
    """
    made = parse_pattern(pattern or DEFAULT)
    ordered = sorted(entries, key=lambda entry: entry.id)
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for entry in ordered:
        pin = entry.mark.citation_key
        pinned = writable_key(pin) if pin else ""
        if pinned and pinned.casefold() not in taken:
            keys[entry.id] = pinned
            taken.add(pinned.casefold())
    taken.update(key.casefold() for key in used)
    stems = {entry.id: made.key(entry.paper) for entry in ordered if entry.id not in keys}
    for paper, stem in stems.items():
        if stem.casefold() not in taken:
            keys[paper] = stem
            taken.add(stem.casefold())
    suffixes: dict[str, Iterator[str]] = {}
    for paper, stem in stems.items():
        if paper not in keys:
            free = suffixes.setdefault(stem, (stem + suffix for suffix in _suffixes()))
            keys[paper] = next(key for key in free if key.casefold() not in taken)
            taken.add(keys[paper].casefold())
    return keys


def _suffixes() -> Iterator[str]:
    """``a``, ``b``, … ``z``, ``aa``, ``ab``, …"""
    for number in count(1):
        letters = ""
        while number:
            number, place = divmod(number - 1, len(_ALPHABET))  # noqa: PLW2901 - the usual way to write bijective base 26
            letters = _ALPHABET[place] + letters
        yield letters
