"""JSON: one array of records, strict, indented by two; the same keys as ``readlist list --json``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from tui.export import loss
from tui.export.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.paper.entry import Entry

LOSSES = (loss.UNTITLED, loss.IDENTIFIERS, loss.BROKEN_SIGNS)


def write(entries: Sequence[Entry], keys: Mapping[str, str]) -> Iterator[str]:
    """Write the array, an entry at a time."""
    if not entries:
        yield "[]\n"
        return
    for index, entry in enumerate(entries):
        text = orjson.dumps(record(entry, keys.get(entry.id)), option=orjson.OPT_INDENT_2).decode()
        # A line feed within a value is written as \n, so every one here is the indentation's.
        yield ("[\n  " if index == 0 else ",\n  ") + text.replace("\n", "\n  ")
    yield "\n]\n"


def read(text: str) -> list[dict[str, object]]:
    """Read the array back.

    Raises:
        ValueError: the text is no JSON array.
    """
    records = orjson.loads(text)
    if not isinstance(records, list):
        raise ValueError("it is not an array")  # noqa: TRY004 - the one error a reader raises
    return records


def carried(entry: Entry, key: str | None) -> dict[str, object]:
    """Return what JSON takes of an entry."""
    return record(entry, key)
