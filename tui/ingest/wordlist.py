"""Word lists, written in the code or in text files next to it."""

from __future__ import annotations

from functools import cache
from pathlib import Path


def parse_words(text: str) -> frozenset[str]:
    """The words of a space-separated list."""
    return frozenset(text.split())


@cache
def load_words(name: str, separator: str | None = None) -> frozenset[str]:
    """The entries of a text file in this folder; lines that start with ``#`` are comments.

    Args:
        name: the file's name.
        separator: the separator of entries in a line; any whitespace if None.
    """
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    listed = (line.split(separator) for line in lines if not line.startswith("#"))
    return frozenset(entry.strip() for entries in listed for entry in entries if entry.strip())
