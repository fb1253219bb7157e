"""JSON: one array of records, indented by two spaces; the same keys as ``readlist list --json``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from tui.export import format_limitations
from tui.export.json_record import json_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tui.model.entry import Entry

LIMITATIONS = (format_limitations.UNTITLED, format_limitations.LONE_SURROGATES)


def write(entries: Sequence[Entry], keys: Mapping[str, str]) -> Iterator[str]:
    """Write the array, one entry at a time."""
    yield from array(json_record(entry, keys.get(entry.id)) for entry in entries)


def array(values: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Write objects as one array, formatted like ``json.dumps(…, indent=2)``."""
    empty = True
    for value in values:
        text = orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
        # Line feeds within values are escaped, so every one here belongs to the indentation.
        yield ("[\n  " if empty else ",\n  ") + text.replace("\n", "\n  ")
        empty = False
    yield "[]\n" if empty else "\n]\n"
