"""The source files of the program, parsed once for all tests that look into them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE_FILES = sorted((ROOT / "tui").rglob("*.py"))


@cache
def tree_of(path: Path) -> ast.Module:
    """What a source file consists of; tests must not change it."""
    return ast.parse(path.read_text(encoding="utf-8"))
