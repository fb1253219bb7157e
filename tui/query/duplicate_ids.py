"""The papers that ``is:duplicate`` matches: those with the same title, DOI or arXiv id as another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.index.exact_duplicates import pairs_sharing_identifier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.model.entry import Entry


def duplicate_ids(entries: Iterable[Entry]) -> frozenset[str]:
    """The ids of papers that share a title (ignoring punctuation), a DOI or an arXiv id with another one.

    Pairs marked as not duplicates do not count.
    """
    return frozenset(entry.id for _, *pair in pairs_sharing_identifier(entries) for entry in pair)
