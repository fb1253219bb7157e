"""What the long runs counted, kept in a file beside this one, and the rows of the README that tell of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Counts = Mapping[str, Mapping[str, int]]

FILE = Path(__file__).with_name("counts.json")


def load(file: Path = FILE) -> dict[str, dict[str, int]]:
    """The counts of every trial by its name; nothing where no run has kept any."""
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def keep(name: str, counts: Mapping[str, int], file: Path = FILE) -> None:
    """Put the counts of one trial in place of its last ones."""
    known = {**load(file), name: dict(counts)}
    file.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def table(counts: Counts) -> str:
    """The counts as the README shows them, one row a trial."""
    rows = ["| trial | counted |", "|---|---|"]
    for name, found in sorted(counts.items()):
        rows.append(f"| {name} | {_listed(found)} |")
    return "\n".join(rows)


def _listed(found: Mapping[str, int]) -> str:
    """The counts of a trial; those of its single places are for whoever runs it."""
    return ", ".join(
        f"{kind.replace('_', ' ')} {count:,}" for kind, count in found.items() if not kind.startswith("at ")
    )
