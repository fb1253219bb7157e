"""Preview of an import: the titles of its papers, and what is unusual about each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.oddities import common_gaps, oddities

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tui.model.paper import Paper

PREVIEWED = 50  # papers
_REMOVED = "removed from the list"


class PaperPreview(NamedTuple):
    """One paper of a preview.

    Attributes:
        heading: its title, or the first words of its abstract.
        is_new: whether it is not in the list yet.
        oddities: short descriptions of what is unusual about it.
    """

    heading: str
    is_new: bool
    oddities: tuple[str, ...]


class ImportPreview(NamedTuple):
    """The papers that an import would add or update.

    Attributes:
        papers: the first of them.
        more: number of further papers.
        lacks: what most of them lack, such as ``no authors``; not repeated for each paper.
    """

    papers: tuple[PaperPreview, ...]
    more: int
    lacks: tuple[str, ...]


def preview(
    papers: Sequence[Paper], known: Collection[str], limit: int, removed: Collection[str] = ()
) -> ImportPreview:
    """Make the preview of papers.

    Args:
        papers: the papers after the import.
        known: ids of papers already in the list.
        limit: number of papers to list.
        removed: ids of papers that the user removed from the list.
    """
    lacks = common_gaps(papers)
    previews = (
        PaperPreview(
            paper.display_title,
            paper.id not in known,
            (*((_REMOVED,) if paper.id in removed else ()), *oddities(paper, lacks)),
        )
        for paper in papers[:limit]
    )
    return ImportPreview(tuple(previews), max(len(papers) - limit, 0), lacks)
