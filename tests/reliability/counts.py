"""The counts of the long runs: saved in a file next to this one, and shown in a table of tui/docs/safety.md."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Counts = Mapping[str, Mapping[str, int]]

FILE = Path(__file__).with_name("counts.json")
# How the table calls the trials and the kinds of counts, whose own names stay as they were saved.
_TRIALS = {
    "kills at every call": "process killed at every system call",
    "kills of a compaction with its backup": "compaction with its backup killed",
    "kills of a repair from a backup": "repair from a backup killed",
    "kills of an export": "export killed",
    "kills of an import": "import killed",
    "kills of command lines": "command line killed",
    "kills of opening after a torn save": "opening after an interrupted save killed",
    "kills of screens": "screen killed",
    "kills of the library": "storing process killed",
    "mutated documents": "mutated input files",
    "power lost": "power failure",
    "refused calls": "system calls that fail",
    "writers at once": "concurrent writers",
}
_COUNTS = {
    "after": "found after",
    "as acknowledged": "exactly as confirmed",
    "acknowledged": "confirmed",
    "at a merge undone": "undoing a merge",
    "at a stored value": "storing a value",
    "at a triage session undone": "undoing a triage session",
    "at an import undone": "undoing an import",
    "at going back to a backup": "restoring a backup",
    "at listings that changed": "reading changed listings",
    "at opening after a torn save": "opening after an interrupted save",
    "bad readings": "bad reads",
    "before": "found before",
    "documents": "files",
    "finished": "finished first",
    "in flight": "unconfirmed but complete",
    "longest wait ms": "longest wait in ms",
    "not mended": "not repaired",
    "noticed on a lying disk": "detected on a disk that loses confirmed writes",
    "numbered wrongly": "misnumbered",
    "readings": "reads",
    "refused": "errors reported",
    "relapses": "next run killed",
    "taken for sound": "accepted as intact",
    "through the store": "imported into a store",
    "told busy": "reported busy",
    "torn": "incomplete lines set aside",
    "traceback": "tracebacks",
}


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
        rows.append(f"| {_TRIALS.get(name, name)} | {_format_counts(found)} |")
    return "\n".join(rows)


def _format_counts(found: Mapping[str, int]) -> str:
    return ", ".join(f"{_describe(kind.replace('_', ' '))} {count:,}" for kind, count in found.items())


def _describe(kind: str) -> str:
    return _COUNTS.get(kind, re.sub("^at (an? |the )?", "", kind))
