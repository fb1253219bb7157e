"""JSON Lines: one record per line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from tui.export import json_array
from tui.export.json_record import json_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.model.entry import Entry

LIMITATIONS = json_array.LIMITATIONS


def write(entries: Sequence[Entry], keys: Mapping[str, str]) -> Iterator[str]:
    """Write a line for every entry."""
    for entry in entries:
        yield orjson.dumps(json_record(entry, keys.get(entry.id)), option=orjson.OPT_APPEND_NEWLINE).decode()
