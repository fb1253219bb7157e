"""Stores in the format of an earlier version, whose files name neither the store nor what they continue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.store import checkpoint, journal_format

if TYPE_CHECKING:
    from pathlib import Path


def convert_to_earlier_format(data: Path) -> None:
    """Convert checkpoint, backups and journal of a data folder to the first format."""
    for path in (data / "marks.json", *(data / "backups").glob("*.json")):
        current = checkpoint.unpack(path.read_bytes(), path)
        path.write_bytes(b"".join(checkpoint.pack(current.sequence, current.tables)))
    path = data / "marks.journal"
    lines = journal_format.scan(path.read_bytes()).transactions
    path.write_bytes(b"".join(journal_format.pack(line._replace(store="", base="")) for line in lines))
