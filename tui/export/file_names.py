"""File names for papers, made of their citation keys: safe on every file system, none twice, none elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_.+-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)
_ID_BEHIND = re.compile(r"-[0-9a-f]{10}\Z")  # as names that would come twice get it
_LONGEST = 100


def file_names(keys: Mapping[str, str], suffix: str) -> dict[str, str]:
    """The name of every paper's file.

    A name depends on the keys of the whole list only, so a part of the list is written to the same files.

    Args:
        keys: paper id to citation key, of the whole list.
        suffix: end of the names, with its dot.
    """
    stems = {paper: _stem(key) or paper for paper, key in keys.items()}
    counts = Counter(stem.casefold() for stem in stems.values())
    clear = {paper: counts[stem.casefold()] == 1 and not _ID_BEHIND.search(stem) for paper, stem in stems.items()}
    return {paper: f"{stem if clear[paper] else f'{stem}-{paper}'}{suffix}" for paper, stem in stems.items()}


def _stem(key: str) -> str:
    stem = _NOT_IN_A_NAME.sub("-", key)[:_LONGEST].strip("-.")
    return f"_{stem}" if _RESERVED.match(stem) else stem
