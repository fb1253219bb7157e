"""Where each setting stands in the file: TOML's reader tells values, and no lines. Pure."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Path = tuple[str, ...]


_DEEPEST = 8  # names on the way to a setting; there are four at most


def lines_of(text: str) -> dict[Path, int]:
    """The line, from 1, of every table and every setting, by the names on the way to it."""
    found: dict[Path, int] = {}
    table: Path = ()
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if line.startswith("["):
            header = _path(line.partition("#")[0].strip().lstrip("[").rstrip("]") + " = 0")
            table = header or table
            found.setdefault(table, number)
        elif "=" in line and not line.startswith("#"):
            name = _path(line.partition("=")[0] + "= 0")
            for length in range(1, min(len(name), _DEEPEST) + 1):
                found.setdefault((*table, *name[:length]), number)
    return found


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of a setting, or of what it stands in."""
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
        name, value = next(iter(value.items()))
        path.append(name)
    return tuple(path)
