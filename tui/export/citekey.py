"""Citation keys: ``vandermaaten2008visualizing``. Stable, unique in the whole list; ASCII unless imported.

The pattern defines how a key is made; this module makes keys unique and keeps pinned ones. A generated key is valid
in all formats.
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
    """Make the citation key of every entry.

    Pinned keys win. Of entries with the same key, the one with the smallest id gets it and the others get the
    suffixes ``a``, ``b``, … ``z``, ``aa``; keys that differ only in case are equal. The result does not depend on the
    order of the entries.

    Args:
        entries: the whole list, not only the part to export, so that keys do not depend on the part.
        pattern: the pattern of keys that are not pinned; empty for the default.
        used: pinned keys of papers no longer in the list; they are not reused.

    Returns:
        The key of every id.

    Raises:
        UsageError: the pattern is invalid.
    """
    parsed = parse_pattern(pattern or DEFAULT)
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
    stems = {entry.id: parsed.key(entry.paper) for entry in ordered if entry.id not in keys}
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
            number, index = divmod(number - 1, len(_ALPHABET))  # noqa: PLW2901 - the usual way to write bijective base 26
            letters = _ALPHABET[index] + letters
        yield letters
