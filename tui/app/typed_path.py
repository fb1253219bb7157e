"""Paths that the user types into a prompt: checked while typing, with files of the current folder as suggestions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_MAX_SUGGESTIONS = 200


def typed_path(text: str) -> Path:
    """The path of a typed text."""
    return Path(text.strip()).expanduser()


def check_file(text: str) -> str:
    """Why a typed text is not the path of a file; empty if it is, and for an empty text."""
    if not text.strip():
        return ""
    try:
        return "" if typed_path(text).is_file() else f"file not found: {text.strip()}"
    except (OSError, RuntimeError, ValueError):  # too long, an unknown user's home, a null character
        return "invalid file name"


def suggest_files(suffixes: Collection[str]) -> list[str]:
    """Files in the current folder that may be meant, the newest first.

    Args:
        suffixes: of the files, in lower case, with their dots.
    """
    try:
        found = [path for path in Path().iterdir() if path.suffix.lower() in suffixes and path.is_file()]
        found.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:
        return []
    return [path.name for path in found[:_MAX_SUGGESTIONS]]
