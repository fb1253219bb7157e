"""A small, strict reader of BibTeX, for preflight: it takes what BibTeX takes and guesses nothing.

Knows ``@type{key, name = {value}, name = word}``; no strings, no concatenation, no comments, because we write none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEAD = re.compile(r"\s*@([A-Za-z]+)\{([^\s,{}\"#%'()=~\\]+),")
_NAME = re.compile(r"\s*([A-Za-z]+)\s*=\s*")
_PLAIN_FIELD = re.compile(r"\s*([A-Za-z]+)\s*=\s*\{([^{}]*)\},")  # most fields: no brace in the value
_WORD = re.compile(r"[A-Za-z0-9]+")
_BRACE = re.compile(r"[{}]")
_NEXT = re.compile(r",|(?=\s*\})")
_END = re.compile(r"\s*\}")
_AND_OR_BRACE = re.compile(r"[{}]|\s+and\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RawEntry:
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
    while (plain := _PLAIN_FIELD.match(text, at)) or (end := _END.match(text, at)) is None:
        name = plain or _NAME.match(text, at)
        if name is None or name[1].lower() in fields:
            raise ValueError(f"entry {key} is broken behind its field {next(reversed(fields), 'key')}")
        if plain:
            fields[name[1].lower()], at = plain[2], plain.end()
            continue
        fields[name[1].lower()], at = _value(text, name.end(), key)
        comma = _NEXT.match(text, at)
        if comma is None:
            raise ValueError(f"field {name[1]} of entry {key} does not end")
        at = comma.end()
    return fields, end.end()


def _value(text: str, at: int, key: str) -> tuple[str, int]:
    if not text.startswith("{", at):
        word = _WORD.match(text, at)
        if word is None:
            raise ValueError(f"a field of entry {key} has no value")
        return word[0], word.end()
    depth = 0
    for brace in _BRACE.finditer(text, at):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return text[at + 1 : brace.start()], brace.end()
    raise ValueError(f"a brace of entry {key} is never closed")
