"""Papers that are probably in the list twice, by what a person would compare: title, DOI, arXiv number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.index.exact_duplicates import pairs_sharing_identifier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.model.entry import Entry


def duplicate_ids(entries: Iterable[Entry]) -> frozenset[str]:
    """Ids of the papers that share a title (punctuation aside), a DOI or an arXiv number with another one.

    Those that the user told apart do not count.
    """
    return frozenset(entry.id for _, *pair in pairs_sharing_identifier(entries) for entry in pair)
