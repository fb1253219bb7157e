"""The counts of the long runs: saved in a file next to this one, and shown in a table of tui/docs/safety.md."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Counts = Mapping[str, Mapping[str, int]]

FILE = Path(__file__).with_name("counts.json")


def load(file: Path = FILE) -> dict[str, dict[str, int]]:
    """The counts of every trial by its name; empty if no run has saved any."""
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def keep(name: str, counts: Mapping[str, int], file: Path = FILE) -> None:
    """Save the counts of one trial, replacing its last ones."""
    saved = {**load(file), name: dict(counts)}
    file.write_text(json.dumps(saved, indent=1) + "\n", encoding="utf-8")


def table(counts: Counts) -> str:
    """The counts as a table for the documentation, one row a trial."""
    rows = ["| trial | counted |", "|---|---|"]
    for name, found in sorted(counts.items()):
        rows.append(f"| {name} | {_format_counts(found)} |")
    return "\n".join(rows)


def _format_counts(found: Mapping[str, int]) -> str:
    return ", ".join(f"{kind.replace('_', ' ')} {count:,}" for kind, count in found.items())
