"""JSON: one array of records, strict, indented by two; the same keys as ``readlist list --json``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from tui.export import limitations
from tui.export.json_record import json_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tui.model.entry import Entry

LIMITATIONS = (limitations.UNTITLED, limitations.BROKEN_SIGNS)


def write(entries: Sequence[Entry], keys: Mapping[str, str]) -> Iterator[str]:
    """Write the array, an entry at a time."""
    yield from array(json_record(entry, keys.get(entry.id)) for entry in entries)


def array(values: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Write objects as one array, laid out as ``json.dumps(…, indent=2)`` does."""
    empty = True
    for value in values:
        text = orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
        # A line feed within a value is written as \n, so every one here is the indentation's.
        yield ("[\n  " if empty else ",\n  ") + text.replace("\n", "\n  ")
        empty = False
    yield "[]\n" if empty else "\n]\n"


def read(text: str) -> list[dict[str, object]]:
    """Read the array back.

    Raises:
        ValueError: the text is no JSON array.
    """
    records = orjson.loads(text)
    if not isinstance(records, list):
        raise ValueError("it is not an array")  # noqa: TRY004 - the one error a reader raises
    return records


def expected(entry: Entry, key: str | None) -> dict[str, object]:
    """Return what JSON takes of an entry."""
    return json_record(entry, key)
