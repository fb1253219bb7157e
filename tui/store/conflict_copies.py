"""Conflict copies: made by a sync program when two machines changed a file of the store. They are never read.

Each program names them in its own way: ``marks (conflicted copy 2026-11-30).journal``, ``marks-HOST.json``. So any
file whose name begins and ends like one of the store's, and is not one of them, counts as a conflict copy.
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


def find_conflict_copies(data: Path) -> tuple[str, ...]:
    """The conflict copies in a data folder, one warning each."""
    try:
        names = sorted(path.name for path in data.iterdir() if path.is_file())
    except OSError:
        return ()
    return tuple(_message(name, original) for name in names if (original := _original(name)))


def is_conflict_copy(name: str) -> bool:
    """Whether the name of a file marks it as a conflict copy."""
    return _CONFLICT.search(name) is not None


def _original(name: str) -> str:
    """The file of the store that a file seems to be a copy of; empty for any other file."""
    match = _LIKE.match(name)
    if name in _STORE or _OWN.match(name) or match is None or name.endswith(".tmp"):
        return ""
    original = f"{match[1]}.{match[2]}".lower()
    return original if original in _STORE else ""


def _message(name: str, original: str) -> str:
    return (
        f"{name} looks like a sync program's conflict copy of {original}: it is ignored, and changes in it may be"
        " missing here"
    )
