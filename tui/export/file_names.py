"""File names of papers, made of their citation keys: unique, and valid on every file system."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_.+-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)
_ID_SUFFIX = re.compile(r"-[0-9a-f]{10}\Z")  # added to names that would not be unique
_LONGEST = 100


def file_names(keys: Mapping[str, str], suffix: str) -> dict[str, str]:
    """The file name of every paper.

    A name depends only on the keys of the whole list, so a part of the list is written to the same files.

    Args:
        keys: paper id to citation key, of the whole list.
        suffix: suffix of the names, with its dot.
    """
    stems = {paper: _stem(key) or paper for paper, key in keys.items()}
    counts = Counter(stem.casefold() for stem in stems.values())
    unique = {paper: counts[stem.casefold()] == 1 and not _ID_SUFFIX.search(stem) for paper, stem in stems.items()}
    return {paper: f"{stem if unique[paper] else f'{stem}-{paper}'}{suffix}" for paper, stem in stems.items()}


def _stem(key: str) -> str:
    stem = _NOT_IN_A_NAME.sub("-", key)[:_LONGEST].strip("-.")
    return f"_{stem}" if _RESERVED.match(stem) else stem
