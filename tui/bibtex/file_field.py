"""The field ``file``: paths between semicolons, each perhaps between a description and a type, as in JabRef."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_BETWEEN = re.compile(r"(?<!\\);")
# JabRef and Zotero write a description, the path and its type.
_DESCRIBED = re.compile(r"[^:;]*:((?:[^:\\]|\\.|:(?=\\))+):[^:;]*\Z")
_ESCAPED = re.compile(r"\\([:;\\_{}])")
_SPECIAL = re.compile(r"[:;\\]")


def split_files(field: str) -> list[str]:
    """The parts of the field, as they are written."""
    return _BETWEEN.split(field)


def file_path(part: str) -> str:
    """The path in a part of the field."""
    found = _DESCRIBED.match(part)
    return _ESCAPED.sub(r"\1", found[1] if found else part).strip()


def join_files(paths: Sequence[str], written: str = "") -> str:
    """The field with these paths.

    Args:
        paths: the paths.
        written: the field as a source wrote it; its parts are kept, with their descriptions, for paths that it has.
    """
    known = {file_path(part): part for part in split_files(written) if part.strip()}
    if list(known) == list(paths):
        return written
    is_described = any(_DESCRIBED.match(part) for part in known.values())
    return ";".join(known.get(path) or _part(path, is_described=is_described) for path in paths)


def _part(path: str, *, is_described: bool) -> str:
    escaped = _SPECIAL.sub(r"\\\g<0>", path)
    return f":{escaped}:PDF" if is_described or escaped != path else path
