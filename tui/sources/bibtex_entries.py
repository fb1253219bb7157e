"""The entries of a large BibTeX file that may be of a wanted paper, found without parsing the others.

Read in one pass and constant memory. The entries are returned as text, to be parsed like any other bibliography.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import BadInputError
from tui.sources.packed_file import READ_ERRORS, PackedFile, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from tui.sources.matching import WantedIndex

_BLOCK = 1 << 20
_LONGEST_ENTRY = 8_000_000
_MOST_STRINGS = 1_000_000  # bytes of @string definitions
_START = re.compile(rb"(?m)^[ \t]*@(?=[a-zA-Z]+\s*[{(])")
_STRING = re.compile(rb"@\s*string\s*[{(]", re.IGNORECASE)
_TITLE = re.compile(rb"\btitle\s*=\s*([\"{].{1,600})", re.IGNORECASE | re.DOTALL)
_ABSTRACT = re.compile(rb"\babstract\s*=\s*([\"{].{1,200})", re.IGNORECASE | re.DOTALL)
_NAMES = re.compile(
    rb"10\.\d{4,9}/[^\s\"{}]+|\b\d{4}\.\d{4,5}\b|\b[a-z-]+(?:\.[a-z]{2})?/\d{7}\b|https?://[^\s\"{},]+", re.IGNORECASE
)
_CROSSREF = re.compile(rb"\bcrossref\s*=\s*[\"{]?\s*([^\s\"{},]+)", re.IGNORECASE)
_KEY = re.compile(rb"@[a-zA-Z]+\s*[{(]\s*([^\s,{}()]+)")
_FIELD_END = re.compile(r"[\"}]\s*,\s*(?:\n|\w+\s*=)|[\"}]\s*\}?\s*\Z")


class BibtexEntry(NamedTuple):
    """An entry that may be of a wanted paper.

    Attributes:
        line: number of its first line.
        text: the entry, after the definitions it may use.
        shift: number of lines of these definitions.
    """

    line: int
    text: str
    shift: int


def find_entries(
    path: Path,
    wanted: WantedIndex,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[BibtexEntry]:
    """The entries that may be of a wanted paper, those with a ``crossref`` last and followed by what they refer to.

    Args:
        path: the file: BibTeX, plain, gzip or zip.
        wanted: the papers to find records of.
        progress: called with the bytes of the file read so far, and their total.
        stopped: whether to stop before the next block.

    Raises:
        BadInputError: the file cannot be read.
    """
    definitions = b""
    children: list[tuple[int, bytes, bytes]] = []
    for line, entry in _entries(path, progress, stopped):
        if _STRING.match(entry):
            if len(definitions) < _MOST_STRINGS:
                definitions += entry.rstrip() + b"\n"
        elif _may_match(entry, wanted):
            if parent := _CROSSREF.search(entry):
                children.append((line, entry, bytes(parent[1]).lower()))
            else:
                yield _entry(line, definitions, entry)
    parents = _parents(path, {key for _, _, key in children}, stopped)
    for line, entry, key in children:
        yield _entry(line, definitions, entry.rstrip() + b"\n" + parents.get(key, b""))


def _entry(line: int, definitions: bytes, entry: bytes) -> BibtexEntry:
    return BibtexEntry(line, (definitions + entry).decode("utf-8", "replace"), definitions.count(b"\n"))


def _parents(path: Path, keys: Collection[bytes], stopped: Callable[[], bool]) -> dict[bytes, bytes]:
    """The entries with the given keys in lower case, found in a second pass; they can be anywhere in the file."""
    if not keys:
        return {}
    found: dict[bytes, bytes] = {}
    for _, entry in _entries(path, lambda _done, _total: None, stopped):
        key = _KEY.match(entry)
        name = bytes(key[1]).lower() if key else b""
        if name in keys:
            found.setdefault(name, entry)
            if len(found) == len(keys):
                break
    return found


def _entries(
    path: Path, progress: Callable[[int, int], None], stopped: Callable[[], bool]
) -> Iterator[tuple[int, bytes]]:
    """Every entry with the number of its first line."""
    try:
        with PackedFile(path) as (stream, position):
            total = max(path.stat().st_size, 1)
            carry, line = b"", 1
            while block := stream.read(_BLOCK):
                starts = [found.start() for found in _START.finditer(carry + block)]
                carry += block
                if len(starts) < 2 and len(carry) > _LONGEST_ENTRY:
                    raise BadInputError(
                        f"the entry at line {line} of {path.name} is larger than {_LONGEST_ENTRY // 1_000_000} MB",
                        "check whether this is a BibTeX file",
                    )
                done = 0
                for start, end in pairwise(starts):
                    line += carry.count(b"\n", done, start)
                    yield line, carry[start:end].lstrip(b" \t")
                    done = start
                if starts:
                    line += carry.count(b"\n", done, starts[-1])
                    carry = carry[starts[-1] :]
                progress(min(position(), total), total)
                if stopped():
                    return
            if found := _START.search(carry):
                yield line + carry.count(b"\n", 0, found.start()), carry[found.start() :].lstrip(b" \t")
    except READ_ERRORS as error:
        raise unreadable(path, error) from error


def _may_match(entry: bytes, wanted: WantedIndex) -> bool:
    if (found := _TITLE.search(entry)) and wanted.may_have_title(_value(found[1])):
        return True
    names = [name.decode("utf-8", "replace") for name in _NAMES.findall(entry)] if wanted.identifiers else []
    if not wanted.identifiers.isdisjoint((*names, *map(str.lower, names))):
        return True
    abstract = _ABSTRACT.search(entry)
    return abstract is not None and wanted.may_have_abstract(_value(abstract[1]))


def _value(raw: bytes) -> str:
    """The beginning of a field, without what follows it."""
    text = raw.decode("utf-8", "replace")
    end = _FIELD_END.search(text)
    return " ".join((text[: end.start()] if end else text).split()).strip('"{ ')
