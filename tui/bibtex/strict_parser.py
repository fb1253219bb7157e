"""A strict parser of BibTeX for verifying exports.

Supports ``@type{key, name = {value}, name = word}``; no strings, concatenation or comments, because exports have
none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.bibtex.syntax import closing_brace, split_outside

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTRY_START = re.compile(r"\s*@([^\s{}]+)\{([^\s,{}\"#%=~\\]+),")
_NAME = re.compile(r"\s*([^\W\d][^\s\"#%'(),={}\\~@]*)\s*=\s*")
# The common case: a field without braces in its value. Excluding one character is much faster than excluding two.
# The result is checked for opening braces afterwards.
_SIMPLE_FIELD = re.compile(r"\s*+([^\W\d][^\s\"#%'(),={}\\~@]*+)\s*+=\s*+(?:\{([^}]*+)\}|([A-Za-z0-9]++)),")
_WORD = re.compile(r"[A-Za-z0-9]+")
_NEXT = re.compile(r",|(?=\s*\})")
_END = re.compile(r"\s*\}")
_AND_OR_BRACE = re.compile(r"[{}]|\s+and\s+", re.IGNORECASE)


class RawEntry(NamedTuple):
    """One entry, values without their outer braces but still escaped."""

    kind: str
    key: str
    fields: dict[str, str]


def parse(text: str) -> Iterator[RawEntry]:
    """Parse the entries of a file.

    Raises:
        ValueError: there is text between entries, or an entry is malformed.
    """
    at, end = 0, len(text.rstrip())
    while at < end:
        start = _ENTRY_START.match(text, at)
        if start is None:
            raise ValueError(f"no entry begins on line {text.count(chr(10), 0, at) + 1}")
        fields, at = _fields(text, start.end(), start[2])
        yield RawEntry(start[1].lower(), start[2], fields)


def split_authors(value: str) -> list[str]:
    """Split at every ``and`` outside braces, as BibTeX does."""
    return split_outside(value, _AND_OR_BRACE)


def _fields(text: str, at: int, key: str) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    while (simple := _SIMPLE_FIELD.match(text, at)) or (end := _END.match(text, at)) is None:
        opening = simple or _NAME.match(text, at)
        if opening is None or (name := opening[1].lower()) in fields:
            last = f"field {next(reversed(fields))}" if fields else "its citation key"
            raise ValueError(f"entry {key} is malformed after {last}")
        if simple and "{" not in (value := simple[2] or simple[3] or ""):
            fields[name], at = value, simple.end()
            continue
        fields[name], at = _value(text, simple.start(2) - 1 if simple else opening.end(), key)
        comma = _NEXT.match(text, at)
        if comma is None:
            raise ValueError(f"field {opening[1]} in entry {key} is never closed")
        at = comma.end()
    return fields, end.end()


def _value(text: str, at: int, key: str) -> tuple[str, int]:
    if not text.startswith("{", at):
        word = _WORD.match(text, at)
        if word is None:
            raise ValueError(f"a field in entry {key} has no value")
        return word[0], word.end()
    end = closing_brace(text, at)
    if end is None:
        raise ValueError(f"a brace in entry {key} is never closed")
    return text[at + 1 : end], end + 1
