"""A small, strict reader of BibTeX, for preflight: it takes what BibTeX takes and guesses nothing.

Knows ``@type{key, name = {value}, name = word}``; no strings, no concatenation, no comments, because we write none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_HEAD = re.compile(r"\s*@([A-Za-z]+)\{([^\s,{}\"#%=~\\]+),")
_NAME = re.compile(r"\s*([A-Za-z]+)\s*=\s*")
# A field as most are, if there is no brace in its value; to pass over all signs but one is six times as quick as to
# pass over all but two.
_EASY_FIELD = re.compile(r"\s*+([A-Za-z]++)\s*+=\s*+(?:\{([^}]*+)\}|([A-Za-z0-9]++)),")
_WORD = re.compile(r"[A-Za-z0-9]+")
_NEXT = re.compile(r",|(?=\s*\})")
_END = re.compile(r"\s*\}")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_AND_OR_BRACE = re.compile(rf"[{{}}]|{_AND.pattern}", re.IGNORECASE)


class RawEntry(NamedTuple):
    """One entry as it stands, values without their outer braces and still escaped."""

    kind: str
    key: str
    fields: dict[str, str]


def parse(text: str) -> list[RawEntry]:
    """Read the entries of a file.

    Raises:
        ValueError: anything else stands between, or an entry is broken.
    """
    entries: list[RawEntry] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        head = _HEAD.match(text, at)
        if head is None:
            raise ValueError(f"no entry begins at line {text.count(chr(10), 0, at) + 1}")
        fields, at = _fields(text, head.end(), head[2])
        entries.append(RawEntry(head[1].lower(), head[2], fields))
    return entries


def split_authors(value: str) -> list[str]:
    """Split at every ``and`` outside braces, as BibTeX does."""
    if "{" not in value and "}" not in value:
        return _AND.split(value)
    parts, depth, start = [], 0, 0
    for found in _AND_OR_BRACE.finditer(value):
        if found[0] in "{}":
            depth += 1 if found[0] == "{" else -1
        elif depth == 0:
            parts.append(value[start : found.start()])
            start = found.end()
    return [*parts, value[start:]]


def _fields(text: str, at: int, key: str) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    while (easy := _EASY_FIELD.match(text, at)) or (end := _END.match(text, at)) is None:
        begun = easy or _NAME.match(text, at)
        if begun is None or (name := begun[1].lower()) in fields:
            raise ValueError(f"entry {key} is broken behind its field {next(reversed(fields), 'key')}")
        if easy and "{" not in (value := easy[2] or easy[3] or ""):
            fields[name], at = value, easy.end()
            continue
        fields[name], at = _value(text, easy.start(2) - 1 if easy else begun.end(), key)
        comma = _NEXT.match(text, at)
        if comma is None:
            raise ValueError(f"field {begun[1]} of entry {key} does not end")
        at = comma.end()
    return fields, end.end()


def _value(text: str, at: int, key: str) -> tuple[str, int]:
    if not text.startswith("{", at):
        word = _WORD.match(text, at)
        if word is None:
            raise ValueError(f"a field of entry {key} has no value")
        return word[0], word.end()
    depth, end = 1, at
    while depth:
        begin, end = end + 1, text.find("}", end + 1)
        if end < 0:
            raise ValueError(f"a brace of entry {key} is never closed")
        depth += text.count("{", begin, end) - 1
    return text[at + 1 : end], end + 1
