"""Copies of the store's files that a sync program made where two machines had changed one. They are never read.

Each program names them in its own way: ``marks (conflicted copy 2026-11-30).journal``, ``marks-HOST.json``. So
whatever begins and ends like a file of the store, and is none of its own, counts as one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_STORE = ("marks.json", "marks.journal", "papers.json")
_OWN = re.compile(r".*\.(?:torn|stray|damaged)-\d+\Z")
_LIKE = re.compile(r"\.?(marks|papers)(?![a-z]).*?\.(journal|json)(?:\W.*)?\Z", re.IGNORECASE | re.DOTALL)
_CONFLICT = re.compile(r"conflict|konflikt|conflit|conflicto|конфликт|冲突|衝突|競合|sfconflict", re.IGNORECASE)


def conflict_copies(data: Path) -> tuple[str, ...]:
    """The conflict copies in a data folder, a sentence each."""
    try:
        names = sorted(path.name for path in data.iterdir() if path.is_file())
    except OSError:
        return ()
    return tuple(_sentence(name, original) for name in names if (original := _original(name)))


def is_conflict_copy(name: str) -> bool:
    """Whether a sync program says of a file, by its name, that it is a conflict copy."""
    return _CONFLICT.search(name) is not None


def _original(name: str) -> str:
    """The file of the store that a file seems to be a copy of; empty for any other file."""
    found = _LIKE.match(name)
    if name in _STORE or _OWN.match(name) or found is None or name.endswith(".tmp"):
        return ""
    original = f"{found[1]}.{found[2]}".lower()
    return original if original in _STORE else ""


def _sentence(name: str, original: str) -> str:
    return (
        f"{name} looks like a copy of {original} that a sync program made when two machines had changed it; it is not"
        " read, and changes in it may be missing here"
    )
