"""Line numbers of settings: ``tomllib`` gives values without their positions. Pure."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Path = tuple[str, ...]  # the keys that lead to a setting


_MAX_DEPTH = 8  # keys that lead to a setting; four are used


def line_numbers(text: str) -> dict[Path, int]:
    """The line, from 1, of every table and setting, by its path."""
    found: dict[Path, int] = {}
    table: Path = ()
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if line.startswith("["):
            header = _path(line.partition("#")[0].strip().lstrip("[").rstrip("]") + " = 0")
            table = header or table
            found.setdefault(table, number)
        elif "=" in line and not line.startswith("#"):
            keys = _path(line.partition("=")[0] + "= 0")
            for length in range(1, min(len(keys), _MAX_DEPTH) + 1):
                found.setdefault((*table, *keys[:length]), number)
    return found


def line_number(lines: Mapping[Path, int], path: Path) -> int:
    """The line of a setting, or else of the table it is in."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _path(line: str) -> Path:
    try:
        value: object = tomllib.loads(line)
    except (tomllib.TOMLDecodeError, RecursionError):
        return ()
    path: list[str] = []
    while isinstance(value, dict) and value:
        key, value = next(iter(value.items()))
        path.append(key)
    return tuple(path)
